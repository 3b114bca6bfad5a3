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
from services.kit.paging import Filter, given, same, since, until
from services.kit.store import Record, table_of


def _open_on(columns: Any, day: date) -> ColumnElement[bool]:
    return or_(columns.delivered_on.is_(None), columns.delivered_on > day)


def _overdue_on(columns: Any, day: date) -> ColumnElement[bool]:
    return and_(columns.due_on < day, _open_on(columns, day))


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    return [_overdue_on(columns, when.day).label("overdue")]


def _true_of(holds: Any) -> Filter:
    """true: it holds on the day; false: it does not."""
    return Filter(bool, lambda c, values, when: holds(c, when.day) == values[0], dated=True)


PLEDGES = Collection(
    row=PledgeRow,
    draft=PledgeDraft,
    answer=Pledge,
    path="/pledges",
    filters={
        "actor_id": of_actor("actor_id"),
        "owner_post_id": same("owner_post_id", Reference),
        "owned": given("owner_post_id"),
        "open": _true_of(_open_on),
        "overdue": _true_of(_overdue_on),
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
    shown = PLEDGES.columns(pledge, When(day))
    statement = select(*shown).where(chosen, _open_on(pledge.c, day))
    rows = await db.execute(statement.order_by(pledge.c.due_on, pledge.c.id))
    return [dict(row) for row in rows.mappings()]
