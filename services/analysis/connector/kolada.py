"""Kolada v3: key figures of municipalities and regions, a column for each."""

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from typing import Any

from services.analysis.connector.rules import (
    Broken,
    batches,
    demand_part,
    incomplete,
    listed,
    unreadable,
    wrong_selection,
)
from services.analysis.connector.told import Asked, Told, number, told
from services.analysis.connector.wire import Pace, Wire
from services.analysis.contract.source import FetchFailure

IDS_MOST, PER_PAGE = 20, 5000
PACE = (5, 1.0)
ABOUT = ("area", "year", "sex")
SEX = {"T": "all", "K": "women", "M": "men"}
KPI, AREA, YEAR = re.compile(r"[A-Z]\d{5}"), re.compile(r"\d{4}"), re.compile(r"(19|20|21)\d{2}")
NATION, REGION = "0000", "00"
Key = tuple[str, str, str]


async def fetch(wire: Wire, asked: Asked) -> Told:
    """Key figures by area, year and sex. Where no area is chosen: ours, their regions, the country.

    Figures are the municipalities' own or of others: Kolada is named as where they come from.
    """
    kpis = _all(asked.needed("kpi", '["N00945"]'), KPI, "kpi")
    areas = _all(asked.words("municipality") or _around(asked), AREA, "municipality")
    years = _all(asked.words("year"), YEAR, "year")
    wire.pace = Pace(*PACE)
    found: dict[Key, dict[str, str]] = defaultdict(dict)
    for some in batches(kpis, IDS_MOST):
        for places in batches(areas, IDS_MOST):
            path = f"/data/kpi/{','.join(some)}/municipality/{','.join(places)}"
            path += f"/year/{','.join(years)}" if years else ""
            async for one in _pages(wire, asked.address + path):
                _take(found, one, some)
    if none := sorted(set(kpis) - {kpi for values in found.values() for kpi in values}):
        raise Broken(FetchFailure.changed, f"there are no figures of {none[0]}")
    rows = ((*key, *(values.get(kpi, "..") for kpi in kpis)) for key, values in found.items())
    return told((*ABOUT, *kpis), rows, about=ABOUT, period="year")


def _all(several: Sequence[str], form: re.Pattern[str], what: str) -> tuple[str, ...]:
    if wrong := [one for one in several if not form.fullmatch(one)]:
        raise wrong_selection(f"{wrong[0][:40]} is no {what}")
    return tuple(dict.fromkeys(several))


def _around(asked: Asked) -> tuple[str, ...]:
    """Our municipalities, the regions around them, and the country."""
    own = asked.ours()
    return (*own, *sorted({REGION + code[:2] for code in own}), NATION)


async def _pages(wire: Wire, address: str) -> AsyncIterator[Any]:
    """Every figure of every page, until no further one is named."""
    seen: set[str] = set()
    following, params = address, {"per_page": PER_PAGE}
    while following:
        if following in seen:
            raise incomplete("a page leads back to one that was read")
        seen.add(following)
        said = await wire.get(following, **params)
        values = listed(said, "values")
        if said.get("count") not in {None, len(values)}:
            raise incomplete(f"{len(values)} of {said['count']} figures came")
        for one in values:
            yield one
        following, params = said.get("next_url") or "", {}
        demand_part(following, str, "next_url")


def _take(found: dict[Key, dict[str, str]], one: Any, kpis: Sequence[str]) -> None:
    """A figure of an area and a year, by sex."""
    kpi, area, year = (str(demand_part(one, dict, "a figure").get(name)) for name in
                       ("kpi", "municipality", "period"))  # fmt: skip
    if kpi not in kpis or not (AREA.fullmatch(area) and YEAR.fullmatch(year)):
        raise unreadable(f"{kpi} of {area} in {year} was not asked for")
    for value in listed(one, "values"):
        sex = SEX.get(str(value.get("gender")))
        if sex is None:
            raise unreadable(f"{value.get('gender')} is no sex")
        told_now = number(value.get("value")) or ".."
        if found[_area(area), year, sex].setdefault(kpi, told_now) != told_now:
            raise incomplete(f"{kpi} of {area} in {year} came twice with different values")


def _area(code: str) -> str:
    """The country is 00 and a region its county, as everywhere here."""
    return code[2:] if code.startswith(REGION) else code
