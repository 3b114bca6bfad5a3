"""Questions about process leaders' assignments."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.leadership import LeaderAssignment, LeaderAssignmentDraft
from services.actors.family import kin, of_actor
from services.actors.tables import LeaderAssignmentRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import Filter, given, same
from services.kit.store import Record


def lasts_on(columns: Any, when: When) -> ColumnElement[bool]:
    """Whether it lasts on the day."""
    lasts: ColumnElement[bool] = columns.valid.bool_op("@>")(when.day)
    return lasts


def gap(columns: Any) -> ColumnElement[Any]:
    """What is needed and not funded; null where nobody knows what is."""
    known = columns.funded_percent.is_not(None)
    left = func.greatest(columns.needed_percent - columns.funded_percent, 0)
    return case((known, left)).label("gap_percent")


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    return [lasts_on(columns, when).label("in_force"), gap(columns)]


def _in_force() -> Filter:
    """true: it lasts on the day; false: it is over, or to come."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        lasts = lasts_on(columns, when)
        return lasts if values[0] else ~lasts

    return Filter(bool, clause, dated=True)


def _in_industry() -> Filter:
    """Only of these industries, however they are capitalised."""

    def clause(columns: Any, values: list[str]) -> ColumnElement[bool]:
        return func.lower(columns.industry).in_([value.lower() for value in values])

    return Filter(str, clause)


LEADER_ASSIGNMENTS = Collection(
    row=LeaderAssignmentRow,
    draft=LeaderAssignmentDraft,
    answer=LeaderAssignment,
    path="/leader-assignments",
    filters={
        "post_id": same("post_id", Reference),
        "actor_id": of_actor("actor_id"),
        "industry": _in_industry(),
        "funder_actor_id": of_actor("funder_actor_id"),
        "funding_known": given("funded_percent"),
        "in_force": _in_force(),
    },
    sorts=(
        "-valid_from",
        "valid_to",
        "industry",
        "needed_percent",
        "funded_percent",
        "created_at",
        "updated_at",
    ),
    search=("industry", "note"),
    derive=_derived,
    parent=("/posts", "post_id"),
)


async def is_led_already(
    db: AsyncConnection, draft: LeaderAssignmentDraft, *, but: UUID | None
) -> bool:
    """Whether the post leads the same on a day of the period; merged actors are one."""
    if None in (draft.post_id, draft.valid_from):
        return False
    columns, today = LEADER_ASSIGNMENTS.table.c, When(clock.today())
    whom = columns.actor_id.is_(None)
    if draft.actor_id is not None:
        whom = columns.actor_id.in_(kin([draft.actor_id], today))
    statement = select(columns.id).where(
        columns.post_id == draft.post_id,
        whom,
        func.lower(func.coalesce(columns.industry, "")) == (draft.industry or "").lower(),
        columns.valid.op("&&")(func.daterange(draft.valid_from, draft.valid_to)),
        columns.id.is_distinct_from(but),
    )
    return await db.scalar(statement.limit(1)) is not None


async def assignments_of(
    db: AsyncConnection, post_ids: Sequence[UUID], actor_ids: Sequence[UUID], day: date
) -> list[Record]:
    """What these posts lead, or are to lead, beyond a day, as it is answered.

    Also what leads these actors then, or is funded by them.
    """
    assignment = LEADER_ASSIGNMENTS.table
    shown = LEADER_ASSIGNMENTS.columns(assignment, When(day))
    c = assignment.c
    lasts = or_(c.valid_to.is_(None), c.valid_to > day)
    theirs = or_(
        c.post_id.in_(post_ids), c.actor_id.in_(actor_ids), c.funder_actor_id.in_(actor_ids)
    )
    statement = select(*shown).where(theirs, lasts)
    rows = await db.execute(statement.order_by(c.valid_from, c.id))
    return [dict(row) for row in rows.mappings()]


async def leads_beyond(db: AsyncConnection, post_id: UUID, day: date) -> bool:
    """Whether a post leads anything, or is to lead it, beyond a day."""
    return bool(await assignments_of(db, [post_id], [], day))
