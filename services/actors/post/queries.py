"""Questions about posts and who holds them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, case, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.actor.queries import actor_owner
from services.actors.contract.post import (
    Holding,
    HoldingCover,
    HoldingDraft,
    Post,
    PostDraft,
    PostFunction,
)
from services.actors.family import living_id, of_actor
from services.actors.rights import HANDOVER_READERS
from services.actors.tables import ActorRow, HoldingRow, PostRow
from services.kit.collection import Collection, When
from services.kit.contract import MunicipalityCode, Reference
from services.kit.paging import Filter, same
from services.kit.store import Record, table_of


def _holder(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """Vacancy is never stored: it is that nobody holds or covers the post on the day."""
    held = when.among(HoldingRow)
    now = (held.c.post_id == columns.id) & held.c.valid.op("@>")(when.day)
    by = {
        cover: select(held.c.person_id).where(now, held.c.cover == cover).scalar_subquery()
        for cover in HoldingCover
    }
    before = (held.c.post_id == columns.id) & (held.c.valid_to <= when.day)
    vacant = ~select(held.c.id).where(now).exists()
    left = select(func.max(held.c.valid_to)).where(before).scalar_subquery()
    last = select(func.max(held.c.valid_to)).where(held.c.post_id == columns.id).scalar_subquery()
    return [
        vacant.label("vacant"),
        by[HoldingCover.ordinary].label("holder_person_id"),
        by[HoldingCover.substitute].label("substitute_person_id"),
        case((vacant, left)).label("vacant_since"),
        case((_falls_vacant(columns, when), last)).label("vacant_from"),
    ]


def _falls_vacant(columns: Any, when: When) -> ColumnElement[bool]:
    """Whether somebody holds or covers a post, and nobody stays or comes without an end."""
    held = when.among(HoldingRow)
    theirs = select(held.c.id).where(held.c.post_id == columns.id)
    now, staying = held.c.valid.op("@>")(when.day), held.c.valid_to.is_(None)
    return theirs.where(now).exists() & ~theirs.where(staying).exists()


def _falling() -> Filter:
    """true: those that fall vacant on a coming day, nobody being there after; or the others."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        falls = _falls_vacant(columns, when)
        return falls if values[0] else ~falls

    keeps = "true: only those that fall vacant on a coming day; false: only the others"
    return Filter(bool, clause, dated=True, keeps=keeps)


def _held(*covers: HoldingCover, when_true: bool = True) -> Filter:
    """true: somebody holds the post in one of these ways on the day; or, turned, nobody does."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        held = when.among(HoldingRow)
        theirs = (held.c.post_id == columns.id, held.c.cover.in_(covers))
        someone = select(held.c.id).where(*theirs, held.c.valid.op("@>")(when.day)).exists()
        return someone if values[0] == when_true else ~someone

    return Filter(bool, clause, dated=True)


def _in_municipality() -> Filter:
    """Posts of the actors there; a merged actor is where the one it lives on in is."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        one, living = (when.table(ActorRow).alias(name) for name in ("one", "living"))
        found = select(one.c.id).join(living, living.c.id == living_id(one.c))
        here: ColumnElement[bool] = columns.actor_id.in_(
            found.where(living.c.municipality_code.in_(values))
        )
        return here

    return Filter(MunicipalityCode, clause, dated=True)


POSTS = Collection(
    row=PostRow,
    draft=PostDraft,
    answer=Post,
    path="/posts",
    filters={
        "actor_id": of_actor("actor_id"),
        "municipality_code": _in_municipality(),
        "function": same("function", PostFunction),
        "is_key": same("is_key", bool),
        "vacant": _held(*HoldingCover, when_true=False),
        "falls_vacant": _falling(),
        "ordinary": _held(HoldingCover.ordinary),
        "substitute": _held(HoldingCover.substitute),
    },
    sorts=("title", "function", "created_at", "updated_at"),
    search=("title", "description"),
    derive=_holder,
    dated=True,
    owner=actor_owner,
    parent=("/actors", "actor_id"),
)


def _ended(columns: Any, when: When) -> list[ColumnElement[Any]]:
    return [func.coalesce(columns.valid_to <= when.day, literal(False)).label("ended")]


def _post_owner(columns: Any) -> ColumnElement[Any]:
    post, actor = table_of(PostRow), table_of(ActorRow)
    found = select(actor.c.managed_by).join(post, post.c.actor_id == actor.c.id)
    return found.where(post.c.id == columns.post_id).scalar_subquery()


HOLDINGS = Collection(
    row=HoldingRow,
    draft=HoldingDraft,
    answer=Holding,
    path="/holdings",
    filters={
        "post_id": same("post_id", Reference),
        "person_id": same("person_id", Reference),
        "cover": same("cover", HoldingCover),
    },
    sorts=("valid_from", "created_at"),
    derive=_ended,
    owner=_post_owner,
    hidden={"handover": HANDOVER_READERS},
    parent=("/posts", "post_id"),
)


async def holds_otherwise(db: AsyncConnection, draft: HoldingDraft, *, but: UUID | None) -> bool:
    """Whether the person holds or covers the post in the other way on a day of the period."""
    if None in (draft.post_id, draft.person_id, draft.valid_from):
        return False
    held = HOLDINGS.table
    statement = select(held.c.id).where(
        held.c.post_id == draft.post_id,
        held.c.person_id == draft.person_id,
        held.c.cover != draft.cover,
        held.c.valid.op("&&")(func.daterange(draft.valid_from, draft.valid_to)),
    )
    if but is not None:
        statement = statement.where(held.c.id != but)
    return await db.scalar(statement.limit(1)) is not None


async def terms_at(db: AsyncConnection, posts: Iterable[UUID]) -> list[Record]:
    """Who held or covered some posts, and when."""
    held = HOLDINGS.table.c
    names = ("post_id", "person_id", "cover", "valid_from", "valid_to")
    wanted = bindparam("wanted", list(posts), type_=ARRAY(Uuid()))
    statement = select(*(held[name] for name in names)).where(held.post_id == func.any(wanted))
    return [dict(row) for row in (await db.execute(statement)).mappings()]
