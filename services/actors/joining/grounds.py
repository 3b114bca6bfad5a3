"""Grounds: what a joining stands on; a need that lasts, an actor that is there, its own seat.

Councils keep needs, seats and initiatives and are asked by the program, for a municipality's key of
what that may know of. Where they are silent nothing is refused here; docs/decisions/0016.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from services.actors.contract.actor import GONE
from services.actors.contract.joining import JoiningDraft
from services.actors.family import kin, living_of
from services.actors.standing.queries import standing_on
from services.kit import clock
from services.kit.collection import When
from services.kit.errors import Problem, Rejected
from services.kit.http import Record, Work
from services.kit.identity import Caller
from services.kit.log import log

PATIENCE_SECONDS = 3.0
OVER = ("met", "dropped")
Before = Mapping[str, Any]


async def demand_need(work: Work, draft: JoiningDraft, before: Before) -> None:
    """Rejected where a new one is to a need that nobody works on any more."""
    need: Any = draft.need_id  # None of a part
    if before or need is None:
        return
    found = await _in_councils(work, "/needs", [("id", need)])
    if found and found[0]["status"] in OVER:
        raise Rejected("the need is over", field="need_id", reason="need_over")


async def demand_seat(work: Work, draft: JoiningDraft, before: Before) -> None:
    """Rejected where it is connected, anew, by a seat of another actor."""
    await _demand_own(work, draft, before, "seat_id", "/seats")


async def demand_initiative(work: Work, draft: JoiningDraft, before: Before) -> None:
    """Rejected where it is connected, anew, by an initiative that it neither leads nor is in."""
    await _demand_own(work, draft, before, "initiative_id", "/initiatives")


async def _demand_own(
    work: Work, draft: JoiningDraft, before: Before, field: str, path: str
) -> None:
    """What nobody has is told with the other unknown references."""
    actor: Any = draft.actor_id  # None of a part
    one = getattr(draft, field)
    if actor is None or one in {None, before.get(field)}:
        return
    family = (await work.db.execute(kin([actor], When(clock.today())))).scalars()
    by_actor = [("actor_id", each) for each in family]
    if await _in_councils(work, path, [("id", one)]) and not await _in_councils(
        work, path, [("id", one), *by_actor]
    ):
        raise Rejected("it is another actor's", field=field, reason="other_actor")


async def demand_there(work: Work, draft: JoiningDraft, before: Before) -> None:
    """Rejected where the actor had left on the day that it was proposed, or is connected.

    One that is on its way is proposed to an actor that is there today, too.
    """
    days: dict[str, Any] = {"connected_on": draft.connected_on}
    if not before:
        days["actor_id"] = draft.proposed_on
    told = [(field, day) for field, day in days.items() if day and day != before.get(field)]
    if not before and draft.goes_on:
        told.append(("actor_id", clock.today()))
    actor: Any = draft.actor_id  # None of a part
    for field, day in told if actor else ():
        if await _had_left(work, actor, day):
            raise Rejected("the actor had left then", field=field, reason="actor_gone")


async def _had_left(work: Work, actor_id: UUID, day: date) -> bool:
    living = (await living_of(work.db, [actor_id])).get(actor_id, actor_id)
    standing = await standing_on(work.db, living, day)
    return standing is not None and standing["status"] in GONE


async def _in_councils(work: Work, path: str, query: Sequence[tuple[str, Any]]) -> list[Record]:
    """What a list of councils holds; nothing where there is nobody to ask, or no answer."""
    if work.wire is None or not work.wire.reaches("councils"):
        return []
    caller, code = Caller("service", "svc:actors"), work.caller.bound_to
    if code is not None:
        caller = Caller("client", work.caller.subject, scopes=("read",), municipality_code=code)
    caller = replace(caller, request_id=work.caller.request_id)
    asked = urlencode([(name, str(one)) for name, one in query])
    try:
        reply = await work.wire.ask(
            "councils", "GET", path, caller=caller, query=asked, patience=PATIENCE_SECONDS
        )
    except Problem:
        log.error("joining.councils_silent", service="actors")
        return []
    items: list[Record] = reply.json()["items"]
    return items
