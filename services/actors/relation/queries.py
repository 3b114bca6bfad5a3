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
from services.actors.family import kin, kin_of, living_id, of_actor
from services.actors.tables import ActorRow, ContactRow, RelationRow
from services.kit import clock
from services.kit.collection import Collection, When, list_things
from services.kit.http import Work
from services.kit.paging import Asked, same
from services.kit.store import Record, table_of

BELONGING = (RelationKind.member_of, RelationKind.part_of)


def _last_contact(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """The day alone: what was said is for those who may read contacts."""
    contact = when.table(ContactRow)
    one, other = (func.any(kin_of(c, when)) for c in (columns.actor_id, columns.other_actor_id))
    found = select(func.max(contact.c.held_on)).where(
        or_(
            (contact.c.actor_id == one) & (contact.c.our_actor_id == other),
            (contact.c.actor_id == other) & (contact.c.our_actor_id == one),
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
        "actor_id": of_actor("actor_id", "other_actor_id"),
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


async def is_there_already(db: AsyncConnection, draft: RelationDraft, *, but: UUID | None) -> bool:
    """Whether what is merged into the two has such a relation on a day of the draft's period.

    Not asked of a day on which the one stored has been beside it before.
    """
    if None in (draft.actor_id, draft.other_actor_id, draft.kind, draft.valid_from):
        return False
    relation, stored = table_of(RelationRow), table_of(RelationRow).alias("stored")
    now = When(clock.today())
    days = func.daterange(draft.valid_from, draft.valid_to)
    sides = (relation.c.actor_id, draft.actor_id), (relation.c.other_actor_id, draft.other_actor_id)
    statement = select(relation.c.id).where(
        *(side.in_(kin([one], now)) for side, one in sides),
        or_(*(side != one for side, one in sides)),  # the same two: the database sees to it
        relation.c.kind == draft.kind,
        relation.c.valid.op("&&")(days),
    )
    if but is not None:
        before = select(stored.c.id).where(stored.c.id == but, stored.c.valid.op("@>")(days))
        statement = statement.where(relation.c.id != but, ~before.exists())
    return await db.scalar(statement.limit(1)) is not None


async def parents_during(
    db: AsyncConnection, first: date, end: date | None, *, but: UUID | None = None
) -> dict[UUID, list[UUID]]:
    """Whom each actor is a member or part of on any day of a period, merged ones as one."""
    relation = table_of(RelationRow)
    one, other = table_of(ActorRow).alias("one"), table_of(ActorRow).alias("other")
    statement = (
        select(living_id(one.c).label("actor_id"), living_id(other.c).label("other_actor_id"))
        .select_from(relation)
        .join(one, one.c.id == relation.c.actor_id)
        .join(other, other.c.id == relation.c.other_actor_id)
        .where(
            relation.c.kind.in_(BELONGING),
            relation.c.valid.op("&&")(func.daterange(first, end)),
        )
    )
    if but is not None:
        statement = statement.where(relation.c.id != but)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for row in await db.execute(statement):
        found[row.actor_id].append(row.other_actor_id)
    return found
