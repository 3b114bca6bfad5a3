"""Questions about relations."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.actor.queries import actor_owner
from services.actors.contract.relation import (
    Relation,
    RelationDraft,
    RelationKind,
    RelationState,
)
from services.actors.tables import RelationRow
from services.kit.collection import Collection
from services.kit.contract import Reference
from services.kit.paging import Filter, same
from services.kit.store import table_of

BELONGING = (RelationKind.member_of, RelationKind.part_of)


def _either_side() -> Filter:
    """Relations of an actor, whichever side it stands on."""

    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        return or_(columns.actor_id.in_(values), columns.other_actor_id.in_(values))

    return Filter(Reference, clause)


RELATIONS = Collection(
    row=RelationRow,
    draft=RelationDraft,
    answer=Relation,
    path="/relations",
    filters={
        "actor_id": _either_side(),
        "kind": same("kind", RelationKind),
        "state": same("state", RelationState),
    },
    sorts=("valid_from", "state", "created_at", "updated_at"),
    owner=actor_owner,
    parent=("/actors", "actor_id"),
)


async def parents_during(
    db: AsyncConnection, first: date, end: date | None, *, but: UUID | None = None
) -> dict[UUID, list[UUID]]:
    """Whom each actor is a member or part of on any day of a period."""
    relation = table_of(RelationRow)
    statement = select(relation.c.actor_id, relation.c.other_actor_id).where(
        relation.c.kind.in_(BELONGING),
        relation.c.valid.op("&&")(func.daterange(first, end)),
    )
    if but is not None:
        statement = statement.where(relation.c.id != but)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for row in await db.execute(statement):
        found[row.actor_id].append(row.other_actor_id)
    return found
