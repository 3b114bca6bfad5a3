"""Asking: the seats that there are, shared out among all open needs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.analysis.allocation.rules import (
    Asked,
    Given,
    Offer,
    offers_of,
    sort_out,
    supplementing,
    told_need,
)
from services.analysis.allocation.solving import divided
from services.analysis.contract.allocation import Unallocated
from services.analysis.contract.verdict import Horizon
from services.analysis.verdict.arithmetic import Fact, Period
from services.analysis.verdict.reach import Reach
from services.analysis.verdict.rules import period_of

SUMMED = ("demand", "certain", "possible", "lacking", "unmet")


@dataclass(frozen=True)
class World:
    """All that is shared out, and to whom."""

    needs: Sequence[Fact]
    programmes: Sequence[Fact]
    intakes: Sequence[Fact]
    reach: Reach


Sorted = tuple[Period, list[Offer], list[Asked], list[tuple[Fact, Unallocated]]]


def allocation(world: World, horizon: Horizon, today: date) -> dict[str, Any]:
    """The division for one horizon; it blocks. Needs that the caller may not know of are in the
    sums alone.
    """
    period = period_of(horizon, today, None)
    offers = offers_of(world.programmes, world.intakes, period, today)
    return answered(
        world, (period, offers, *sort_out(world.needs, offers, period, world.reach)), horizon
    )


def answered(world: World, known: Sorted, horizon: Horizon) -> dict[str, Any]:
    """The division of what has been counted."""
    period, offers, asked, others = known
    given: dict[int, list[Given]] = defaultdict(list)
    for one in divided(asked, offers):
        given[one.need].append(one)
    told = [told_need(one, given[at], offers) for at, one in enumerate(asked)]
    seen = [row for row, one in zip(told, asked, strict=True) if one.need["seen"]]
    flows = [one for several in given.values() for one in several]
    return {
        "horizon": horizon,
        "from_on": period.first,
        "to_on": period.last,
        **{name: sum((row[name] for row in told), Decimal(0)) for name in SUMMED},
        "unseen": sum(not need["seen"] for need in world.needs),
        "unallocated_needs": [
            {"need_id": need["id"], "name": need["label"], "reason": reason}
            for need, reason in others
            if need["seen"]
        ],
        "supplements": list(supplementing(flows, offers)),
        "items": sorted(seen, key=lambda row: (-row["lacking"], row["name"], row["need_id"])),
    }
