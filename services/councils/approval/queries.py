"""Questions about approvals."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.approval import ApprovalLink, ApprovalRecipient
from services.councils.interview.queries import answers_of, questions_of
from services.councils.interview.rules import SAID
from services.councils.invitation.recipients import PATIENCE_SECONDS, recipients
from services.councils.registry import things_of_actors
from services.councils.tables.approval import ApprovalLinkRow
from services.councils.tables.council import CouncilRow
from services.councils.tables.interview import InterviewRow
from services.kit.errors import NotFound, Problem
from services.kit.identity import Caller
from services.kit.store import Record, table_of
from services.kit.switchboard import Switchboard

LINK, INTERVIEW, COUNCIL = (table_of(one) for one in (ApprovalLinkRow, InterviewRow, CouncilRow))
_SHOWN = [LINK.c[name] for name in ApprovalLink.model_fields]


class _Respondent(NamedTuple):
    """An interview as `recipients` asks about a seat."""

    id: UUID
    actor_id: UUID
    post_id: UUID | None


async def links_of(db: AsyncConnection, interview_id: UUID) -> list[Record]:
    """An interview's links, the newest first."""
    found = select(*_SHOWN).where(LINK.c.interview_id == interview_id)
    ordered = found.order_by(LINK.c.created_at.desc(), LINK.c.id)
    return [dict(row) for row in (await db.execute(ordered)).mappings()]


async def recipient_of(
    wire: Switchboard | None, asking: Caller, interview: Record
) -> ApprovalRecipient:
    """Whoever covers or holds the respondent's post today. Unavailable: nobody says who."""
    asked = _Respondent(*(interview[name] for name in ("id", "actor_id", "respondent_post_id")))
    (found,) = await recipients(wire, asking, [asked], set())
    told = {name: getattr(found, name) for name in ApprovalRecipient.model_fields}
    return ApprovalRecipient(**told)


async def behind(db: AsyncConnection, hash: bytes, *, lock: bool = False) -> tuple[Record, Record]:
    """The link with this hash, and its interview. NotFound."""
    link = (await db.execute(select(LINK).where(LINK.c.hash == hash))).mappings().first()
    if link is None:
        raise NotFound("there is no such link")
    asked = select(INTERVIEW).where(INTERVIEW.c.id == link["interview_id"])
    asked = asked.with_for_update() if lock else asked
    return dict(link), dict((await db.execute(asked)).mappings().one())


async def council_name(db: AsyncConnection, interview: Record) -> str | None:
    """The council that the interview is for."""
    found = select(COUNCIL.c.name).where(COUNCIL.c.id == interview["council_id"])
    name: str | None = await db.scalar(found)
    return name


async def company_name(wire: Switchboard | None, asking: Caller, interview: Record) -> str | None:
    """The company, as the registry says it today; None where it says nothing."""
    if wire is None or not wire.reaches("actors"):
        return None
    asked = [interview["actor_id"]]
    try:
        found = await things_of_actors(
            wire, asking, "/actors", "id", asked, patience=PATIENCE_SECONDS
        )
    except Problem:
        return None
    return next((str(one["name"]) for one in found), None)


async def read_questions(db: AsyncConnection, interview: Record) -> list[dict[str, Any]]:
    """What was answered, in the order of the map."""
    answers = await answers_of(db, interview["id"])
    found = []
    for question in await questions_of(db, interview):
        answer = answers.get(question["key"])
        if answer is None or all(answer[name] is None for name in SAID):
            continue
        said = {name: answer[name] for name in (*SAID, "quote")}
        asked = {name: question[name] for name in ("area", "kind", "text")}
        found.append({"question_key": question["key"]} | asked | said)
    return found
