"""Questions about interviews."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, cast, func, or_, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.interview import (
    QUOTED,
    Answer,
    AnswerDraft,
    Interview,
    InterviewDraft,
    InterviewStatus,
)
from services.councils.need.links import lives_itself
from services.councils.sight import reads_interviews
from services.councils.tables.interview import AnswerRow, DialogueMapRow, InterviewRow
from services.councils.tables.need import NeedRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.identity import Caller
from services.kit.paging import Filter, same, since, until
from services.kit.store import Record, table_of


def _seen(caller: Caller, _columns: Any) -> ColumnElement[bool] | None:
    return reads_interviews(caller)


def said_something(columns: Any) -> ColumnElement[bool]:
    """An answer that is not empty."""
    return or_(*(columns[name].is_not(None) for name in ("present", "desired", "gap", "score")))


def _progress(columns: Any, when: When) -> list[ColumnElement[Any]]:
    dialogue_map, answer = when.table(DialogueMapRow), when.table(AnswerRow)
    asked = select(func.jsonb_array_length(dialogue_map.c.questions)).where(
        dialogue_map.c.id == columns.dialogue_map_id
    )
    given = select(func.count()).where(
        answer.c.interview_id == columns.id, said_something(answer.c)
    )
    return [
        asked.scalar_subquery().label("question_count"),
        given.scalar_subquery().label("answer_count"),
    ]


INTERVIEWS = Collection(
    row=InterviewRow,
    draft=InterviewDraft,
    answer=Interview,
    path="/interviews",
    filters={
        "status": same("status", InterviewStatus),
        "actor_id": same("actor_id", Reference),
        "dialogue_map_id": same("dialogue_map_id", Reference),
        "council_id": same("council_id", Reference),
        "interviewer_post_id": same("interviewer_post_id", Reference),
        "respondent_post_id": same("respondent_post_id", Reference),
        "held_from": since("held_on"),
        "held_to": until("held_on"),
    },
    sorts=("-held_on", "status", "created_at", "updated_at"),
    derive=_progress,
    visible=_seen,
)


def needs_made(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """How many needs an answer became; what lives on in others counts as those."""
    need = when.table(NeedRow)
    named = need.c.answer_ids.contains(cast(array([columns.id]), ARRAY(Uuid())))
    made = select(func.count()).select_from(need).where(named, lives_itself(need.c, when))
    return [made.scalar_subquery().label("need_count")]


def quotes_in(columns: Any) -> ColumnElement[Any]:
    """The words within quotation marks in an answer's texts, in their order."""
    texts = (columns[name] for name in ("present", "desired", "gap"))
    whole = func.concat_ws("\n", *texts)
    found = func.regexp_matches(whole, QUOTED, "g", type_=ARRAY(Text)).column_valued("quoted")
    words = func.array(select(found[1]).scalar_subquery(), type_=ARRAY(Text))
    return words.label("quotes")


def _told_of_answers(columns: Any, when: When) -> list[ColumnElement[Any]]:
    return [*needs_made(columns, when), quotes_in(columns)]


def _of_company() -> Filter:
    """Answers given by a company."""
    interview = table_of(InterviewRow)

    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        given = select(interview.c.id).where(interview.c.actor_id.in_(values))
        theirs: ColumnElement[bool] = columns.interview_id.in_(given)
        return theirs

    return Filter(Reference, clause)


ANSWERS = Collection(
    row=AnswerRow,
    draft=AnswerDraft,
    answer=Answer,
    path="/answers",
    filters={
        "interview_id": same("interview_id", Reference),
        "question_key": same("question_key"),
        "actor_id": _of_company(),
        "quote": same("quote", bool),
    },
    sorts=("question_key", "created_at", "updated_at"),
    derive=_told_of_answers,
    visible=_seen,
    parent=("/interviews", "interview_id"),
)


async def questions_of(db: AsyncConnection, interview: Record) -> list[Record]:
    """The questions that an interview asks."""
    dialogue_map = table_of(DialogueMapRow)
    asked = select(dialogue_map.c.questions).where(
        dialogue_map.c.id == interview["dialogue_map_id"]
    )
    return list(await db.scalar(asked) or ())


async def answers_of(db: AsyncConnection, interview_id: UUID) -> dict[str, Record]:
    """An interview's answers by their questions' keys."""
    answer = table_of(AnswerRow)
    statement = select(answer).where(answer.c.interview_id == interview_id).order_by(answer.c.id)
    return {row["question_key"]: dict(row) for row in (await db.execute(statement)).mappings()}
