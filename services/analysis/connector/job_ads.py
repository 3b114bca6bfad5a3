"""JobTech's advertisements, now (JobSearch) and before: how many, never an advertisement itself.

Only counts are asked for (`limit=0`), so no employer, contact person or text is ever read.
"""

import re
from collections.abc import Mapping
from datetime import timedelta

from services.analysis.connector.rules import (
    demand_part,
    incomplete,
    listed,
    unreadable,
    wrong_selection,
)
from services.analysis.connector.told import Asked, Told, told
from services.analysis.connector.wire import Pace, Wire
from services.kit import clock

GROUP, FIELD = "occupation-group", "occupation-field"
STATS_MOST, PACE = 100, (5, 1.0)
SSYK, YEAR, CONCEPT = re.compile(r"\d{4}"), re.compile(r"20\d{2}"), re.compile(r"[\w-]{1,40}")
Counts = dict[str, int]


async def fetch_open(wire: Wire, asked: Asked) -> Told:
    """The advertisements that are open today, by municipality and occupation."""
    month = f"{clock.today():%Y-%m}"
    wire.pace = Pace(*PACE)
    rows = [
        (code, ssyk, month, str(ads))
        for code, concept in _places(asked).items()
        for ssyk, ads in (await _counted(wire, asked, {"municipality": concept})).items()
    ]
    names = ("municipality_code", "ssyk4", "month", "ads")
    return told(names, rows, about=names[:3], period="month")


async def fetch_historical(wire: Wire, asked: Asked) -> Told:
    """The advertisements of whole years, by municipality and occupation; the last where none."""
    years = asked.words("year") or (str(clock.today().year - 1),)
    if wrong := [year for year in years if not YEAR.fullmatch(year)]:
        raise wrong_selection(f"{wrong[0][:40]} is no year")
    wire.pace = Pace(*PACE)
    rows = []
    for year in years:
        within = {"historical-from": f"{year}-01-01", "historical-to": _end(year)}
        for code, concept in _places(asked).items():
            counts = await _counted(wire, asked, within | {"municipality": concept})
            rows += [(code, ssyk, year, str(ads)) for ssyk, ads in counts.items()]
    names = ("municipality_code", "ssyk4", "year", "ads")
    return told(names, rows, about=names[:3], period="year")


def _end(year: str) -> str:
    """The last day of a year."""
    first_of_next = clock.today().replace(year=int(year) + 1, month=1, day=1)
    return (first_of_next - timedelta(days=1)).isoformat()


def _places(asked: Asked) -> Mapping[str, str]:
    """Municipalities with the concepts that the interface knows them by."""
    chosen = asked.words("municipality") or asked.ours()
    found = {code: asked.concepts.get(code, "") for code in chosen}
    if unknown := [code for code, concept in found.items() if not CONCEPT.fullmatch(concept)]:
        raise wrong_selection(
            f"no concept is known of {unknown[0][:40]}: import municipalities.csv"
        )
    return found


async def _counted(wire: Wire, asked: Asked, of: Mapping[str, str]) -> Counts:
    """Advertisements by occupation; field by field where there are more than one answer tells."""
    total, counts, _ = await _stats(wire, asked, of, GROUP)
    if sum(counts.values()) == total:
        return counts
    _, _, fields = await _stats(wire, asked, of, FIELD)
    whole: Counts = {}
    for field in fields:
        part, counts, _ = await _stats(wire, asked, {**of, FIELD: field}, GROUP)
        if sum(counts.values()) != part:
            raise incomplete(f"occupations of {sum(counts.values())} of {part} ads are told")
        whole |= counts
    if sum(whole.values()) != total:
        raise incomplete(f"occupations of {sum(whole.values())} of {total} ads are told")
    return whole


async def _stats(
    wire: Wire, asked: Asked, of: Mapping[str, str], kind: str
) -> tuple[int, Counts, list[str]]:
    """How many there are, how many of each code, and the concepts of those."""
    more = {"limit": 0, "stats": kind, "stats.limit": STATS_MOST}
    said = await wire.get(f"{asked.address}/search", **of, **more)
    total = demand_part(demand_part(said, dict, "the answer").get("total"), dict, "total")
    values = [v for one in listed(said, "stats") if one.get("type") == kind
              for v in listed(one, "values")]  # fmt: skip
    counts: Counts = {}
    for value in values:
        code, count = str(value.get("code")), value.get("count")
        if not isinstance(count, int) or (kind == GROUP and not SSYK.fullmatch(code)):
            raise unreadable(f"{code[:40]} ({str(count)[:40]}) is no count of an occupation")
        counts[code] = counts.get(code, 0) + count
    whole = demand_part(total.get("value"), int, "total")
    return whole, counts, [str(value.get("concept_id")) for value in values]
