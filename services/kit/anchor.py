"""Anchors: the ledger's head, signed and written outside the database, as a witness.

Whoever owns the database can rewrite the whole chain; they cannot rewrite what was signed
and stored elsewhere. One line of JSON per anchor; Ed25519; the key is made at first use.
"""

import asyncio
import itertools
import os
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit import clock, ledger
from services.kit.db import Database
from services.kit.ledger import Head
from services.kit.log import log

KEY_FILE = "anchor.key"
# After a start: soon, but not while it is still about to answer its first requests.
SOON_SECONDS, MOST_SECONDS = 5.0, 3.0
# Between its hours a ledger is asked so often, and anchored where it has gone far past its newest
# anchor: to more than twice as many entries, or by more than so many. What fills a new house does
# not wait for its hour.
OFTEN_SECONDS, FAR = 60.0, 1000
NOTHING = Head(0, b"")


class Unkept(Exception):
    """The folder cannot be read or written."""


def _key(folder: Path) -> Ed25519PrivateKey:
    """The signing key; two programs that start at once agree on one file."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        own = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def _file(folder: Path, service: str) -> Path:
    return folder / "anchors" / f"{service}.jsonl"


def append(folder: Path, service: str, facts: dict[str, Any]) -> None:
    """Sign the facts and add them as one line."""
    payload = orjson.dumps(facts, default=str, option=orjson.OPT_SORT_KEYS)
    signature = b64encode(_key(folder).sign(payload)).decode()
    path = _file(folder, service)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = orjson.dumps({"payload": payload.decode(), "signature": signature}) + b"\n"
    with path.open("a+b") as file:
        # A line that was cut off stands alone, and spoils no other.
        end = file.seek(0, os.SEEK_END)
        if end and os.pread(file.fileno(), 1, end - 1) != b"\n":
            line = b"\n" + line
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True)
class Witness:
    """The newest anchor whose signature holds, and how many newer lines have one that does not."""

    head: Head = NOTHING
    at: datetime | None = None
    unsigned: int = 0


async def turns(seconds: float) -> AsyncIterator[bool]:
    """When a program looks at its ledger, and whether it is due to be anchored however it grew.

    It is due soon after a start and every so many seconds; it is looked at in between, too.
    """
    await asyncio.sleep(min(SOON_SECONDS, seconds))
    among = ceil(seconds / OFTEN_SECONDS)
    for turn in itertools.count():
        yield turn % among == 0
        await asyncio.sleep(seconds / among)


async def keep(state: Any, *, due: bool = True) -> None:
    """One turn of a program: what is in doubt is told by its readiness, until a turn finds it well.

    A database that is away is logged: the next turn asks it again.
    """
    try:
        async with asyncio.timeout(MOST_SECONDS):
            doubt = await write(state.database, state.name, state.settings.data_dir, due=due)
    except Exception as failure:
        log.warning("ledger.not_asked", service=state.name, error=type(failure).__name__)
        return
    state.doubts.pop(state.name, None)
    if doubt:
        state.doubts[state.name] = doubt


async def write(database: Database, service: str, folder: Path, *, due: bool = True) -> str:
    """Anchor the ledger where it has grown; answer in a word what is in doubt, if anything is.

    One that is not due is anchored only where it has grown far.
    A ledger that is not the one of the last anchor gets none: it would vouch for what was forged.
    """
    try:
        async with database.reading() as db:
            feed_id, head = await ledger.head(db)  # before the last anchor: another may write one
            witness = _read(folder, service)
            doubt = "unsigned" if witness.unsigned else ""
            if not doubt and not await ledger.holds(db, head, witness.head):
                doubt = "diverged"
        if doubt:
            log.error("ledger.doubted", service=service, reason=doubt, seq=witness.head.seq)
        elif head.seq > (witness.head.seq if due else _near(witness.head.seq)):
            _sign(folder, service, feed_id, head)
    except Unkept as failure:
        log.error("ledger.not_anchored", service=service, exc_info=failure)
        return "unwritable"
    return doubt


def _near(seq: int) -> int:
    """How many entries a ledger may have before it is far past an anchor."""
    return min(2 * seq, seq + FAR)


async def accept(db: AsyncConnection, service: str, folder: Path, why: str) -> Head:
    """Begin anew from the ledger as it stands: an anchor that says why, after those there are."""
    feed_id, head = await ledger.head(db)
    _sign(folder, service, feed_id, head, accepted=why)
    return head


def _sign(folder: Path, service: str, feed_id: UUID, head: Head, **more: str) -> None:
    facts = {"feed_id": feed_id, "seq": head.seq, "hash": head.hash.hex(), "at": clock.now()}
    try:
        append(folder, service, facts | more)
    except OSError as failure:
        raise Unkept from failure
    log.info("ledger.anchored", service=service, seq=head.seq)


def _read(folder: Path, service: str) -> Witness:
    try:
        return latest(folder, service)
    except OSError as failure:
        raise Unkept from failure


def latest(folder: Path, service: str) -> Witness:
    """The newest anchor whose signature has been verified. Makes nothing."""
    path, key = _file(folder, service), folder / KEY_FILE
    if not path.exists():
        return Witness()
    public = _key(folder).public_key() if key.exists() else None
    lines = path.read_bytes().splitlines()
    for unsigned, line in enumerate(reversed(lines)):
        if (facts := _verified(line, public)) is not None:
            head = Head(facts["seq"], bytes.fromhex(facts["hash"]))
            return Witness(head, datetime.fromisoformat(facts["at"]), unsigned)
    return Witness(unsigned=len(lines))


def _verified(line: bytes, public: Ed25519PublicKey | None) -> dict[str, Any] | None:
    """What a line says, where our key signed it."""
    try:
        entry = orjson.loads(line)
        signature, payload = b64decode(entry["signature"]), entry["payload"].encode()
        if public is None:
            return None
        public.verify(signature, payload)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
        return None
    facts: dict[str, Any] = orjson.loads(payload)
    return facts
