"""Following the others: their feeds applied exactly once, by however many of us there are."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.following.queries import cursor_of, followed
from services.analysis.following.rules import label_of, newest, shared, words_of
from services.analysis.tables.following import FEED_CURSOR, PROJECTED
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import Conflict, Problem, Unavailable
from services.kit.identity import Caller
from services.kit.ledger import Head
from services.kit.log import log
from services.kit.switchboard import Switchboard

FOLLOWED = ("actors", "councils")
LIMIT = 1000
# So many entries are applied in about a second; nobody waits for more.
AWAITED = 2000
FOLLOWER = Caller("service", "svc:analysis", request_id="following")


@dataclass(frozen=True)
class Freshness:
    """How new what we know is: services that did not answer, and when each was last heard.

    `behind` are those of which more is to be applied than anybody waits for. `version` is how far
    each was followed: where it is the same, so is everything we know.
    """

    version: tuple[Head, ...] | None = None
    silent: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    heard_at: Mapping[str, datetime | None] = field(default_factory=dict)

    @property
    def stale(self) -> bool:
        """Whether anything may be missing."""
        return bool(self.silent or self.behind)


class Backlog:
    """The services that we are too far behind for anybody to wait."""

    def __init__(self) -> None:
        self.services: set[str] = set()
        self.long = asyncio.Event()

    def seen(self, service: str, page: Mapping[str, Any]) -> None:
        """Note how much of a service is to be applied after this page of its feed."""
        if page["head"] - page["next"] > AWAITED:
            self.services.add(service)
            self.long.set()

    def over(self) -> None:
        """Everything was applied, or will be tried anew."""
        self.services.clear()
        self.long.clear()


class Follower:
    """Follows once for all who ask at the same time; each turn begins after they asked.

    Nobody waits for a long backlog: it is applied all the same, and its readers are told.
    """

    def __init__(self, database: Database, wire: Switchboard, doubts: dict[str, str]) -> None:
        self.database, self.wire, self.doubts = database, wire, doubts
        self.backlog = Backlog()
        self._running: asyncio.Task[Freshness] | None = None
        self._next: asyncio.Task[Freshness] | None = None

    async def up_to_date(self) -> Freshness:
        """Everything that was written before now has been applied, or we say that it was not."""
        turn = self._next
        if turn is None:
            turn = self._next = asyncio.create_task(self._turn(self._running))
            turn.add_done_callback(_looked_at)
        long = asyncio.create_task(self.backlog.long.wait())
        try:
            await asyncio.wait({turn, long}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            long.cancel()
        if turn.done():
            return turn.result()
        behind = tuple(sorted(self.backlog.services))
        async with self.database.reading() as db:
            return Freshness(behind=behind, heard_at=await followed(db))

    async def _turn(self, before: asyncio.Task[Freshness] | None) -> Freshness:
        if before is not None and not before.done():
            await asyncio.wait([before])
        self._running, self._next = self._next, None
        try:
            return await follow(self.database, self.wire, self.doubts, self.backlog)
        finally:
            self.backlog.over()

    async def close(self) -> None:
        """Stop where we are; what is not applied yet is when somebody asks."""
        turns = [turn for turn in (self._running, self._next) if turn and not turn.done()]
        for turn in turns:
            turn.cancel()
        await asyncio.gather(*turns, return_exceptions=True)


def _looked_at(turn: asyncio.Task[Freshness]) -> None:
    """Who asked may have gone: a failure is told here, and the next one tries anew."""
    if not turn.cancelled() and (failure := turn.exception()):
        log.warning("feed.not_followed", error=type(failure).__name__)


async def follow(
    database: Database, wire: Switchboard, doubts: dict[str, str], backlog: Backlog
) -> Freshness:
    """Apply everything that is new. A service that does not answer leaves what we had.

    `doubts` learns which of them is not the one that was followed before.
    """
    done = await asyncio.gather(
        *(_follow_one(database, wire, service, doubts, backlog) for service in FOLLOWED),
        return_exceptions=True,
    )
    silent = []
    for service, outcome in zip(FOLLOWED, done, strict=True):
        if isinstance(outcome, Unavailable):
            silent.append(service)
        elif isinstance(outcome, BaseException):
            raise outcome
    if not silent:
        return Freshness(tuple(head for head in done if isinstance(head, Head)))
    async with database.reading() as db:
        return Freshness(silent=tuple(silent), heard_at=await followed(db))


async def _follow_one(
    database: Database, wire: Switchboard, service: str, doubts: dict[str, str], backlog: Backlog
) -> Head:
    while True:
        async with database.reading() as db:
            seen, diverged = await cursor_of(db, service)
        _doubt(doubts, service, diverged=diverged)
        try:
            page = await _page(wire, service, seen)
        except Conflict:
            log.error("feed.diverged", service="analysis", source=service, seq=seen.seq)
            await _begin_again(database, wire, service, seen, backlog)
            continue
        backlog.seen(service, page)
        if page["next"] > seen.seq:
            async with database.engine.begin() as db:
                await _apply(db, service, seen, page)
        if page["next"] >= page["head"]:
            return _head_of(page)


def _doubt(doubts: dict[str, str], service: str, *, diverged: bool) -> None:
    doubts.pop(service, None)
    if diverged:
        doubts[service] = "diverged"


def _head_of(page: Mapping[str, Any]) -> Head:
    return Head(page["next"], bytes.fromhex(page["hash"]))


async def _page(wire: Switchboard, service: str, seen: Head) -> dict[str, Any]:
    query = f"after={seen.seq}&limit={LIMIT}&hash={seen.hash.hex()}"
    reply = await wire.ask(service, "GET", "/feed", caller=FOLLOWER, query=query)
    try:
        page: dict[str, Any] = reply.json()
    except Conflict:
        raise
    except Problem as problem:
        if problem.status >= 500:  # noqa: PLR2004
            raise Unavailable(f"{service} cannot be followed", reason=service) from None
        raise
    return page


async def _apply(db: AsyncConnection, service: str, seen: Head, page: Mapping[str, Any]) -> None:
    """One page in one transaction; where somebody else was first, nothing happens."""
    if not await _advance(db, service, seen, page):
        return
    await _keep(db, service, newest(page["events"]))


async def _advance(db: AsyncConnection, service: str, seen: Head, page: Mapping[str, Any]) -> bool:
    """Move the cursor from where we saw it; False where it has moved meanwhile."""
    values = {
        "seq": page["next"],
        "hash": bytes.fromhex(page["hash"]),
        "feed_id": UUID(page["feed_id"]),
        "pulled_at": clock.now(),
    }
    if seen.seq == 0:
        first = insert(FEED_CURSOR).values(service=service, **values)
        again = first.on_conflict_do_update(
            index_elements=["service"], set_=values, where=FEED_CURSOR.c.seq == 0
        )
        return (await db.execute(again)).rowcount == 1
    cursor = FEED_CURSOR
    moved = update(cursor).where(cursor.c.service == service, cursor.c.seq == seen.seq)
    return (await db.execute(moved.values(values))).rowcount == 1


async def _keep(db: AsyncConnection, service: str, events: Sequence[Mapping[str, Any]]) -> None:
    if not events:
        return
    statement = insert(PROJECTED)
    new = statement.excluded
    changed = {
        name: new[name]
        for name in ("service", "data", "label", "words", "changed_at", "source_seq", "gone")
    }
    statement = statement.on_conflict_do_update(
        index_elements=["entity", "key"],
        set_=changed,
        where=PROJECTED.c.source_seq < new.source_seq,
    )
    await db.execute(statement, [_row(service, event) for event in events])


def _row(service: str, event: Mapping[str, Any]) -> dict[str, Any]:
    entity = event["entity"]
    data = shared(entity, event["data"] or {})
    return {
        "entity": entity,
        "key": UUID(event["key"]),
        "service": service,
        "data": data,
        "label": label_of(entity, data),
        "words": "" if event["data"] is None else words_of(entity, data),
        "changed_at": datetime.fromisoformat(event["at"]),
        "source_seq": event["seq"],
        "gone": event["data"] is None,
    }


async def _begin_again(
    database: Database, wire: Switchboard, service: str, lost: Head, backlog: Backlog
) -> None:
    """The source is not the one we followed: all of it anew, seen by others when it is whole.

    That it diverged stays written down until an administrator has accepted it.
    """
    cursor, seen = FEED_CURSOR, Head(0, b"")
    ours = and_(cursor.c.service == service, cursor.c.seq == lost.seq, cursor.c.hash == lost.hash)
    marks = {"diverged_at": clock.now(), "diverged_seq": lost.seq}
    anew = update(cursor).where(ours).values(seq=0, hash=b"", **marks)
    async with database.engine.begin() as db:
        if (await db.execute(anew)).rowcount == 0:
            return  # another of us was first
        await db.execute(delete(PROJECTED).where(PROJECTED.c.service == service))
        while True:
            page = await _page(wire, service, seen)
            backlog.seen(service, page)
            if page["next"] == seen.seq:
                return
            await _apply(db, service, seen, page)
            seen = _head_of(page)
            if page["next"] >= page["head"]:
                return


async def accept(db: AsyncConnection) -> None:
    """Whatever diverged is what is followed now: an administrator says so."""
    await db.execute(update(FEED_CURSOR).values(diverged_at=None, diverged_seq=None))
