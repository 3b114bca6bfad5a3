"""Replies: which directions and escalations wait for an answer, told to both sides of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.clients.councils import Councils
from gateway.clients.service import Found, Listing
from services.councils.contract.direction import WAITING, ReplyState

SHOWN = 200
OWN = ("own_seats", "own_led")


@dataclass(frozen=True)
class Reply:
    """One answer that is waited for, as one side of it sees it.

    `asked` is the council that is to answer it; None where what is told is that others have not
    answered what one's own council asked: `waiting` are those.
    """

    noun: str
    thing: Found
    late: bool
    asked: str | None
    waiting: tuple[str, ...]
    own: bool


def asked(
    councils: Councils, mine: list[str], most: int, today: Any, *, everybodys: bool
) -> dict[str, str]:
    """What is to be read for them: one's own first, and for staff everybody's."""
    waits: dict[str, Any] = {"state": [str(one) for one in WAITING], "sort": "answer_by"}
    nouns = {"directions": councils.directions, "escalations": councils.escalations}
    found = {}
    for name, things in nouns.items():
        if mine:
            found[f"own_{name}"] = things.asked(post_id=mine, limit=most, **waits)
        if everybodys:
            found[name] = things.asked(limit=most, **waits)
    if mine:
        seats = councils.seats.asked(post_id=mine, as_of=today, limit=SHOWN)
        led = councils.councils.asked(process_leader_post_id=mine, limit=SHOWN)
        found |= dict(zip(OWN, (seats, led), strict=True))
    return found


def waited_for(work: Mapping[str, Listing], most: int) -> tuple[list[Reply], bool]:
    """What waits, one's own sides first, and whether there is more than is shown."""
    own = _own_councils(work)
    found: list[Reply] = []
    more = False
    for name in ("own_directions", "own_escalations", "directions", "escalations"):
        part = work.get(name, Listing([], more=False))
        more = more or part.more
        for thing in part.items:
            found += _replies(name.removeprefix("own_"), thing, own)
    each = {(one.thing["id"], one.asked): one for one in found}
    rows = sorted(each.values(), key=lambda one: (not one.own, one.thing["answer_by"]))
    return rows[:most], more or len(rows) > most


def _own_councils(work: Mapping[str, Listing]) -> set[str]:
    seats, led = (work.get(name, Listing([], more=False)).items for name in OWN)
    return {one["council_id"] for one in seats} | {one["id"] for one in led}


def _replies(noun: str, thing: Found, own: set[str]) -> Iterator[Reply]:
    """A line for each own council that is to answer; else one for each that is, or who asked."""
    late = thing["state"] == ReplyState.overdue
    single = noun == "escalations"
    waiting = (thing["to_council_id"],) if single else tuple(thing["waiting_council_ids"])
    answering = [one for one in waiting if one in own]
    asks = thing["council_id"] in own
    if asks and late:
        yield Reply(noun, thing, late, None, waiting, own=True)
    for one in answering or ([] if asks else waiting):
        yield Reply(noun, thing, late, one, waiting, own=bool(answering))


def ids_of(replies: list[Reply]) -> list[Any]:
    """The councils that they name."""
    return [one.thing["council_id"] for one in replies] + [
        council for one in replies for council in one.waiting
    ]
