"""Questions about contacts, and about who bridges actors and levels by them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contact.rules import bridges_of, builders_of
from services.actors.contract.contact import Contact, ContactChannel, ContactDraft, ContactTopic
from services.actors.family import is_kin, kin, kin_of, living_id, merged_ones, of_actor
from services.actors.rights import CONTACT_READERS
from services.actors.tables import ActorRow, ContactRow, PostRow, StandingRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import had_come, told_since
from services.kit.identity import Caller
from services.kit.listing import list_things
from services.kit.paging import Asked, Filter, given, same, since, until
from services.kit.store import Record, table_of

MOST = 200


def contacts_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Staff and the association's keys see all; a municipality's key those of its actors.

    Everybody else sees only those whose next step a post of theirs has taken on.
    """
    if CONTACT_READERS(caller):
        return None
    if caller.bound_to is None:
        seen: ColumnElement[bool] = columns.owner_post_id.in_(caller.post_ids)
        return seen
    actor = table_of(ActorRow).alias("side")
    side = actor.c.id.in_((columns.actor_id, columns.our_actor_id))
    return select(actor.c.id).where(side, actor.c.managed_by == caller.bound_to).exists()


def _levels(columns: Any, when: When) -> tuple[Any, Any]:
    """The levels of the actor and of ours on the contact's own day."""

    def of(actor_id: Any) -> Any:
        standing = when.among(StandingRow)
        then = standing.c.valid.op("@>")(columns.held_on)
        theirs = standing.c.actor_id == func.any(kin_of(actor_id, when))
        own = (standing.c.actor_id == actor_id).desc()
        found = select(standing.c.level).where(theirs, then)
        return found.order_by(own, standing.c.valid_from.desc(), standing.c.id.desc()).limit(1)

    return of(columns.actor_id).scalar_subquery(), of(columns.our_actor_id).scalar_subquery()


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    level, our_level = _levels(columns, when)
    return [
        level.label("level"),
        our_level.label("our_level"),
        (~_is_within(columns, when)).label("crosses_actor"),
        _is_across(columns, when).label("crosses_level"),
        *told_since(columns, when, "done_on"),
    ]


def _is_across(columns: Any, when: When) -> ColumnElement[bool]:
    """Whether it crosses level: two that were merged are one, which is at one level."""
    level, our_level = _levels(columns, when)
    return and_(~_is_within(columns, when), level != our_level)


def _crosses_level() -> Filter:
    """true: the levels differ; false: they are the same; neither where one is not known."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        across = _is_across(columns, when)
        return across if values[0] else ~across

    return Filter(bool, clause, dated=True)


def _is_within(columns: Any, when: When) -> ColumnElement[bool]:
    """Whether both sides are one actor."""
    found: ColumnElement[bool] = columns.our_actor_id == func.any(kin_of(columns.actor_id, when))
    return found


def _crosses_actor() -> Filter:
    """true: between two actors; false: within one."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        within = _is_within(columns, when)
        return ~within if values[0] else within

    return Filter(bool, clause, dated=True)


def _between() -> Filter:
    """Contacts of these actors with each other."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        both = (is_kin(side, values, when) for side in (columns.actor_id, columns.our_actor_id))
        return and_(*both, ~_is_within(columns, when))

    return Filter(Reference, clause, dated=True)


def _open() -> Filter:
    """true: a next step waits on the day; false: one was taken by then."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        taken = had_come(columns.done_on, when)
        return and_(columns.next_step.is_not(None), ~taken) if values[0] else taken

    return Filter(bool, clause, dated=True)


def our_owner(columns: Any) -> ColumnElement[Any]:
    """The municipality that may write a contact: that of the actor which had it."""
    actor = table_of(ActorRow)
    return select(actor.c.managed_by).where(actor.c.id == columns.our_actor_id).scalar_subquery()


CONTACTS = Collection(
    row=ContactRow,
    draft=ContactDraft,
    answer=Contact,
    path="/contacts",
    filters={
        "actor_id": of_actor("actor_id", "our_actor_id"),
        "our_actor_id": of_actor("our_actor_id"),
        "with_actor_id": of_actor("actor_id"),
        "our_post_id": same("our_post_id", Reference),
        "post_id": same("post_id", Reference),
        "between": _between(),
        "channel": same("channel", ContactChannel),
        "topic": same("topic", ContactTopic),
        "held_from": since("held_on"),
        "held_until": until("held_on"),
        "owner_post_id": same("owner_post_id", Reference),
        "owned": given("owner_post_id"),
        "open": _open(),
        "due_until": until("due_on"),
        "crosses_actor": _crosses_actor(),
        "crosses_level": _crosses_level(),
    },
    sorts=("-held_on", "due_on", "done_on", "channel", "created_at", "updated_at"),
    search=("said", "reply", "next_step"),
    on=lambda columns, _: columns.held_on,
    derive=_derived,
    visible=contacts_seen,
    owner=our_owner,
    owned_by="our_actor_id",
    parent=("/actors", "actor_id"),
)


async def actors_of(db: AsyncConnection, post_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Which living actor each of some posts belongs to."""
    post, actor = table_of(PostRow), table_of(ActorRow)
    statement = select(post.c.id, living_id(actor.c).label("actor_id"))
    statement = statement.join(actor, actor.c.id == post.c.actor_id).where(post.c.id.in_(post_ids))
    return {row.id: row.actor_id for row in await db.execute(statement)}


async def steps_of(db: AsyncConnection, post_ids: Sequence[UUID], caller: Caller) -> list[Record]:
    """The contacts whose next step waits for one of these posts, the most urgent first."""
    if not post_ids:
        return []
    chosen = (("owner_post_id", tuple(post_ids)), ("open", (True,)))
    asked = Asked(limit=MOST, sort=(("due_on", False),), filters=chosen)
    return await list_things(db, CONTACTS, asked, caller)


async def bridges(
    db: AsyncConnection, caller: Caller, when: When, our_actor_id: UUID | None = None
) -> Record:
    """Who has bridged actors and levels in the twelve months up to a day."""
    day = when.day
    contact, first = when.table(ContactRow), clock.year_before(day)
    level, our_level = _levels(contact.c, when)
    our, their = (merged_ones(when).alias() for _ in range(2))
    ours = func.coalesce(our.c.merged_into_id, contact.c.our_actor_id)
    theirs = func.coalesce(their.c.merged_into_id, contact.c.actor_id)
    groups = (
        ours.label("our_actor_id"),
        theirs.label("actor_id"),
        contact.c.our_post_id,
        (level != our_level).label("crosses_level"),
    )
    counted = func.count().label("contact_count"), func.max(contact.c.held_on).label("last_on")
    statement = (
        select(*groups, *counted)
        .select_from(contact)
        .outerjoin(our, our.c.id == contact.c.our_actor_id)
        .outerjoin(their, their.c.id == contact.c.actor_id)
        .where(ours != theirs, contact.c.held_on.between(first, day))
    )
    seen = contacts_seen(caller, contact.c)
    if seen is not None:
        statement = statement.where(seen)
    if our_actor_id is not None:
        of_ours = kin([our_actor_id], when)
        statement = statement.where(contact.c.our_actor_id.in_(of_ours))
    found = (await db.execute(statement.group_by(*groups))).mappings()
    rows = [dict(row) for row in found]
    told = {"builders": builders_of(rows), "bridges": bridges_of(rows)}
    return {"from_on": first, "to_on": day} | told
