"""Asking: what the registers' figures make of the balance between women and men."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.equality import SexChange
from services.analysis.contract.indicator import Sex, Unit
from services.analysis.equality import rules
from services.analysis.equality.rules import Pair, Spread
from services.analysis.equality.spreading import spreads
from services.analysis.indicator.counting import Series
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.figures import Shown, shown_at
from services.analysis.indicator.queries import Facts, facts_for, names_of
from services.analysis.indicator.rules import Spot, together, total
from services.kit.db import Database

NUMBERS = ("women", "men", "women_share", "earlier_women_share", "smaller_sex")
HIDDEN: Shown = {**dict.fromkeys(NUMBERS), "change": SexChange.not_comparable, "suppressed": True}
INDEX = ("value", "women", "men", "chance_value", "margin")
HIDDEN_INDEX: Shown = {
    **dict.fromkeys(INDEX), "change": SexChange.not_comparable, "suppressed": True,
}  # fmt: skip
WORDS = "Halva summan av skillnaden mellan kvinnors och mäns fördelning"


@dataclass(frozen=True)
class Balance:
    """Women and men in each occupation of a place, period by period."""

    series: Series
    spot: Spot
    periods: list[str]
    sexes: dict[str, dict[str, Pair]]


@dataclass(frozen=True)
class Indexed:
    """The index of a place, period by period."""

    series: Series
    spot: Spot
    spreads: dict[str, Spread]


async def indexes(
    database: Database, engine: Engine, keys: Sequence[str], areas: Sequence[str], *, one: bool
) -> list[Indexed]:
    """The places' indexes, of each indicator that tells of both; `one`: the places as one."""
    async with database.reading() as db:
        facts = await facts_for(db, keys, ())
    return await asyncio.to_thread(
        lambda: [
            found
            for series, spots in _places(engine, facts, areas, one=one)
            for found in _indexed(engine, series, spots)
        ]
    )


def _indexed(engine: Engine, series: Series, spots: list[Spot]) -> Iterator[Indexed]:
    series.choose()
    found: dict[tuple[str, ...], dict[str, Spread]] = defaultdict(dict)
    for content_hash, own in series.own.items():
        told = spreads(engine, content_hash, series.layout_text, spots, sorted(own))
        for (period, codes), spread in told.items():
            found[codes][own[period]] = spread
    for spot in spots:
        if of_it := found[spot.codes]:
            yield Indexed(series, spot, dict(sorted(of_it.items())))


def _places(
    engine: Engine, facts: Facts, areas: Sequence[str], *, one: bool
) -> Iterator[tuple[Series, list[Spot]]]:
    """The indicators that tell of both sexes, and where they answer for the places."""
    for indicator in facts.indicators:
        if indicator["unit"] == Unit.persons and rules.has_sexes(indicator["layout"]):
            series = Series(engine, facts, indicator, ())
            spots = series.spots(areas) if series.chosen else []
            if spots := together(spots) if one else spots:
                yield series, spots


async def balances(
    database: Database, engine: Engine, keys: Sequence[str], areas: Sequence[str]
) -> list[Balance]:
    """The balance of some places as one, of each indicator that tells of both sexes."""
    async with database.reading() as db:
        facts = await facts_for(db, keys, ())

    def read() -> Iterator[Balance]:
        for series, spots in _places(engine, facts, areas, one=True):
            series.read(spots, each=True)
            yield from (_balance(series, spot) for spot in spots)

    return await asyncio.to_thread(lambda: list(read()))


def _balance(series: Series, spot: Spot) -> Balance:
    told = {period: series.sexes(period, spot) for period in series.periods}
    sexes = {period: pairs for period, pairs in told.items() if pairs}
    return Balance(series, spot, list(sexes), sexes)


def segregation(found: Indexed, periods: Sequence[str], *, series: bool) -> Iterator[Shown]:
    """The index of a place: of its periods, of those named, or of the last."""
    before: Spread | None = None
    since: str | None = None
    every = list(found.spreads)
    wanted = {*(periods or (every if series else every[-1:]))}
    for period, now in found.spreads.items():
        after_break = found.series.break_at(period, since) is not None
        change = rules.spread_change(before, now, after_break=after_break)
        if period in wanted:
            shown = shown_at(found.series, found.spot, period, None, since) | _index(now)
            hidden = found.series.hides_any(period, found.spot)
            yield shown | {"change": change} | (HIDDEN_INDEX if hidden else {})
        before, since = now, period


def _index(spread: Spread) -> Shown:
    counted = f"{WORDS}, {spread.occupation_count} yrken"
    return {
        "unit": Unit.dissimilarity,
        "value": rules.fine(spread.index),
        "chance_value": rules.fine(spread.chance),
        "margin": rules.fine(spread.margin),
        "women": spread.women,
        "men": spread.men,
        "occupation_count": spread.occupation_count,
        "counted_as": counted,
    }


async def occupation_shares(database: Database, balance: Balance) -> Shown:
    """Every occupation of a place in its last period, the least even first."""
    last = balance.periods[-1]
    since = rules.since(balance.periods, balance.series.broken_years)
    pairs, earlier = balance.sexes[last], balance.sexes.get(since or "", {})
    some = {code: pair for code, pair in pairs.items() if any(one != 0 for one in pair)}
    systems = (CodeSystem.ssyk2012_scb, CodeSystem.ssyk2012)
    async with database.reading() as db:
        names = await names_of(db, systems, sorted(some))
    rows = [
        _share(code, some, earlier, names.get(code))
        | (HIDDEN if _is_hidden(balance, code, since) else {})
        for code in some
    ]
    rows.sort(key=lambda row: (-rules.unevenness(row["women_share"]), row["occupation_code"]))
    about = shown_at(balance.series, balance.spot, last, None)
    every = total([one for pair in some.values() for one in pair])
    hidden = balance.series.is_hidden(last, balance.spot, None)
    about |= {"value": None if hidden else every, "suppressed": hidden}
    return {"about": about, "since": since, "items": rows, "next": None}


def _is_hidden(balance: Balance, code: str, since: str | None) -> bool:
    """Whether any number of a row would tell of few people."""
    periods = [one for one in (balance.periods[-1], since) if one in balance.sexes]
    return any(
        balance.series.is_hidden(period, balance.spot, code, sex)
        for period in periods
        for sex in (Sex.women, Sex.men)
    )


def _share(
    code: str, pairs: dict[str, Pair], earlier: dict[str, Pair], name: str | None
) -> dict[str, Any]:
    now, before = pairs[code], earlier.get(code)
    share = rules.women_share(now)
    change = rules.balance_change(before, now, len(pairs)) if earlier else SexChange.not_comparable
    smaller: Sex | None = rules.smaller_sex(share)
    return {
        "occupation_code": code,
        "occupation_name": name,
        "women": now[0],
        "men": now[1],
        "women_share": share,
        "suppressed": False,
        "smaller_sex": smaller,
        "earlier_women_share": rules.women_share(before),
        "change": change,
    }
