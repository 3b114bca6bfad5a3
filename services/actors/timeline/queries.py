"""Questions about everything dated of an actor, read a page at a time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Subquery, Text, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.timeline import EventKind
from services.actors.tables import ActorRow, PersonRow
from services.actors.timeline.events import NOTHING, Asking, Columns, everything
from services.kit import paging
from services.kit.ledger import ledger
from services.kit.paging import Asked, Filter
from services.kit.store import Record

FILTERS: Mapping[str, Filter] = {
    "kind": paging.same("kind", EventKind),
    "noun": paging.same("noun"),
    "on_from": paging.since("on"),
    "on_until": paging.until("on"),
}


def _chosen(asking: Asking, asked: Asked) -> tuple[Subquery, list[ColumnElement[bool]]]:
    events = everything(asking).subquery("events")
    return events, [FILTERS[name].clause(events.c, list(values)) for name, values in asked.filters]


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


async def timeline(
    db: AsyncConnection, asking: Asking, asked: Asked
) -> tuple[list[Record], str | None, int | None]:
    """A page of an actor's events, the cursor of the next one, and how many there are if asked."""
    events, narrowed = _chosen(asking, asked)
    keys = [(events.c.on, True), (events.c.kind, False), (events.c.thing_id, False)]
    statement = select(events).where(*narrowed)
    if asked.after is not None:
        statement = statement.where(paging.beyond(keys, asked.after))
    statement = statement.order_by(*(key.desc() if down else key for key, down in keys))
    page = statement.limit(asked.limit + 1).offset((asked.page - 1) * asked.limit).subquery("page")
    names = ("on", "kind", "noun", "thing_id", "title", "code", "party_id")
    told = select(
        *(page.c[name] for name in names), _called(page.c, asking), _written(page.c, asking)
    )
    ordered = told.order_by(page.c.on.desc(), page.c.kind, page.c.thing_id)
    answered = [*names, "party", "written_at"]
    rows = [dict(zip(answered, row, strict=True)) for row in await db.execute(ordered)]
    items = rows[: asked.limit]
    after = None
    if len(rows) > asked.limit:
        after = paging.cursor_of([items[-1][name] for name in ("on", "kind", "thing_id")])
    count = None
    if asked.count:
        count = await db.scalar(select(func.count()).select_from(events).where(*narrowed))
    return items, after, count
