"""What can be done with a source that is fetched: ask for it, fetch it, say why it failed.

Who fetches says so on the source first, so that two never do: that is a claim, and it ends by
itself. All that was fetched becomes what the source says, or nothing does.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from services.analysis.connector.interfaces import INTERFACES
from services.analysis.connector.known import KNOWN_BY_KEY
from services.analysis.connector.network import Guarded, Resolve, resolved
from services.analysis.connector.queries import concepts_of_municipalities, due
from services.analysis.connector.rules import PUBLISHED, WITHIN_SECONDS, Broken, is_under_way
from services.analysis.connector.susa import document
from services.analysis.connector.told import Asked, Told
from services.analysis.connector.wire import Limits, opened
from services.analysis.contract.source import FetchFailure, SourceKind
from services.analysis.following.queries import home
from services.analysis.snapshot.actions import Handed, Said, keep_snapshot, shelve
from services.analysis.snapshot.reading import rows_of
from services.analysis.snapshot.shelf import Shelf
from services.analysis.source.actions import settle_source
from services.analysis.source.queries import source_called
from services.analysis.tables import SnapshotRow, SourceRow
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import Conflict, NotFound, Problem, Stale
from services.kit.http import Work
from services.kit.identity import Caller
from services.kit.log import log
from services.kit.settings import Settings
from services.kit.store import Record, change_row, get_row

LINE_MOST = 500
_DONE: dict[str, Any] = {"fetching_at": None, "fetch_asked_at": None}
_GOOD: dict[str, Any] = {"failed_at": None, "failure": None, "failure_kind": None}


@dataclass(frozen=True)
class Errand:
    """What a fetch needs: where it is kept, and how far it may go."""

    database: Database
    shelf: Shelf
    hosts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    loopback: bool = False
    limits: Limits = field(default_factory=Limits)
    resolve: Resolve = resolved
    within: float = WITHIN_SECONDS

    @classmethod
    def of(cls, database: Database, settings: Settings) -> "Errand":
        """As the settings say."""
        limits = Limits(bytes_an_answer=settings.import_most_bytes)
        shelf = Shelf.of(settings.data_dir)
        return cls(database, shelf, settings.fetch_hosts, settings.fetch_loopback, limits)

    def network(self, kind: SourceKind) -> Guarded:
        """The hosts of one kind of source, and no others."""
        published = urlsplit(PUBLISHED[kind]).hostname or ""
        hosts = {published, *(host.lower() for host in self.hosts.get(kind, ()))}
        return Guarded(hosts, loopback=self.loopback, resolve=self.resolve)


async def ask_fetch(work: Work, id: UUID) -> Record:
    """Somebody wants it fetched: whoever is free takes it. Conflict where it is handed in."""
    source = await get_row(work.db, SourceRow, id, lock=True)
    if SourceKind(source["kind"]) not in INTERFACES:
        raise Conflict("its files are handed in", field="kind", reason="not_fetched")
    if source["fetch_asked_at"] or is_under_way(source, clock.now()):
        return source
    return await change_row(work.db, SourceRow, id, fetch_asked_at=clock.now())


async def fetch_now(errand: Errand, caller: Caller, key: str | None) -> dict[str, Said | Broken]:
    """Fetch a source, or all that are due by their rhythm, here and now; how it went, by key.

    NotFound, and Conflict where its files are handed in or another fetches it already.
    """
    if key is not None:
        source = await _named(errand, caller, key)
        if (ours := await claim(errand.database, caller, source)) is None:
            raise Conflict(f"{key} is being fetched already, or was just changed")
        return {key: await fetch_claimed(errand, caller, ours)}
    found = {}
    async with errand.database.reading() as db:
        several = await due(db, INTERFACES, clock.now(), by_rhythm=True)
    for source in several:
        if (ours := await claim(errand.database, caller, source)) is not None:
            found[source["key"]] = await fetch_claimed(errand, caller, ours)
    return found


async def describe(work: Work, key: str) -> Record:
    """A register that is known becomes a source, with its indicators. NotFound."""
    if key not in KNOWN_BY_KEY:
        raise NotFound(f"no register is known by {key[:60]}", field="key")
    return await settle_source(work, KNOWN_BY_KEY[key])


async def events_now(database: Database, shelf: Shelf, key: str) -> bytes:
    """What a source of Susa-navet says now, in the form that its files have. NotFound, Conflict."""
    async with database.reading() as db:
        source = await source_called(db, key)
        if source is None or source["latest_snapshot_id"] is None:
            raise NotFound(f"nothing was fetched of {key}", field="source")
        snapshot = await get_row(db, SnapshotRow, source["latest_snapshot_id"])
    if source["kind"] != SourceKind.susa_navet:
        raise Conflict(f"{key} is no source of Susa-navet", field="source")
    path, count = shelf.path(snapshot["content_hash"]), snapshot["row_count"]
    return document(await asyncio.to_thread(rows_of, path, 0, count))


async def _named(errand: Errand, caller: Caller, key: str) -> Record:
    """The source with a key; one that is known without being described is described first."""
    async with errand.database.writing(caller) as db:
        source = await source_called(db, key)
        if source is None and key in KNOWN_BY_KEY:
            source = await settle_source(Work(db, caller), KNOWN_BY_KEY[key])
    if source is None:
        known = ", ".join(KNOWN_BY_KEY)
        text = f"no source has the key {key}; known without being described: {known}"
        raise NotFound(text, field="source")
    if SourceKind(source["kind"]) not in INTERFACES:
        raise Conflict(f"{key} is not fetched: its files are handed in")
    if is_under_way(source, clock.now()):
        raise Conflict(f"{key} is being fetched already")
    return source


async def claim(database: Database, caller: Caller, source: Record) -> Record | None:
    """The source as ours to fetch, or None where somebody else took it or changed it."""
    async with database.writing(caller) as db:
        if is_under_way(source, clock.now()):
            return None
        try:
            at, version = clock.now(), source["version"]
            return await change_row(db, SourceRow, source["id"], version=version, fetching_at=at)
        except Problem:
            return None


async def release(database: Database, caller: Caller, source: Record) -> None:
    """It was not fetched after all; who asked for it waits on."""
    async with database.writing(caller) as db:
        await change_row(db, SourceRow, source["id"], fetching_at=None)


async def fetch_claimed(errand: Errand, caller: Caller, source: Record) -> Said | Broken:
    """Fetch it and keep all of it; where that fails, keep nothing and say why on the source."""
    try:
        told = await _read(errand, source)
        handed = Handed(None, told.rows, None, source["key"])
        kept = await shelve(errand.database, errand.shelf, handed)
        async with errand.database.writing(caller) as db:
            work = Work(db, caller)
            await _demand_ours(work, source)
            said = await keep_snapshot(work, handed, kept, told.published_on)
            done = _DONE | _GOOD | {"fetched_at": clock.now()}
            await change_row(db, SourceRow, source["id"], **done)
            return said
    except Broken as failure:
        return await _failed(errand, caller, source, failure)
    except Problem as problem:
        # The rows are whole, and the indicators cannot read them any more.
        changed = Broken(FetchFailure.changed, problem.detail)
        return await _failed(errand, caller, source, changed)
    except OSError as failure:  # the disk is full, or the folder is another's
        unkept = Broken(FetchFailure.unkept, f"the snapshot was not kept: {failure.strerror}")
        return await _failed(errand, caller, source, unkept)


async def _read(errand: Errand, source: Record) -> Told:
    """All that the register tells. Broken, whatever it answers."""
    kind = SourceKind(source["kind"])
    try:
        async with errand.database.reading() as db:
            ours, concepts = await home(db), await concepts_of_municipalities(db)
        asked = Asked.of(source, PUBLISHED[kind], ours, concepts)
        async with (
            asyncio.timeout(errand.within),
            opened(errand.network(kind), errand.limits) as wire,
        ):
            return await INTERFACES[kind](wire, asked)
    except TimeoutError:
        text = f"not done within {errand.within:g} seconds"
        raise Broken(FetchFailure.slow, text) from None
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as failure:
        # An answer of another form than any that was thought of.
        log.warning("fetch.unforeseen", source=source["key"], error=type(failure).__name__)
        text = f"the answer is not as the interface says ({type(failure).__name__})"
        raise Broken(FetchFailure.unreadable, text) from failure


async def _demand_ours(work: Work, source: Record) -> None:
    """Stale where the claim ended and another has it, or another thing is asked now."""
    now = await get_row(work.db, SourceRow, source["id"], lock=True)
    if now["fetching_at"] != source["fetching_at"]:
        raise Stale(f"{source['key']} was taken over by another fetch")
    if any(now[name] != source[name] for name in ("kind", "address", "table_code", "selection")):
        raise Broken(FetchFailure.changed, "what is asked was changed while it was fetched")


async def _failed(errand: Errand, caller: Caller, source: Record, failure: Broken) -> Broken:
    """The last good snapshot stands, and the source says why."""
    words = " ".join(failure.text.split())[:LINE_MOST]
    said = _DONE | {"failure_kind": failure.kind, "failure": words}
    async with errand.database.writing(caller) as db:
        now = await get_row(db, SourceRow, source["id"], lock=True)
        if now["fetching_at"] == source["fetching_at"]:
            await change_row(db, SourceRow, source["id"], failed_at=clock.now(), **said)
    log.warning("fetch.failed", source=source["key"], reason=failure.kind)
    return failure
