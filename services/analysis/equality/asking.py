"""Asking: what the registers' figures make of the balance between women and men."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.equality import SexChange
from services.analysis.contract.indicator import Sex, Unit
from services.analysis.equality import rules
from services.analysis.equality.rules import Pair, Spread
from services.analysis.indicator.counting import Series
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.figures import Shown, shown_at
from services.analysis.indicator.queries import facts_for, names_of
from services.analysis.indicator.rules import Spot, together
from services.kit.db import Database

NUMBERS = ("women", "men", "women_share", "earlier_women_share", "smaller_sex")
HIDDEN: Shown = {**dict.fromkeys(NUMBERS), "change": SexChange.not_comparable, "suppressed": True}
WORDS = "Halva summan av skillnaden mellan kvinnors och mäns fördelning"


@dataclass(frozen=True)
class Balance:
    """Women and men in each occupation of a place, period by period."""

    series: Series
    spot: Spot
    periods: list[str]
    sexes: dict[str, dict[str, Pair]]


async def balances(
    database: Database, engine: Engine, keys: Sequence[str], areas: Sequence[str], *, one: bool
) -> list[Balance]:
    """The places' balances, of each indicator that tells of both; `one`: the places as one."""
    async with database.reading() as db:
        facts = await facts_for(db, keys, ())

    def read() -> Iterator[Balance]:
        for indicator in facts.indicators:
            if indicator["unit"] == Unit.persons and rules.has_sexes(indicator["layout"]):
                series = Series(engine, facts, indicator, ())
                spots = series.spots(areas) if series.chosen else []
                spots = together(spots) if one else spots
                series.read(spots, each=True)
                yield from (_balance(series, spot) for spot in spots)

    return await asyncio.to_thread(lambda: list(read()))


def _balance(series: Series, spot: Spot) -> Balance:
    told = {period: series.sexes(period, spot) for period in series.periods}
    sexes = {period: pairs for period, pairs in told.items() if pairs}
    return Balance(series, spot, list(sexes), sexes)


def segregation(balance: Balance, periods: Sequence[str], *, series: bool) -> Iterator[Shown]:
    """The index of a place: of its periods, of those named, or of the last."""
    before: Spread | None = None
    last = balance.periods[-1:]
    for period in balance.periods:
        now = rules.spread_of(balance.sexes[period])
        shown = shown_at(balance.series, balance.spot, period, None)
        change = rules.spread_change(before, now, after_break=shown["after_break"])
        before = now
        if period in (periods or (balance.periods if series else last)):
            yield shown | _index(now) | {"change": change}


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
    whole = rules.spread_of(some)
    about = shown_at(balance.series, balance.spot, last, None)
    every = None if whole.women is None or whole.men is None else whole.women + whole.men
    return {"about": about | {"value": every}, "since": since, "items": rows, "next": None}


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
