"""Questions to the ledger about what of an actor's things said something else before."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.actor.queries import ACTORS
from services.actors.post.queries import POSTS
from services.actors.timeline.events import EVENTS, Asking, entries, family
from services.kit import paging
from services.kit.collection import Collection
from services.kit.ledger import ledger
from services.kit.paging import Asked, Filter
from services.kit.store import Record

FILTERS: Mapping[str, Filter] = {"noun": paging.same("noun")}
THINGS = (ACTORS, POSTS, *(days.things for days in EVENTS))
# The store's own; and what moves on by itself, which the timeline tells.
KEPT = frozenset({"id", "version", "created_at", "updated_at", "merged_into_id"})
MOVES = frozenset({"state", "answer", "realised"})


def _fields(things: Collection, asking: Asking) -> list[str]:
    """The fields of a noun that the caller may read."""
    hidden = set() if asking.caller.sees_people else set(things.personal)
    return [name for name in things.fields if name not in KEPT | hidden]


def _said_else(entry: Any, fields: list[str]) -> ColumnElement[bool]:
    """A field that had a value has another one; a first value, or the next state, is none."""
    was = func.jsonb_each(entry.before).table_valued("key", "value").alias("was")
    value = was.c.value.cast(JSONB)
    same_state = entry.before["state"].is_not_distinct_from(entry.after["state"])
    counts = and_(
        was.c.key.in_([name for name in fields if name not in MOVES]),
        value != literal(None, JSONB),
        value.is_distinct_from(entry.after.op("->")(was.c.key)),
        or_(was.c.key != "state_since", same_state),
    )
    return select(was.c.key).where(counts).exists()


def _ids(things: Collection, asking: Asking) -> Select[Any]:
    if things is ACTORS:
        return family(asking)
    source = asking.when.table(things.row).alias(f"{things.noun}_corrected")
    return select(source.c.id).where(*asking.seen(things, source.c))


def _of(things: Collection, asking: Asking) -> Select[Any]:
    entry = entries(things.noun, _ids(things, asking), asking)
    rows = entry.where(ledger.c.op == "U").subquery(f"{things.noun}_entry")
    names = ("seq", "at", "actor", "entity", "key", "before", "after")
    fields = _fields(things, asking)
    return select(*(rows.c[name] for name in names)).where(_said_else(rows.c, fields))


async def corrections(
    db: AsyncConnection, actor_id: UUID, asking: Asking, asked: Asked
) -> tuple[list[Record], str | None]:
    """A page of an actor's corrections, the latest first, and the cursor of the next one."""
    chosen = [things for things in THINGS if asking.reads(things.noun)]
    found = union_all(*(_of(things, asking) for things in chosen)).subquery("corrections")
    narrowed = [found.c.entity.in_(values) for _name, values in asked.filters]
    statement = select(found).where(*narrowed)
    if asked.after is not None:
        statement = statement.where(paging.beyond([(found.c.seq, True)], asked.after))
    statement = statement.order_by(found.c.seq.desc()).limit(asked.limit + 1)
    statement = statement.offset((asked.page - 1) * asked.limit)
    rows = list(await db.execute(statement, {"asked": actor_id}))
    fields = {things.noun: _fields(things, asking) for things in chosen}
    items = [_told(row, fields[row.entity]) for row in rows[: asked.limit]]
    more = len(rows) > asked.limit
    return items, paging.cursor_of([rows[asked.limit - 1].seq]) if more else None


def _told(row: Any, fields: list[str]) -> Record:
    return {
        "written_at": row.at,
        "by": row.actor.partition(":")[0],
        "noun": row.entity,
        "thing_id": row.key,
        "fields": [
            {"field": name, "before": row.before.get(name), "after": row.after.get(name)}
            for name in fields
            if row.before.get(name) != row.after.get(name)
        ],
    }
