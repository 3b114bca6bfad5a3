"""Questions about takeovers."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.actor import GONE
from services.actors.contract.takeover import LeftNoun, Takeover, TakeoverDraft
from services.actors.family import kin, of_actor
from services.actors.rights import CONTACT_READERS
from services.actors.tables import StandingRow, TakeoverRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import had_come, told_since, true_of
from services.kit.identity import Caller
from services.kit.listing import list_things
from services.kit.paging import Asked, same, until
from services.kit.store import Record, table_of

MOST = 200


def _seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """What was left quotes things of every service: others see what a post of theirs has taken."""
    if CONTACT_READERS(caller) and caller.bound_to is None:
        return None
    seen: ColumnElement[bool] = columns.owner_post_id.in_(caller.post_ids)
    return seen


def _open(columns: Any, when: When) -> ColumnElement[bool]:
    return ~had_come(columns.done_on, when)


def _overdue(columns: Any, when: When) -> ColumnElement[bool]:
    late = and_(columns.due_on < when.day, _open(columns, when))
    return func.coalesce(late, literal(False))


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    return [*told_since(columns, when, "done_on"), _overdue(columns, when).label("overdue")]


TAKEOVERS = Collection(
    row=TakeoverRow,
    draft=TakeoverDraft,
    answer=Takeover,
    path="/takeovers",
    filters={
        "left_actor_id": of_actor("left_actor_id"),
        "left_post_id": same("left_post_id", Reference),
        "noun": same("noun", LeftNoun),
        "thing_id": same("thing_id", Reference),
        "owner_post_id": same("owner_post_id", Reference),
        "open": true_of(_open),
        "overdue": true_of(_overdue),
        "due_until": until("due_on"),
    },
    sorts=("-taken_on", "due_on", "done_on", "created_at", "updated_at"),
    derive=_derived,
    visible=_seen,
    on=lambda columns, _: columns.taken_on,
)


async def takeovers_of(
    db: AsyncConnection, post_ids: Sequence[UUID], caller: Caller
) -> list[Record]:
    """What these posts have taken on and not finished, the most urgent first."""
    if not post_ids:
        return []
    chosen = (("owner_post_id", tuple(post_ids)), ("open", (True,)))
    asked = Asked(limit=MOST, sort=(("due_on", False),), filters=chosen)
    return await list_things(db, TAKEOVERS, asked, caller)


async def is_leaving(db: AsyncConnection, actor_id: UUID) -> bool:
    """Whether the actor is away today, or is to be."""
    standing, today = table_of(StandingRow), clock.today()
    found = exists().where(
        standing.c.actor_id.in_(kin([actor_id], When(today))),
        standing.c.status.in_(GONE),
        func.coalesce(standing.c.valid_to > today, literal(True)),
    )
    return bool(await db.scalar(select(found)))


async def taken_from(db: AsyncConnection, post_ids: Iterable[UUID]) -> set[tuple[UUID, str, UUID]]:
    """What these posts left and somebody takes care of: the post, and the thing by its noun."""
    rows = TAKEOVERS.table.c
    statement = select(rows.left_post_id, rows.noun, rows.thing_id)
    open_ = and_(rows.left_post_id.in_(set(post_ids)), rows.done_on.is_(None))
    return {(one[0], str(one[1]), one[2]) for one in await db.execute(statement.where(open_))}


async def missing(db: AsyncConnection, named: Iterable[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
    """Those of some things of nouns kept here that there are not."""
    wanted: dict[str, set[UUID]] = {}
    for noun, one in named:
        wanted.setdefault(noun, set()).add(one)
    found: set[tuple[str, UUID]] = set()
    for noun, ids in wanted.items():
        kept = TAKEOVERS.table.metadata.tables.get(noun)
        if kept is not None:
            there = await db.execute(select(kept.c.id).where(kept.c.id.in_(ids)))
            found |= {(noun, one) for one in ids - set(there.scalars())}
    return found


async def is_missing(db: AsyncConnection, noun: LeftNoun, id: UUID) -> bool:
    """Whether a noun is kept here, and there is no such thing."""
    return bool(await missing(db, [(noun.value, id)]))
