"""Directions: which way forecasts and advertisements go, to be told beside what is assessed.

Only signs, for any limit would be ours: a forecast goes a way where the whole interval of a year is
on one side of the last known year, and of no year on the other; advertisements where the last two
years that are over differ, without a break between them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from services.analysis.indicator.figures import Wanted
from services.analysis.indicator.rules import said

Fact = dict[str, Any]
ADS = ("job_ads_county", "job_ads", "af_past_ads")
RISES, FALLS = "öka", "minska"  # as the barometer says it


class Way(NamedTuple):
    """Which way a source goes, what it is to be told under, and what it says."""

    goes: str
    text: str
    source: Fact
    says: Fact


# By occupation and area.
Ways = Mapping[tuple[str, str], Sequence[Way]]


def ads_wanted(occupations: Sequence[str], areas: Sequence[str]) -> Wanted:
    """The question of the advertisements of every year."""
    return Wanted(ADS, tuple(occupations), tuple(areas), series=True)


def ways_of(forecasts: Sequence[Fact], ads: Sequence[Fact]) -> Ways:
    """The ways of all occupations and areas that go any."""
    found: dict[tuple[str, str], list[Way]] = defaultdict(list)
    for one in (*map(_forecast, forecasts), *_of_ads(ads)):
        if one:
            found[one.source["occupation_code"], one.source["area_code"]].append(one)
    return found


def _forecast(one: Fact) -> Way | None:
    """Told by the furthest year whose interval is on one side; none where some are on another."""
    before = one["origin_value"]
    sides: dict[str, Fact] = {}
    for point in sorted(one["points"], key=lambda point: int(point["horizon"])):
        if before is not None and (side := _side(point, before)):
            sides[side] = point
    if len(sides) != 1:
        return None
    ((goes, last),) = sides.items()
    low, value, high = (said(Decimal(last[name])) for name in ("low", "value", "high"))
    year = f"{said(before)} år {one['origin_period']}"
    says = f"vår prognos: {year}, {value} ({low}–{high}) år {last['period']}"
    told = _told(one, says, f"{one['origin_period']}–{last['period']}")
    return Way(goes, "Prognosen går åt andra hållet än bedömningen", one, told)


def _side(point: Fact, before: Decimal) -> str | None:
    """On which side of a figure the whole interval is."""
    if Decimal(point["high"]) < before:
        return FALLS
    return RISES if Decimal(point["low"]) > before else None


def _of_ads(figures: Sequence[Fact]) -> Iterator[Way | None]:
    """Of several counts of one place the first of ADS."""
    series: dict[tuple[str, str], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for one in figures:
        if one["area_code"] and _is_over(one["period"], one["fetched_at"].date()):
            place = one["occupation_code"], one["area_code"]
            series[place][one["indicator_key"]].append(one)
    for counts in series.values():
        yield _ads(counts[min(counts, key=ADS.index)])


def _is_over(period: str, read_on: date) -> bool:
    """Whether a period is a year that was over when it was read."""
    return period.isdigit() and int(period) < read_on.year


def _ads(years: Sequence[Fact]) -> Way | None:
    by_year = {int(one["period"]): one for one in years}
    last = by_year[max(by_year)]
    before = by_year.get(max(by_year) - 1)
    if before is None or last["after_break"]:
        return None
    if None in (before["value"], last["value"]) or before["value"] == last["value"]:
        return None
    goes = FALLS if last["value"] < before["value"] else RISES
    says = ", ".join(f"{said(one['value'])} år {one['period']}" for one in (before, last))
    period = f"{before['period']}–{last['period']}"
    told = _told(last, f"annonser: {says}", period)
    return Way(goes, "Annonserna går åt andra hållet än bedömningen", last, told)


def _told(one: Fact, says: str, period: str) -> Fact:
    place = {name: one[name] for name in ("area_level", "area_code")}
    return place | {"says": says, "period": period}
