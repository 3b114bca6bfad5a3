"""Questions about relations."""

from collections import defaultdict
from collections.abc import Sequence
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
from services.actors.tables import ContactRow, RelationRow
from services.kit.collection import Collection, When, list_things
from services.kit.contract import Reference
from services.kit.http import Work
from services.kit.paging import Asked, Filter, same
from services.kit.store import Record, table_of

BELONGING = (RelationKind.member_of, RelationKind.part_of)


def _either_side() -> Filter:
    """Relations of an actor, whichever side it stands on."""

    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        return or_(columns.actor_id.in_(values), columns.other_actor_id.in_(values))

    return Filter(Reference, clause)


def _last_contact(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """The day alone: what was said is for those who may read contacts."""
    contact = when.table(ContactRow)
    sides = (columns.actor_id, columns.other_actor_id)
    found = select(func.max(contact.c.held_on)).where(
        or_(
            (contact.c.actor_id == sides[0]) & (contact.c.our_actor_id == sides[1]),
            (contact.c.actor_id == sides[1]) & (contact.c.our_actor_id == sides[0]),
        ),
        contact.c.held_on <= when.day,
    )
    return [found.scalar_subquery().label("last_contact_on")]


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
    derive=_last_contact,
    owner=actor_owner,
    parent=("/actors", "actor_id"),
)


async def relations_by_id(work: Work, ids: Sequence[UUID]) -> list[Record]:
    """Some relations as they are answered, after a change to them."""
    if not ids:
        return []
    asked = Asked(limit=len(ids), filters=(("id", tuple(ids)),))
    return await list_things(work.db, RELATIONS, asked, work.caller)


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
