"""Questions about everything dated of an actor, read a page at a time."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Subquery, Text, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.actors.contract.timeline import EventKind
from services.actors.tables import ActorRow, PersonRow
from services.actors.timeline.days import NOTHING, Asking, Columns
from services.actors.timeline.events import everything
from services.kit import cursors, paging
from services.kit.db import Database
from services.kit.ledger import ledger
from services.kit.pages import rights_key
from services.kit.paging import Asked, Filter
from services.kit.reading import QUESTIONS, Question, compiled
from services.kit.store import Record

FILTERS: Mapping[str, Filter] = {
    "kind": paging.same("kind", EventKind),
    "noun": paging.same("noun"),
    "on_from": paging.since("on"),
    "on_until": paging.until("on"),
}


def _chosen(asking: Asking, asked: Asked) -> tuple[Subquery, list[ColumnElement[bool]]]:
    every = everything(asking).subquery("every")
    kinds = literal([kind.value for kind in EventKind], ARRAY(Text))
    place = func.array_position(kinds, cast(every.c.kind, Text), type_=Integer)
    events = select(every, place.label("place")).subquery("events")
    found = [FILTERS[name].clause(events.c, list(values)) for name, values in asked.filters]
    return events, [*found, events.c.on <= asked.as_of] if asked.as_of else found


def _written(c: Columns, asking: Asking) -> ColumnElement[Any]:
    """When a day was written down as it is now: the entry that changed it last."""
    before, after = ledger.c.before[c.field].astext, ledger.c.after[c.field].astext
    found = select(func.max(ledger.c.at)).where(
        ledger.c.entity == c.noun,
        ledger.c.key == cast(c.thing_id, Text),
        before.is_distinct_from(after),
    )
    if asking.when.known_at:
        found = found.where(ledger.c.at <= asking.when.known_at)
    return func.coalesce(c.written, found.scalar_subquery()).label("written_at")


def _called(c: Columns, asking: Asking) -> ColumnElement[Any]:
    """The other actor's name, or the person's for those who may read people."""
    actor, person = asking.when.table(ActorRow), asking.when.table(PersonRow)
    name = select(actor.c.name).where(actor.c.id == c.party_id).scalar_subquery()
    theirs: Any = NOTHING
    if asking.reads("person"):
        theirs = select(person.c.name).where(person.c.id == c.party_id).scalar_subquery()
    return case((c.noun == "holding", theirs), else_=name).label("party")


Built = tuple[Question, Question]
# The newest first; of one day what the kinds' own order tells later.
ORDER = ("on", "place", "thing_id")
NAMES = (*ORDER[:2], "kind", "noun", "thing_id", "title", "code", "party_id", "party", "written_at")


def _built(asking: Asking, asked: Asked) -> Built:
    """A page and the count of all, as the driver takes them."""
    events, narrowed = _chosen(asking, asked)
    keys: list[tuple[ColumnElement[Any], bool]] = [
        (events.c[name], name != "thing_id") for name in ORDER
    ]
    statement = select(events).where(*narrowed)
    if asked.after is not None:
        statement = statement.where(cursors.beyond(keys, asked.after))
    statement = statement.order_by(*(key.desc() if down else key for key, down in keys))
    page = statement.limit(asked.limit + 1).offset((asked.page - 1) * asked.limit).subquery("page")
    c = page.c
    told = select(*(c[name] for name in NAMES[:-2]), _called(c, asking), _written(c, asking))
    ordered = told.order_by(c.on.desc(), c.place.desc(), c.thing_id)
    counted = select(func.count()).select_from(events).where(*narrowed)
    return compiled(ordered), compiled(counted)


async def timeline(
    database: Database, actor_id: UUID, asking: Asking, asked: Asked
) -> tuple[list[Record], str | None, int | None]:
    """A page of an actor's events, the cursor of the next one, and how many there are if asked."""
    key = ("timeline", asking.when, asked, rights_key(asking.caller))
    page, counted = QUESTIONS.get(key, lambda: _built(asking, asked))
    rows = [dict(zip(NAMES, row, strict=True)) for row in await database.fetch(page, actor_id)]
    items, after = rows[: asked.limit], None
    if len(rows) > asked.limit:
        after = cursors.cursor_of([items[-1][name] for name in ORDER])
    items = [{name: one[name] for name in NAMES if name != "place"} for one in items]
    count = (await database.fetch(counted, actor_id))[0][0] if asked.count else None
    return items, after, count
