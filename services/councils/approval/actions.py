"""What can be done with approvals."""

from typing import Any
from uuid import UUID

from services.councils.approval import rules
from services.councils.approval.queries import behind, recipient_of
from services.councils.consent import demand_consent
from services.councils.contract.approval import (
    ApprovalGiven,
    ApprovalLinkDraft,
    ApprovalLinkState,
    SheetState,
    WishList,
)
from services.councils.contract.interview import ApprovalWay
from services.councils.interview.actions import (
    approve_interview,
    take_back,
    withdraw_interview,
)
from services.councils.interview.queries import answers_of
from services.councils.tables.approval import ApprovalLinkRow
from services.councils.tables.interview import AnswerRow, InterviewRow
from services.kit import clock
from services.kit.errors import NotFound, Refusals
from services.kit.http import Work
from services.kit.store import Record, change_row, get_row, insert_row


async def make_link(work: Work, interview_id: UUID, draft: ApprovalLinkDraft) -> UUID:
    """A link to an interview that was sent: handed over, or queued to go by e-mail."""
    interview = await get_row(work.db, InterviewRow, interview_id)
    # Nobody else waits for the registry: the interview is locked afterwards.
    values = await _new(work, interview, draft)
    interview, refused = await get_row(work.db, InterviewRow, interview_id, lock=True), Refusals()
    with refused:
        rules.demand_sent(interview["status"])
    with refused:
        demand_consent(interview)
    refused.demand_none()
    values |= {"interview_id": interview_id, "expires_at": clock.now() + rules.LASTS}
    return UUID(str((await insert_row(work.db, ApprovalLinkRow, values))["id"]))


async def _new(work: Work, interview: Record, draft: ApprovalLinkDraft) -> dict[str, Any]:
    if draft.hash is not None:
        made = {"hash": bytes.fromhex(draft.hash), "state": ApprovalLinkState.given}
        return made | {"tries": 0, "revoked": False}
    recipient = await recipient_of(work.wire, work.caller, interview)
    rules.demand_reachable(recipient)
    waiting = {"state": ApprovalLinkState.queued, "next_try_at": clock.now(), "tries": 0}
    return waiting | {"person_id": recipient.person_id, "revoked": False}


async def revoke_link(work: Work, interview_id: UUID, id: UUID, version: int | None) -> UUID:
    """A link shows nothing any more; a letter with it that has not gone does not go."""
    link = await get_row(work.db, ApprovalLinkRow, id, lock=True)
    if link["interview_id"] != interview_id:
        raise NotFound(f"the interview has no link {id}")
    values: dict[str, Any] = {"revoked": True, "next_try_at": None}
    await change_row(work.db, ApprovalLinkRow, id, version=version, **values)
    return id


async def _opened(work: Work, hash: bytes, *allowed: SheetState) -> tuple[Record, Record]:
    """The link and its interview, which is locked. NotFound or Conflict."""
    link, interview = await behind(work.db, hash, lock=True)
    rules.demand_state(rules.state_of_sheet(link, interview, clock.now()), *allowed)
    return link, interview


async def approve(work: Work, hash: bytes, given: ApprovalGiven) -> bytes:
    """Whoever has the link approves what they have read."""
    link, interview = await _opened(work, hash, SheetState.open)
    rules.demand_read(interview, given.version)
    who = {"way": ApprovalWay.link, "person_id": link["person_id"]}
    await approve_interview(work, interview["id"], None, **who)
    return hash


async def judge_changes(work: Work, wanted: WishList, hash: bytes) -> None:
    """All that forbids to ask for changes."""
    _link, interview = await _opened(work, hash, SheetState.open)
    refused = Refusals()
    with refused:
        if wanted.version is not None:
            rules.demand_read(interview, wanted.version)
    with refused:
        rules.demand_answered(wanted.wishes or (), await answers_of(work.db, interview["id"]))
    refused.demand_none()


async def want_changes(work: Work, hash: bytes, wanted: WishList) -> bytes:
    """The interview goes back to whoever holds it, with what is wished for."""
    await judge_changes(work, wanted, hash)
    _link, interview = await behind(work.db, hash)
    answers = await answers_of(work.db, interview["id"])
    for wish in wanted.wishes:
        answer = answers[wish.question_key]
        await change_row(work.db, AnswerRow, answer["id"], wish=wish.text)
    await take_back(work, interview["id"], wanted.reason, None)
    return hash


async def withdraw(work: Work, hash: bytes) -> bytes:
    """Whoever has the link ends their consent: also later than it shows anything."""
    states = set(SheetState) - {SheetState.revoked, SheetState.withdrawn}
    _link, interview = await _opened(work, hash, *states)
    await withdraw_interview(work, interview["id"], None)
    return hash


def hash_in(text: str) -> bytes:
    """What is kept of a link, as it is written in an address. NotFound for anything else."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise NotFound("there is no such link") from None
