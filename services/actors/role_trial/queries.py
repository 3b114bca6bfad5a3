"""Questions about role trials."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.actor.queries import actor_owner
from services.actors.contract.role_trial import RoleTrial, RoleTrialDraft, TrialAnswer
from services.actors.family import of_actor
from services.actors.tables import RoleTrialRow
from services.kit.collection import Collection, When
from services.kit.hindsight import told_since, true_of
from services.kit.paging import Filter
from services.kit.rows import local_day
from services.kit.store import Record, table_of


def _told(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """The answer; one whose day nobody knows is told of any day."""
    waiting, since = TrialAnswer.waiting.value, "answered_on"
    return told_since(columns, when, since, "reasons", unknown=True, answer=waiting)


def _answer(columns: Any, when: When) -> ColumnElement[str]:
    *_, answer = _told(columns, when)
    return answer


def _overdue(columns: Any, when: When) -> ColumnElement[bool]:
    late = and_(_answer(columns, when) == TrialAnswer.waiting, columns.answer_by < when.day)
    return func.coalesce(late, literal(False))


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    return [*_told(columns, when), _overdue(columns, when).label("overdue")]


def _came_on(columns: Any, _when: When) -> ColumnElement[Any]:
    """The day it was asked; where nobody knows, the first on which it is known to have been."""
    known = func.least(columns.answered_on, local_day(columns.created_at))
    return func.coalesce(columns.asked_on, known)


ROLE_TRIALS = Collection(
    row=RoleTrialRow,
    draft=RoleTrialDraft,
    answer=RoleTrial,
    path="/role-trials",
    filters={
        "actor_id": of_actor("actor_id"),
        "answer": Filter(
            TrialAnswer, lambda c, values, when: _answer(c, when).in_(values), dated=True
        ),
        "overdue": true_of(_overdue),
    },
    sorts=("-created_at", "asked_on", "answer_by", "answered_on", "role", "updated_at"),
    search=("role", "reasons"),
    derive=_derived,
    on=_came_on,
    owner=actor_owner,
    parent=("/actors", "actor_id"),
)


async def trials_of(db: AsyncConnection, actor_ids: Sequence[UUID], day: date) -> list[Record]:
    """What these actors are asked to be and have not answered on a day, as it is answered."""
    trial, when = table_of(RoleTrialRow), When(day)
    waiting = _answer(trial.c, when) == TrialAnswer.waiting
    statement = select(*ROLE_TRIALS.columns(trial, when))
    statement = statement.where(trial.c.actor_id.in_(actor_ids), waiting)
    rows = await db.execute(statement.order_by(trial.c.answer_by.nulls_last(), trial.c.id))
    return [dict(row) for row in rows.mappings()]
