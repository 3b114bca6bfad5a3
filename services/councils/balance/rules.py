"""Rules about balance: which side an actor's kind counts on, and no report of a day to come."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.councils.contract.balance import SeatSide
from services.kit.errors import Rejected

# The registry's kinds of actors. A kind that is not here is on no side that we know of.
SIDES = {
    "company": SeatSide.employers,
    "industry_association": SeatSide.employers,
    "municipality": SeatSide.public,
    "municipal_association": SeatSide.public,
    "authority": SeatSide.public,
    "region": SeatSide.public,
    "education_provider": SeatSide.education,
    "university": SeatSide.education,
    "trade_union": SeatSide.other,
    "network": SeatSide.other,
    "other": SeatSide.other,
}


def by_side(
    seats: Mapping[UUID, int], kinds: Mapping[UUID, str], one_of: Mapping[UUID, UUID]
) -> list[dict[str, Any]]:
    """The seats of each side that has any, and whose; who the registry lacks is on none known."""
    found, whose = Counter[SeatSide](), defaultdict[SeatSide, set[UUID]](set)
    for actor_id, count in seats.items():
        side = SIDES.get(kinds.get(actor_id, ""), SeatSide.unknown)
        found[side] += count
        whose[side].add(one_of.get(actor_id, actor_id))
    return [
        {"side": side, "seats": found[side], "actors": len(whose[side])}
        for side in SeatSide
        if found[side]
    ]


def each_once(found: Mapping[str, Any], one_of: Mapping[UUID, UUID]) -> dict[str, Any]:
    """A balance with its actors counted: an actor that sits by two of its ids is one."""
    sitting = [{one_of.get(one, one) for one in role["actors"]} for role in found["roles"]]
    roles = [
        role | {"actors": len(actors)} for role, actors in zip(found["roles"], sitting, strict=True)
    ]
    return {**found, "roles": roles, "actors": len(set().union(*sitting))}


def demand_past(day: date, today: date) -> None:
    """Rejected for a day to come."""
    if day > today:
        raise Rejected("that day has not come", field="reported_on", reason="in_the_future")
