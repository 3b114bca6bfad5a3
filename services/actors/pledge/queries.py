"""Questions about pledges."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.actor.queries import actor_owner
from services.actors.contract.pledge import Pledge, PledgeDraft
from services.actors.family import of_actor
from services.actors.tables import PledgeRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import had_come, told_since, true_of
from services.kit.paging import given, same, since, until
from services.kit.store import Record, table_of


def _open(columns: Any, when: When) -> ColumnElement[bool]:
    return ~had_come(columns.delivered_on, when)


def _overdue(columns: Any, when: When) -> ColumnElement[bool]:
    return and_(columns.due_on < when.day, _open(columns, when))


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    told = told_since(columns, when, "delivered_on", "result")
    return [*told, _overdue(columns, when).label("overdue")]


PLEDGES = Collection(
    row=PledgeRow,
    draft=PledgeDraft,
    answer=Pledge,
    path="/pledges",
    filters={
        "actor_id": of_actor("actor_id"),
        "owner_post_id": same("owner_post_id", Reference),
        "owned": given("owner_post_id"),
        "open": true_of(_open),
        "overdue": true_of(_overdue),
        "due_from": since("due_on"),
        "due_until": until("due_on"),
    },
    sorts=("due_on", "delivered_on", "created_at", "updated_at"),
    search=("what", "result"),
    derive=_derived,
    dated=True,
    owner=actor_owner,
    parent=("/actors", "actor_id"),
)


async def pledges_of(
    db: AsyncConnection, post_ids: Sequence[UUID], actor_ids: Sequence[UUID], day: date
) -> list[Record]:
    """What these posts were to see to, or these actors promised, and is not delivered on a day."""
    pledge = table_of(PledgeRow)
    chosen = or_(pledge.c.owner_post_id.in_(post_ids), pledge.c.actor_id.in_(actor_ids))
    when = When(day)
    statement = select(*PLEDGES.columns(pledge, when)).where(chosen, _open(pledge.c, when))
    rows = await db.execute(statement.order_by(pledge.c.due_on, pledge.c.id))
    return [dict(row) for row in rows.mappings()]
