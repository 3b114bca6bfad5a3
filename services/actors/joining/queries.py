"""Questions about joinings."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, null, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.actor.queries import actor_owner
from services.actors.contract.joining import (
    CONNECTIONS,
    Joining,
    JoiningAnswer,
    JoiningDraft,
    JoiningState,
)
from services.actors.contract.readiness import ReadinessState
from services.actors.family import kin, living, of_actor
from services.actors.preparedness import newest_on
from services.actors.rights import reads_readiness
from services.actors.tables import JoiningRow, ReadinessRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import had_come, told_since, true_of
from services.kit.http import Work
from services.kit.identity import Caller
from services.kit.paging import Filter, same, until
from services.kit.store import Record, table_of


def _had_answered(columns: Any, when: When) -> ColumnElement[bool]:
    return had_come(columns.answered_on, when)


def _was_connected(columns: Any, when: When) -> ColumnElement[bool]:
    return had_come(columns.connected_on, when)


def _had_lapsed(columns: Any, when: When) -> ColumnElement[bool]:
    return had_come(columns.lapsed_on, when)


def _state(columns: Any, when: When) -> ColumnElement[str]:
    """By its days alone, so that it is true of any day."""
    return case(
        (_had_lapsed(columns, when), literal(JoiningState.lapsed.value)),
        (_was_connected(columns, when), literal(JoiningState.connected.value)),
        (_had_answered(columns, when), columns.answer),
        (columns.asked_on <= when.day, literal(JoiningState.asked.value)),
        else_=literal(JoiningState.proposed.value),
    )


def _is_open(columns: Any, when: When) -> ColumnElement[bool]:
    return _state(columns, when).in_((JoiningState.proposed, JoiningState.asked, "accepted"))


def _is_overdue(columns: Any, when: When) -> ColumnElement[bool]:
    return and_(columns.due_on < when.day, _is_open(columns, when))


def _gate(columns: Any, when: When, *, on: bool) -> ColumnElement[Any]:
    """What the actor's newest assessment says on the day, or when it was made."""
    newest, assessed = newest_on(when), when.among(ReadinessRow).alias("gate")
    said = assessed.c.assessed_on if on else newest.c.state
    found = (
        select(said)
        .select_from(newest)
        .join(assessed, assessed.c.id == newest.c.id)
        .where(newest.c.actor_id == living(columns.actor_id, when))
        .correlate(columns.actor_id.table)
    )
    return found.scalar_subquery()


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """Steps that were taken later are not told of a day before them."""
    reasoned = or_(_had_answered(columns, when), _had_lapsed(columns, when))
    told = [
        *told_since(columns, when, "asked_on"),
        *told_since(columns, when, "answered_on", answer=JoiningAnswer.waiting.value),
        *told_since(columns, when, "connected_on", *CONNECTIONS),
        *told_since(columns, when, "lapsed_on"),
        case((reasoned, columns.reasons)).label("reasons"),
    ]
    state = func.coalesce(
        _gate(columns, when, on=False), literal(ReadinessState.not_assessed.value)
    )
    return [
        *told,
        _state(columns, when).label("state"),
        _is_open(columns, when).label("open"),
        _is_overdue(columns, when).label("overdue"),
        state.label("readiness"),
        _gate(columns, when, on=True).label("assessed_on"),
    ]


def _made_by(columns: Any) -> ColumnElement[Any]:
    """The municipality whose key made it, while it manages the actor.

    What others made may be about needs that the municipality may not know of.
    """
    return case((actor_owner(columns) == columns.managed_by, columns.managed_by))


def joinings_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Who may judge actors sees them all, a municipality's key those that it made itself.

    Others see what a post of theirs sees to.
    """
    if caller.bound_to is not None:
        return _made_by(columns) == caller.bound_to
    if reads_readiness(caller):
        return None
    seen: ColumnElement[bool] = columns.owner_post_id.in_(caller.post_ids)
    return seen


def _of_those_who_judge(caller: Caller, _columns: Any, _when: When) -> ColumnElement[Any] | None:
    return None if reads_readiness(caller) else null()


JOININGS = Collection(
    row=JoiningRow,
    draft=JoiningDraft,
    answer=Joining,
    path="/joinings",
    filters={
        "need_id": same("need_id", Reference),
        "actor_id": of_actor("actor_id"),
        "owner_post_id": same("owner_post_id", Reference),
        "state": Filter(
            JoiningState, lambda c, values, when: _state(c, when).in_(values), dated=True
        ),
        "open": true_of(_is_open),
        "overdue": true_of(_is_overdue),
        "due_until": until("due_on"),
    },
    sorts=("due_on", "proposed_on", "created_at", "updated_at"),
    search=("why", "reasons"),
    derive=_derived,
    on=lambda columns, _: columns.proposed_on,
    visible=joinings_seen,
    narrowed={"readiness": _of_those_who_judge, "assessed_on": _of_those_who_judge},
    owner=_made_by,
    owner_field="managed_by",
    parent=("/actors", "actor_id"),
)


async def joinings_of(
    work: Work, post_ids: Sequence[UUID], actor_ids: Sequence[UUID], day: date
) -> list[Record]:
    """Those open on a day that these posts were to see to, or of these actors, as answered."""
    joining, when = table_of(JoiningRow), When(day)
    theirs = or_(joining.c.owner_post_id.in_(post_ids), joining.c.actor_id.in_(actor_ids))
    seen = joinings_seen(work.caller, joining.c)
    chosen = theirs if seen is None else and_(theirs, seen)
    statement = select(*JOININGS.columns(joining, when)).where(chosen, _is_open(joining.c, when))
    rows = await work.db.execute(statement.order_by(joining.c.due_on, joining.c.id))
    return [dict(row) for row in rows.mappings()]


async def is_joined(
    db: AsyncConnection, actor_id: UUID, need_id: UUID, *, but: UUID | None
) -> bool:
    """Whether another open joining of the actor, or of one merged with it, is for the need."""
    joining, when = table_of(JoiningRow), When(clock.today())
    found = exists().where(
        joining.c.actor_id.in_(kin([actor_id], when)),
        joining.c.need_id == need_id,
        joining.c.id != but if but else true(),
        _is_open(joining.c, when),
    )
    return bool(await db.scalar(select(found)))
