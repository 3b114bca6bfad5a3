"""Surroundings: what registers say of a need's occupation where the need is.

Nothing of it enters the arithmetic: the figures are of other areas and years than the need. What
they cannot tell is said among the unknowns.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from services.analysis.classification.rules import Unclassified
from services.analysis.contract.indicator import Sex, Unit
from services.analysis.contract.source import AreaLevel
from services.analysis.contract.verdict import UnknownKind
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.figures import Wanted, figures_for
from services.analysis.indicator.rules import LEAST_SHARE, MOST_PLACES, NATION, minority, said
from services.analysis.record.queries import assessments_of
from services.analysis.record.rules import places_around
from services.analysis.verdict.arithmetic import unknown
from services.analysis.verdict.conflicts import COUNTED_TWICE, by_occupation, conflicts_of
from services.analysis.verdict.directions import ads_wanted, ways_of
from services.analysis.verdict.queries import forecasts_of
from services.analysis.verdict.replacing import ages_wanted, replacement_of
from services.kit.db import Database
from services.kit.errors import Unavailable
from services.kit.log import log

Fact = dict[str, Any]
ABOUT = ("employed", "women_share", "job_ads", "job_ads_county", "age_60_share")
_beside = partial(unknown, decisive=False)
NO_SEXES = "Könsfördelningen i yrket är inte känd."
AREAS = {
    AreaLevel.municipality: "kommunen",
    AreaLevel.labour_market_region: "den lokala arbetsmarknaden",
    AreaLevel.county: "länet",
    AreaLevel.nation: "riket",
}


@dataclass(frozen=True)
class Surroundings:
    """The figures around one need, and what could not be read or is not known."""

    figures: list[Fact] = field(default_factory=list)
    unknowns: list[Fact] = field(default_factory=list)
    conflicts: list[Fact] = field(default_factory=list)
    replacement: Fact | None = None

    def one(self, key: str) -> Fact | None:
        """The figure of an indicator with a known value, where there is one."""
        found = (figure for figure in self.figures if figure["indicator_key"] == key)
        return next((figure for figure in found if figure["value"] is not None), None)


async def surroundings_of(
    database: Database,
    engine: Engine,
    needs: Sequence[Fact],
    ours: Sequence[str],
    unclassified: Unclassified,
) -> list[Surroundings]:
    """The surroundings of each need; none without an occupation and a place that there are."""
    wanted = {
        need["id"]: _wanted(need["occupation_code"], places)
        for need in needs
        if need["occupation_code"] and need["occupation_code"] not in unclassified.occupations
        if (places := _places(need, ours, unclassified.municipalities))
    }
    if not wanted:
        return [Surroundings() for _ in needs]
    occupations, areas = _asked_of([*wanted.values()])
    around, ages = places_around(areas), ages_wanted(occupations)
    asked = [*wanted.values(), *ages.values(), ads_wanted(occupations, around)]
    try:
        *found, ads = await figures_for(database, engine, asked)
        judged = by_occupation(await assessments_of(database, engine, occupations, areas))
    except Unavailable as failure:
        log.error("figures.unavailable", reason=failure.detail)
        text = "Registrens siffror kan inte läsas just nu."
        return [Surroundings(unknowns=[_beside(UnknownKind.figure, text)]) for _ in needs]
    async with database.reading() as db:
        ways = ways_of(await forecasts_of(db, occupations, around), ads)
    known = dict(zip((*wanted, *ages), found, strict=True))
    return [
        _told(
            known[need["id"]],
            conflicts_of(need, wanted[need["id"]].areas, known[need["id"]], judged, ways),
            replacement_of(known[need["occupation_code"]], known[need["id"]]),
        )
        if need["id"] in known
        else Surroundings()
        for need in needs
    ]


def _asked_of(several: Sequence[Wanted]) -> tuple[list[str], list[str]]:
    """All occupations and places that are asked about."""
    occupations = {code for one in several for code in one.occupations}
    return sorted(occupations), sorted({code for one in several for code in one.areas})


def _places(need: Fact, ours: Sequence[str], none: Set[str]) -> tuple[str, ...]:
    """Where a need is. One that names no municipality: in all of ours; where none is, anywhere."""
    if named := need["municipality_codes"]:
        return tuple(code for code in named if code not in none)
    return tuple(code for code in ours if code not in none) or (NATION,)


def _wanted(occupation: str, places: tuple[str, ...]) -> Wanted:
    """The newest figures for some municipalities as one; of very many, the country's."""
    return Wanted(
        indicators=tuple(dict.fromkeys((*ABOUT, *COUNTED_TWICE))),
        occupations=(occupation,),
        areas=places if len(places) <= MOST_PLACES else (NATION,),
        sexes=(Sex.all, Sex.women, Sex.men),
        together=True,
    )


def _told(every: list[Fact], conflicts: list[Fact], replacement: Fact | None) -> Surroundings:
    order = {key: place for place, key in enumerate(ABOUT)}
    figures = [one for one in every if one["indicator_key"] in order]
    in_order = sorted(figures, key=lambda one: order[one["indicator_key"]])
    known = Surroundings(list(_each_once(in_order)), conflicts=conflicts, replacement=replacement)
    lacking = [
        _beside(UnknownKind.figure, text)
        for key, text in (
            ("employed", "Hur många som är anställda i yrket är inte känt."),
            ("women_share", NO_SEXES),
        )
        if known.one(key) is None
    ]
    known.unknowns.extend([*lacking, _replacement(known)])
    return known


def _each_once(figures: list[Fact]) -> Iterator[Fact]:
    """Ads by municipality and by county: where both tell of a place, the first is said."""
    places: set[tuple[object, ...]] = set()
    for one in figures:
        place = (one["unit"], one["area_code"], one["sex"])
        if one["unit"] != Unit.job_ads or place not in places:
            yield one
        places.add(place)


def _replacement(known: Surroundings) -> Fact:
    """How many leave by age is in no line of the balance, and that is said."""
    text = "Hur många som behöver ersättas när äldre slutar är inte medräknat: "
    old, leaving = known.one("age_60_share"), known.replacement
    if old:
        percent = f"{old['value'] * 100:.0f}"
        text += f"{percent} % är 60 år eller äldre i {AREAS[old['area_level']]}, "
        text += "och" if leaving else "men hur många som slutar är inte känt."
    if leaving:
        area = leaving["area_name"] or AREAS[leaving["area_level"]]
        text += f" uppskattat slutar {said(leaving['area_leaving_yearly'], 1)} per år i {area}. "
        text += "Ett angivet behov rymmer dem oftast redan."
    if not (old or leaving):
        text += "åldrarna i yrket är inte kända."
    return _beside(UnknownKind.replacement, text)


def within(verdict: Fact, known: Surroundings, need: Fact) -> Fact:
    """A verdict with its surroundings, and whether the occupation is so uneven that it matters.

    As a decision asks (services/councils/equality.py): a share written on the need counts first.
    """
    written, share = need["minority_share"], known.one("women_share")
    smaller = minority(share["value"]) if share else None
    smaller = smaller if written is None else Decimal(written)
    lacking = (one for one in known.unknowns if written is None or one["text"] != NO_SEXES)
    return verdict | {
        "unknowns": [*verdict["unknowns"], *lacking],
        "figures": known.figures,
        "conflicts": known.conflicts,
        "replacement": known.replacement,
        "minority_share": smaller,
        "needs_equality_check": None if smaller is None else smaller < LEAST_SHARE,
    }
