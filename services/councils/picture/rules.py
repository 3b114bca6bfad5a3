"""Rules about the picture: what fills which function, and when that is a shell."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from services.councils.contract.council import CouncilPhase
from services.councils.contract.model_definition import ModelFiller
from services.councils.contract.picture import (
    QUIET_DAYS,
    FillerKind,
    PartFiller,
    PartState,
    TieKind,
)

Fact = Mapping[str, Any]
WORKS = (CouncilPhase.forming, CouncilPhase.active)
TOLD = tuple(PartFiller.model_fields)


def is_shell(council: Fact, day: date) -> bool:
    """Whether a council has not begun, rests, or is long quiet."""
    if council["phase"] not in WORKS:
        return True
    last = council["last_on"] or council["phase_on"]
    return bool((day - last).days > QUIET_DAYS)


def parts(
    defined: Iterable[Fact], councils: Sequence[Fact], actors: Sequence[Fact]
) -> list[dict[str, Any]]:
    """Each function with what fills it."""
    leaders = posts(councils)
    return [dict(one) | _filled(one, councils, leaders, actors) for one in defined]


def _filled(
    part: Fact, councils: Sequence[Fact], leaders: Sequence[Fact], actors: Sequence[Fact]
) -> dict[str, Any]:
    if part["filled_by"] == ModelFiller.process_leader:
        there = leaders
    elif part["filled_by"] == ModelFiller.executor:
        there = actors
    else:
        there = [one for one in councils if _fills(one, part)]
    seen = [_told(one) for one in there if one["seen"]]
    return {"state": _state(there), "fillers": seen, "hidden_count": len(there) - len(seen)}


def _fills(council: Fact, part: Fact) -> bool:
    return bool(council["level"] == part["level"] and council["council_kind"] == part["filled_by"])


def _told(one: Fact) -> dict[str, Any]:
    return {name: one[name] for name in TOLD}


def _state(there: Sequence[Fact]) -> PartState:
    if not there:
        return PartState.empty
    return PartState.shell if all(one["shell"] for one in there) else PartState.filled


def posts(councils: Sequence[Fact]) -> list[dict[str, Any]]:
    """The posts that lead the process of a council, each with what happened last in its."""
    found: dict[Any, dict[str, Any]] = {}
    for one in councils:
        if (post := one["process_leader_post_id"]) is None:
            continue
        new = {"kind": FillerKind.post, "id": post, "name": None, "phase": None, "last": None}
        new |= {"last_on": None, "meeting_count": 0, "decision_count": 0, "shell": False}
        told = found.setdefault(post, new | {"example": False, "seen": False})
        told["seen"] = told["seen"] or one["seen"]
        if one["seen"]:
            days = [day for day in (told["last_on"], one["last_on"]) if day]
            told["last_on"] = max(days, default=None)
            for name in ("meeting_count", "decision_count"):
                told[name] += one[name]
    return list(found.values())


def outside(defined: Sequence[Fact], councils: Sequence[Fact]) -> list[dict[str, Any]]:
    """The councils that the caller sees and no function tells of."""
    return [
        _told(one) | {"level": one["level"]}
        for one in councils
        if one["seen"] and not any(_fills(one, part) for part in defined)
    ]


def ties(councils: Sequence[Fact], counted: Iterable[Fact]) -> list[dict[str, Any]]:
    """What ties those that the caller sees: bodies above, leaders, directions and lifts."""
    seen = {one["id"]: one for one in councils if one["seen"]}
    found = [
        {"kind": kind, "from_id": one[field], "to_id": one["id"], "count": 1, "waiting_count": 0}
        for one in seen.values()
        for kind, field in (
            (TieKind.parent, "parent_id"),
            (TieKind.process_leader, "process_leader_post_id"),
        )
        if one[field] is not None and (kind is not TieKind.parent or one[field] in seen)
    ]
    both = (one for one in counted if one["from_id"] in seen and one["to_id"] in seen)
    return found + [dict(one) for one in both]
