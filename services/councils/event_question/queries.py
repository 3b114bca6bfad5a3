"""Questions about questions from the floor."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.event_question import SHOWN_MOST, EventQuestion, QuestionState
from services.councils.event.queries import EVENT, SESSION
from services.councils.tables.event import EventQuestionRow, EventVoteRow
from services.kit.errors import NotFound
from services.kit.store import Record, table_of

QUESTION, VOTE = table_of(EventQuestionRow), table_of(EventVoteRow)
SHOWN = [QUESTION.c[name] for name in EventQuestion.model_fields]
LISTED_MOST = 500


async def session_at(db: AsyncConnection, address: str, session_id: UUID) -> tuple[Record, Record]:
    """A session of the event at an address, and the event. NotFound."""
    of = SESSION.c.event_id == EVENT.c.id, EVENT.c.address == address
    asked = select(SESSION).where(SESSION.c.id == session_id, *of)
    session = (await db.execute(asked)).mappings().one_or_none()
    if session is None:
        raise NotFound("there is no such session")
    found = await db.execute(select(EVENT).where(EVENT.c.id == session["event_id"]))
    return dict(session), dict(found.mappings().one())


async def lock_session(db: AsyncConnection, session_id: UUID) -> None:
    """Nobody else numbers a question of the session until we have committed."""
    await db.execute(select(SESSION.c.id).where(SESSION.c.id == session_id).with_for_update())


async def question_at(db: AsyncConnection, address: str, id: UUID) -> Record:
    """A question of the event at an address, locked. NotFound."""
    of = SESSION.c.event_id == EVENT.c.id, EVENT.c.address == address
    its = QUESTION.c.event_session_id == SESSION.c.id
    asked = select(QUESTION).where(QUESTION.c.id == id, its, *of).with_for_update(of=QUESTION)
    found = (await db.execute(asked)).mappings().one_or_none()
    if found is None:
        raise NotFound("there is no such question")
    return dict(found)


async def one(db: AsyncConnection, id: UUID) -> Record:
    """A question as it is answered. NotFound."""
    found = await db.execute(select(*SHOWN).where(QUESTION.c.id == id))
    row = found.mappings().one_or_none()
    if row is None:
        raise NotFound("there is no such question")
    return dict(row)


async def all_of(db: AsyncConnection, session_id: UUID) -> list[Record]:
    """A session's questions: those that wait, are shown, are hidden; the newest of each first."""
    its = select(*SHOWN).where(QUESTION.c.event_session_id == session_id)
    order = case(
        {state: place for place, state in enumerate(QuestionState)}, value=QUESTION.c.state
    )
    newest = order, QUESTION.c.number.desc()
    found = await db.execute(its.order_by(*newest).limit(LISTED_MOST))
    return [dict(row) for row in found.mappings()]


def next_number(session_id: UUID) -> Any:
    """The number of a session's next question, as the statement that makes it finds it."""
    last = select(func.max(QUESTION.c.number)).where(QUESTION.c.event_session_id == session_id)
    return func.coalesce(last.scalar_subquery(), 0) + 1


async def voted(db: AsyncConnection, session_id: UUID, browser: bytes) -> list[int]:
    """The numbers of a session's questions that a browser has voted for."""
    its = QUESTION.c.event_session_id == session_id, VOTE.c.browser == browser
    asked = select(QUESTION.c.number).join(VOTE, VOTE.c.event_question_id == QUESTION.c.id)
    return list((await db.scalars(asked.where(*its).order_by(QUESTION.c.number))).all())


async def live(db: AsyncConnection, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """What the floor sees of some sessions, by two questions however many they are."""
    of = QUESTION.c.event_session_id
    count = [
        func.count().filter(QUESTION.c.state == QuestionState.shown),
        func.count().filter(QUESTION.c.state == QuestionState.waiting),
    ]
    counts = {row[0]: row[1:] for row in await db.execute(
        select(of, *count).where(of.in_(ids)).group_by(of)
    )}  # fmt: skip
    order = QUESTION.c.votes.desc(), QUESTION.c.number.desc()
    place = func.row_number().over(partition_by=of, order_by=order).label("place")
    shown = of.in_(ids), QUESTION.c.state == QuestionState.shown
    ranked = select(*SHOWN, place).where(*shown).subquery()
    told = [ranked.c[column.name] for column in SHOWN]
    first = select(*told).where(ranked.c.place <= SHOWN_MOST).order_by(ranked.c.place)
    items: dict[UUID, list[Record]] = {}
    for row in await db.execute(first):
        told_of = dict(zip(EventQuestion.model_fields, row, strict=True))
        items.setdefault(told_of["event_session_id"], []).append(told_of)
    return [
        {
            "session_id": session,
            "shown_count": counts.get(session, (0, 0))[0],
            "waiting_count": counts.get(session, (0, 0))[1],
            "items": items.get(session, []),
        }
        for session in ids
    ]
