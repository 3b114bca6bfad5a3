"""What can be done with questions from the floor."""

from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from services.councils.contract.event_question import (
    QuestionAnswered,
    QuestionByBrowser,
    QuestionModerated,
    QuestionState,
    QuestionVote,
)
from services.councils.event_question import rules
from services.councils.event_question.queries import (
    QUESTION,
    VOTE,
    lock_session,
    next_number,
    question_at,
    session_at,
)
from services.councils.tables.event import EventQuestionRow
from services.kit import clock
from services.kit.http import Work
from services.kit.rows import new_id
from services.kit.store import Record, change_row, get_row, insert_row


async def ask(work: Work, address: str, session_id: UUID, given: QuestionByBrowser) -> Record:
    """A question waits until somebody lets it through.

    The session is locked for its number, and last: a hall that asks at once waits for each other.
    """
    session, event = await session_at(work.db, address, session_id)
    rules.demand_asking(event, session)
    values = {"event_session_id": session_id, "number": next_number(session_id), "votes": 0}
    values |= {"text": given.text, "state": QuestionState.waiting}
    await lock_session(work.db, session_id)
    return await insert_row(work.db, EventQuestionRow, values)


async def vote(work: Work, address: str, id: UUID, who: QuestionVote) -> Record:
    """One vote of a browser, however often it is sent."""
    question = await question_at(work.db, address, id)
    rules.demand_shown(question)
    now, browser = clock.now(), bytes.fromhex(who.browser)
    new = {"id": new_id(), "version": 1, "created_at": now, "updated_at": now}
    new |= {"event_question_id": id, "browser": browser}
    done = await work.db.execute(insert(VOTE).values(new).on_conflict_do_nothing())
    return await _count(work, question, done.rowcount)


async def take_back(work: Work, address: str, id: UUID, who: QuestionVote) -> Record:
    """Its vote, where it has one."""
    question = await question_at(work.db, address, id)
    its = VOTE.c.event_question_id == id, VOTE.c.browser == bytes.fromhex(who.browser)
    done = await work.db.execute(delete(VOTE).where(*its))
    return await _count(work, question, -done.rowcount)


async def _count(work: Work, question: Record, more: int) -> Record:
    if not more:
        return question
    votes = question["votes"] + more
    # No new version: who writes an answer meanwhile has read the same question.
    its = QUESTION.c.id == question["id"]
    await work.db.execute(update(QUESTION).where(its).values(votes=votes))
    return question | {"votes": votes}


async def moderate(work: Work, id: UUID, said: QuestionModerated, version: int | None) -> Record:
    """The floor sees it, or does not."""
    return await change_row(work.db, EventQuestionRow, id, version=version, state=said.state)


async def answer(work: Work, id: UUID, said: QuestionAnswered, version: int | None) -> Record:
    """It was answered in the room, or is in words afterwards; or was not after all."""
    question = await get_row(work.db, EventQuestionRow, id, lock=True)
    rules.demand_shown(question)
    at = (question["answered_at"] or clock.now()) if said.answered else None
    told = {"answered_at": at, "answer": said.answer if said.answered else None}
    return await change_row(work.db, EventQuestionRow, id, version=version, **told)
