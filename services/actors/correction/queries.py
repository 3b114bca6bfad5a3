"""Questions to the ledger about what of an actor's things said something else, or was removed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, union_all
from sqlalchemy.dialects.postgresql import JSONB

from services.actors.actor.queries import ACTORS
from services.actors.post.queries import POSTS
from services.actors.programme.queries import PROGRAMMES
from services.actors.timeline.days import EVENTS, Asking
from services.actors.timeline.events import entries, family
from services.kit import cursors, paging
from services.kit.collection import Collection
from services.kit.db import Database
from services.kit.ledger import ledger, removed
from services.kit.pages import rights_key
from services.kit.paging import Asked, Filter
from services.kit.reading import QUESTIONS, Question, compiled
from services.kit.store import Record

FILTERS: Mapping[str, Filter] = {"noun": paging.same("noun")}
THINGS = (ACTORS, POSTS, PROGRAMMES, *(days.things for days in EVENTS))
NAMES = ("seq", "at", "actor", "entity", "key", "before", "after")
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
        func.jsonb_typeof(value) != literal_column("'null'"),
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
    fields = _fields(things, asking)
    return select(*(rows.c[name] for name in NAMES)).where(_said_else(rows.c, fields))


def _removed(things: Collection, asking: Asking) -> Select[Any]:
    """Those of a noun that were taken away."""
    gone = removed(things.table).subquery(f"{things.noun}_removed")
    seqs = select(gone.c.seq).where(*replace(asking, gone=True).seen(things, gone.c))
    entry = select(*(ledger.c[name] for name in NAMES)).where(ledger.c.seq.in_(seqs))
    known = asking.when.known_at
    return entry if known is None else entry.where(ledger.c.at <= known)


def _built(asking: Asking, asked: Asked) -> tuple[Question, Question | None]:
    """A page, and the count of all if asked, as the driver takes them."""
    chosen = _chosen(asking)
    parts = [_of(things, asking) for things in chosen]
    parts += [_removed(things, asking) for things in chosen if things is not ACTORS]
    found = union_all(*parts).subquery("corrections")
    narrowed = [found.c.entity.in_(values) for _name, values in asked.filters]
    statement = select(found).where(*narrowed)
    if asked.after is not None:
        statement = statement.where(cursors.beyond([(found.c.seq, True)], asked.after))
    statement = statement.order_by(found.c.seq.desc()).limit(asked.limit + 1)
    statement = statement.offset((asked.page - 1) * asked.limit)
    counted = select(func.count()).select_from(found).where(*narrowed)
    return compiled(statement), compiled(counted) if asked.count else None


def _chosen(asking: Asking) -> list[Collection]:
    return [things for things in THINGS if asking.reads(things.noun)]


async def corrections(
    database: Database, actor_id: UUID, asking: Asking, asked: Asked
) -> tuple[list[Record], str | None, int | None]:
    """A page of an actor's corrections, the latest first, the cursor of the next one, and how many
    there are if asked.
    """
    # Kept: to build it took thirty times as long as to answer it.
    key = ("corrections", asking.when, asked, rights_key(asking.caller))
    page, counted = QUESTIONS.get(key, lambda: _built(asking, asked))
    rows = [dict(zip(NAMES, row, strict=True)) for row in await database.fetch(page, actor_id)]
    fields = {things.noun: _fields(things, asking) for things in _chosen(asking)}
    items = [_told(row, fields[row["entity"]]) for row in rows[: asked.limit]]
    more = len(rows) > asked.limit
    count = (await database.fetch(counted, actor_id))[0][0] if counted else None
    return items, cursors.cursor_of([rows[asked.limit - 1]["seq"]]) if more else None, count


def _told(row: Record, fields: list[str]) -> Record:
    before, after, away = row["before"], row["after"] or {}, row["after"] is None
    said = [name for name in fields if before.get(name) != after.get(name)]
    return {
        "written_at": row["at"],
        "by": row["actor"].partition(":")[0],
        "noun": row["entity"],
        "thing_id": row["key"],
        "removed": away,
        "fields": [
            {"field": name, "before": before.get(name), "after": after.get(name)}
            for name in said
            if not away or before.get(name) not in (None, [], False)
        ],
    }
