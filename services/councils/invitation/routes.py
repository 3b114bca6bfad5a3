"""Where invitations are asked for, sent and answered over HTTP."""

import asyncio
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.invitation import (
    Invitation,
    Invitations,
    InvitationSending,
    LinkState,
    Recipients,
    ReplyLink,
    ReplyLinkAnswer,
)
from services.councils.contract.meeting import AttendanceAnswer
from services.councils.invitation import actions, rules
from services.councils.invitation.preview import mark_of, preview
from services.councils.invitation.queries import (
    answer_of,
    behind_link,
    called_to,
    letters_of,
    points_of,
    seats_on,
    shown_letter,
)
from services.councils.invitation.recipients import has_the_seat, recipients, title_of
from services.councils.meeting.queries import MEETINGS
from services.councils.tables.council import CouncilRow
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.http import Calling, answer, etag_of, uuid_or_missing
from services.kit.openapi import action_doc, read_doc
from services.kit.store import Record, get_row

router = APIRouter(tags=["invitation"])


@router.get(
    "/meetings/{id}/recipients",
    **read_doc("Who is called to a meeting", "invitation.read", Recipients),
)
async def whom(call: Calling, id: str) -> Response:
    """Each seat on its day: whoever covers its post today, else holds it, or why nobody can be."""
    call.demand("invitation", "read")
    wire = call.request.app.state.wire
    async with call.reading() as db:
        meeting = await get_thing(db, MEETINGS, uuid_or_missing(id), call.caller)
        seats, called = await seats_on(db, meeting), await called_to(db, meeting["id"])
        points = await points_of(db, meeting["id"])
        council = await get_row(db, CouncilRow, meeting["council_id"])
    found, leader = await asyncio.gather(
        recipients(wire, call.caller, seats, called),
        title_of(wire, call.caller, council["process_leader_post_id"]),
    )
    letter = preview(meeting, council["name"], leader, points)
    mark = mark_of([one for one in found if not one.why_not and not one.called], letter)
    items = [one.model_dump() for one in found]
    return answer({"items": items, "letter": letter, "mark": mark})


@router.get(
    "/meetings/{id}/invitations",
    **read_doc("A meeting's letters", "invitation.read", Invitations),
)
async def letters(call: Calling, id: str) -> Response:
    """How each went. No address stands in them, nor a name."""
    call.demand("invitation", "read")
    async with call.reading() as db:
        meeting = await get_thing(db, MEETINGS, uuid_or_missing(id), call.caller)
        return await _all(db, meeting["id"])


async def _all(db: AsyncConnection, meeting_id: UUID) -> Response:
    return answer({"items": await letters_of(db, meeting_id)})


async def _one(db: AsyncConnection, named: actions.Named) -> Response:
    found = await shown_letter(db, *named)
    return answer(found, tag=etag_of(found))


@router.post(
    "/meetings/{id}/invitations",
    **action_doc("Call everybody by e-mail", "invitation.write", Invitations),
)
async def send(call: Calling, id: str, sending: InvitationSending | None = None) -> Response:
    """A letter to everybody who can be reached and has none; a second time nobody gets another."""
    call.demand("invitation", "write")
    asked = uuid_or_missing(id), sending.mark if sending else None
    return await call.perform(actions.send_invitations, *asked, show=_all)


@router.post(
    "/meetings/{id}/invitations/{letter}/send-again",
    **action_doc("Send a letter again", "invitation.write", Invitation),
)
async def again(call: Calling, id: str, letter: str) -> Response:
    """One that failed, or of which nobody knows whether it went."""
    call.demand("invitation", "write")
    asked = uuid_or_missing(id), uuid_or_missing(letter), call.version_if_given
    return await call.perform(actions.send_again, *asked, show=_one)


@router.post(
    "/meetings/{id}/invitations/{letter}/revoke",
    **action_doc("Revoke links", "invitation.write", Invitation),
)
async def revoke(call: Calling, id: str, letter: str) -> Response:
    """All links that the person has got of the meeting; nothing more is told to them of it."""
    call.demand("invitation", "write")
    asked = uuid_or_missing(id), uuid_or_missing(letter), call.version_if_given
    return await call.perform(actions.revoke, *asked, show=_one)


@router.get("/reply-links/{hash}", **read_doc("What a link shows", "reply_link.read", ReplyLink))
async def shown(call: Calling, hash: str) -> Response:
    """The meeting and the answer. The door asks, by what is kept of a link and leads to none."""
    call.demand("reply_link", "read")
    kept = actions.hash_in(hash)
    async with call.reading() as db:
        letter, *_ = await behind_link(db, kept)
    theirs = await has_the_seat(call.request.app.state.wire, call.caller, letter)
    async with call.reading() as db:
        return await _link(db, kept, theirs=theirs)


@router.post("/reply-links/{hash}/reply", **action_doc("Answer", "reply_link.write", ReplyLink))
async def reply(call: Calling, hash: str, given: ReplyLinkAnswer) -> Response:
    """It may be answered anew until the meeting begins."""
    call.demand("reply_link", "write")
    return await call.perform(actions.reply, actions.hash_in(hash), given, show=_link)


async def _link(db: AsyncConnection, hash: bytes, *, theirs: bool = True) -> Response:
    letter, meeting, council = await behind_link(db, hash)
    told = {name: meeting[name] for name in ReplyLink.model_fields if name in meeting}
    state = rules.state_of_link(letter, meeting, clock.now(), theirs=theirs)
    # What another answered for the seat meanwhile is not for who had it before.
    own = theirs and state is not LinkState.revoked
    noted: Record = (await answer_of(db, letter) if own else None) or {}
    mine = {name: noted.get(name) for name in ("answer", "substitute", "answered_for")}
    mine["answer"] = mine["answer"] or AttendanceAnswer.unknown
    return answer(told | mine | {"state": state, "council": council["name"]})
