"""Questions about relations."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.actor.queries import actor_owner
from services.actors.contract.relation import (
    Relation,
    RelationDraft,
    RelationKind,
    RelationState,
)
from services.actors.family import kin, kin_of, living_id, of_actor, of_two
from services.actors.states import known_states, state_on
from services.actors.tables import ActorRow, ContactRow, RelationRatingRow, RelationRow
from services.kit import clock
from services.kit.collection import Collection, When, get_thing
from services.kit.http import Work
from services.kit.ledger import ledger
from services.kit.paging import Filter, after, same
from services.kit.rows import local_day
from services.kit.store import Record, get_row, table_of

BELONGING = (RelationKind.member_of, RelationKind.part_of)
SYMMETRIC = (RelationKind.collaborates_with,)


def states_of(columns: Any, when: When) -> Subquery:
    """All states that a relation is known to have been in."""
    # Without a day: from the beginning if it was made so, else from when it was written down.
    begun = case((ledger.c.op == "I", columns.valid_from), else_=local_day(ledger.c.at))
    return known_states(columns, when, "relation", "state_since", begun)


def told_on(columns: Any, when: When) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """State and its day as they were on the day; of what begins later, where it begins.

    A state that came later, or is still to come, says nothing of a day before it.
    """
    day = func.greatest(columns.valid_from, literal(when.day, Date))
    known = states_of(columns, when)
    state, since = (
        case((columns.state_since > day, state_on(known, day, name)), else_=columns[name])
        for name in ("state", "state_since")
    )
    return state, since


def _on_the_day(columns: Any, when: When) -> list[ColumnElement[Any]]:
    state, since = told_on(columns, when)
    told = [state.label("state"), since.label("state_since")]
    return [*told, *_last_contact(columns, when), *_marks(columns, when)]


def _last_contact(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """The day alone: what was said is for those who may read contacts."""
    contact = when.among(ContactRow)
    one, other = (func.any(kin_of(c, when)) for c in (columns.actor_id, columns.other_actor_id))
    found = select(func.max(contact.c.held_on)).where(
        or_(
            (contact.c.actor_id == one) & (contact.c.our_actor_id == other),
            (contact.c.actor_id == other) & (contact.c.our_actor_id == one),
        ),
        contact.c.held_on <= when.day,
    )
    return [found.scalar_subquery().label("last_contact_on")]


def _marks(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """How each side rated it last, and when; what is merged into a side rates for it."""
    return [
        _newest(columns, columns[f"{side}_id"], name, when).label(f"{side}_{name}")
        for side in ("actor", "other_actor")
        for name in ("mark", "rated_on")
    ]


def _newest(columns: Any, side: Any, name: str, when: When) -> Any:
    rating = when.among(RelationRatingRow).alias("rated")
    theirs = rating.c.rater_actor_id == func.any(kin_of(side, when))
    found = select(rating.c[name]).where(
        rating.c.relation_id == columns.id, theirs, rating.c.rated_on <= when.day
    )
    own = (rating.c.rater_actor_id == side).desc()
    return found.order_by(rating.c.rated_on.desc(), own, rating.c.id).limit(1).scalar_subquery()


RELATIONS = Collection(
    row=RelationRow,
    draft=RelationDraft,
    answer=Relation,
    path="/relations",
    filters={
        "actor_id": of_actor("actor_id", "other_actor_id"),
        "kind": same("kind", RelationKind),
        "state": Filter(
            RelationState, lambda c, values, when: told_on(c, when)[0].in_(values), dated=True
        ),
        "begins_after": after("valid_from"),
    },
    sorts=("valid_from", "state", "created_at", "updated_at"),
    derive=_on_the_day,
    owner=actor_owner,
    parent=("/actors", "actor_id"),
    listed=lambda columns, when: of_two(columns.actor_id, columns.other_actor_id, when),
)


async def relations_by_id(work: Work, ids: Sequence[UUID], day: date) -> list[Record]:
    """Some relations as they are answered of a day, after a change to them."""
    if not ids:
        return []
    relation = RELATIONS.table
    columns = RELATIONS.columns(relation, When(day), work.caller)
    statement = select(*columns).where(relation.c.id.in_(ids)).order_by(relation.c.id)
    return [dict(row) for row in (await work.db.execute(statement)).mappings()]


async def is_there_already(db: AsyncConnection, draft: RelationDraft, *, but: UUID | None) -> bool:
    """Whether what is merged into the two has such a relation on a day of the draft's period.

    Who collaborates is told from either side. Not asked of a day on which the one stored has been
    beside it before.
    """
    if None in (draft.actor_id, draft.other_actor_id, draft.kind, draft.valid_from):
        return False
    relation, stored = table_of(RelationRow), table_of(RelationRow).alias("stored")
    now = When(clock.today())
    days = func.daterange(draft.valid_from, draft.valid_to)
    ends = relation.c.actor_id, relation.c.other_actor_id
    given = draft.actor_id, draft.other_actor_id
    same, turned = (tuple(zip(ends, two, strict=True)) for two in (given, given[::-1]))
    found = and_(
        *(side.in_(kin([one], now)) for side, one in same),
        or_(*(side != one for side, one in same)),  # the same two: the database sees to it
    )
    if draft.kind in SYMMETRIC:
        found = or_(found, and_(*(side.in_(kin([one], now)) for side, one in turned)))
    statement = select(relation.c.id).where(
        found,
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


async def with_what_comes(work: Work, id: UUID, draft: RelationDraft) -> RelationDraft:
    """A draft that keeps the state which is to come where it says the one of today again."""
    stored = await get_row(work.db, RELATIONS.row, id, lock=True)
    if stored["state_since"] is None or stored["state_since"] <= clock.today():
        return draft
    now = await get_thing(work.db, RELATIONS, id, work.caller)
    names = ("state", "state_since")
    if any(getattr(draft, name) != now[name] for name in names):
        return draft
    return draft.model_copy(update={name: stored[name] for name in names})
