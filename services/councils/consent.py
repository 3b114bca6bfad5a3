"""Consent: what was said in an interview is used only while the respondent agrees to it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.interview import InterviewStatus
from services.councils.tables.interview import AnswerRow, InterviewRow
from services.kit.errors import Conflict, Refusals
from services.kit.store import Record, table_of


def demand_consent(interview: Mapping[str, Any], *, field: str = "consent") -> None:
    """Conflict unless the respondent agrees to the use of what was said."""
    if interview["status"] == InterviewStatus.withdrawn or not interview["consent"]:
        raise Conflict("there is no consent", field=field, reason="no_consent")


def demand_held(held_on: date, today: date, *, field: str = "held_on") -> None:
    """Conflict where the talk is still to come."""
    if held_on > today:
        raise Conflict("the interview has not been held", field=field, reason="in_the_future")


def demand_usable(interviews: Iterable[Mapping[str, Any]], today: date) -> None:
    """Conflict where what may not be used, or is still to be said, would be a need's source."""
    refused, field = Refusals(), "answer_ids"
    for interview in interviews:
        with refused:
            demand_consent(interview, field=field)
        with refused:
            demand_held(interview["held_on"], today, field=field)
    refused.demand_none()


async def talks_of(db: AsyncConnection, answer_ids: Iterable[UUID]) -> list[Record]:
    """The interviews that some answers were given in; no consent of them ends until commit."""
    talk, answer = table_of(InterviewRow), table_of(AnswerRow)
    given = select(answer.c.interview_id).where(answer.c.id.in_(list(answer_ids)))
    asked = select(talk).where(talk.c.id.in_(given)).order_by(talk.c.id).with_for_update(read=True)
    return [dict(row) for row in (await db.execute(asked)).mappings()]
