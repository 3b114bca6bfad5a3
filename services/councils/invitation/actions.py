"""What can be done with invitations."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from services.councils.attendance.actions import invite_seats
from services.councils.calling import INVITATION, letter
from services.councils.contract.invitation import (
    InvitationMethod,
    InvitationState,
    ReplyLinkAnswer,
)
from services.councils.contract.meeting import AttendanceAnswer, AttendanceDraft
from services.councils.invitation import rules
from services.councils.invitation.preview import demand_shown, preview
from services.councils.invitation.queries import (
    answer_of,
    behind_link,
    called_to,
    points_of,
    seats_on,
    shown_letter,
)
from services.councils.invitation.recipients import has_the_seat, recipients, title_of
from services.councils.tables.council import CouncilRow
from services.councils.tables.invitation import InvitationRow
from services.councils.tables.meeting import AttendanceRow, MeetingRow
from services.kit import clock
from services.kit.errors import NotFound
from services.kit.http import Work
from services.kit.store import Record, change_row, get_row, insert_row, insert_rows

# A meeting and a letter of it.
Named = tuple[UUID, UUID]


async def send_invitations(work: Work, meeting_id: UUID, mark: str | None) -> UUID:
    """Queue a letter to everybody of the council who can be reached and has none; answers whose.

    Sent twice it does no more than once: who has a letter of the meeting gets no second one here.
    """
    asked = await get_row(work.db, MeetingRow, meeting_id)
    rules.demand_coming(asked, clock.now())
    # Nobody else waits for the registry: the meeting is locked afterwards.
    seats = await seats_on(work.db, asked)
    found = await recipients(work.wire, work.caller, seats, set())
    leads = await _leads(work, asked["council_id"]) if mark else None
    await invite_seats(work, meeting_id)
    meeting = await get_row(work.db, MeetingRow, meeting_id, lock=True)
    rules.demand_coming(meeting, clock.now())
    called = await called_to(work.db, meeting_id)
    new = {
        (one.seat_id, one.person_id): one
        for one in found
        if one.person_id and one.email and (one.seat_id, one.person_id) not in called
    }
    if mark and leads:
        told = preview(meeting, *leads, await points_of(work.db, meeting_id))
        demand_shown(mark, new.values(), told)
    letters = [letter(meeting, InvitationMethod.request, *who) for who in new]
    await insert_rows(work.db, InvitationRow, list(letters))
    return meeting_id


async def _leads(work: Work, council_id: UUID) -> tuple[str, str | None]:
    """What a council is called, and the post that leads it."""
    council = await get_row(work.db, CouncilRow, council_id)
    leader = council["process_leader_post_id"]
    return council["name"], await title_of(work.wire, work.caller, leader)


async def _letter(work: Work, meeting_id: UUID, id: UUID) -> Record:
    """A letter of a meeting; both are locked. NotFound."""
    await get_row(work.db, MeetingRow, meeting_id, lock=True)
    await get_row(work.db, InvitationRow, id, lock=True)
    return await shown_letter(work.db, meeting_id, id)


async def send_again(work: Work, meeting_id: UUID, id: UUID, version: int | None) -> Named:
    """A letter that failed, or whose fate nobody knows, goes once more; it is the same letter."""
    rules.demand_again(await _letter(work, meeting_id, id))
    told = {"state": InvitationState.queued, "tries": 0, "next_try_at": clock.now()}
    await change_row(work.db, InvitationRow, id, version=version, last_error=None, **told)
    return meeting_id, id


async def revoke(work: Work, meeting_id: UUID, id: UUID, version: int | None) -> Named:
    """The links of somebody's letters about a meeting take no answer; nothing more is told."""
    found = await _letter(work, meeting_id, id)
    await change_row(work.db, InvitationRow, id, version=version, revoked=True)
    who = (INVITATION.c[name] == found[name] for name in ("meeting_id", "seat_id", "person_id"))
    mine = select(INVITATION.c.id).where(*who)
    changed = {"version": INVITATION.c.version + 1, "updated_at": clock.now()}
    others = INVITATION.c.id.in_(mine), INVITATION.c.revoked.is_(False)
    await work.db.execute(update(INVITATION).where(*others).values(changed | {"revoked": True}))
    queued = INVITATION.c.id.in_(mine), INVITATION.c.state == InvitationState.queued
    gone = {"state": InvitationState.skipped, "next_try_at": None}
    await work.db.execute(update(INVITATION).where(*queued).values(changed | gone))
    return meeting_id, id


async def reply(work: Work, hash: bytes, given: ReplyLinkAnswer) -> bytes:
    """What whoever has a link answers stands as the attendance of their seat."""
    # Nobody else waits for the registry: the meeting is locked afterwards.
    asked, *_ = await behind_link(work.db, hash)
    theirs = await has_the_seat(work.wire, work.caller, asked)
    told, meeting, _council = await behind_link(work.db, hash, lock=True)
    rules.demand_open(rules.state_of_link(told, meeting, clock.now(), theirs=theirs))
    # A name that was typed before another answer was chosen is nobody's.
    instead = given.substitute if given.answer is AttendanceAnswer.substitute else None
    values: dict[str, Any] = {"answer": given.answer, "substitute": instead, "attended": None}
    known = await answer_of(work.db, told)
    if known is None:
        marks = {name: meeting[name] for name in ("source", "example")}
        of = {"meeting_id": told["meeting_id"], "seat_id": told["seat_id"]}
        await insert_row(work.db, AttendanceRow, AttendanceDraft(**of, **marks, **values))
    else:
        await change_row(work.db, AttendanceRow, known["id"], **values, answered_for=None)
    return hash


def hash_in(text: str) -> bytes:
    """What is kept of a link, as it is written in an address. NotFound for anything else."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise NotFound("there is no such link") from None
