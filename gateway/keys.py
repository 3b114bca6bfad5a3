"""Keys: what another system signs in with; of the secret only a keyed hash is kept."""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from secrets import choice
from typing import Any
from uuid import UUID
from zlib import crc32

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.drafts import ClientDraft
from gateway.tables import ClientRow, KeyRow, KeyUseRow
from services.kit import clock
from services.kit.errors import Conflict, NotFound, Rejected, Unavailable
from services.kit.settings import Settings
from services.kit.store import Record, change_row, get_row, insert_row, table_of

CLIENTS, KEYS, USES = table_of(ClientRow), table_of(KeyRow), table_of(KeyUseRow)
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PART, SECRET, CHECK = 10, 43, 6
DAYS_MOST, LIVE_MOST = 365, 2
OVERLAP = timedelta(days=7)
_SHAPE = re.compile(rf"kn_([0-9A-Za-z]{{{PART}}})_[0-9A-Za-z]{{{SECRET}}}_[0-9A-Za-z]{{{CHECK}}}")


def _letters(count: int) -> str:
    return "".join(choice(LETTERS) for _ in range(count))


def _check(text: str) -> str:
    """Six letters that tell a mistyped key, and a key in a leak, from other text."""
    number, found = crc32(text.encode()), ""
    for _ in range(CHECK):
        number, rest = divmod(number, len(LETTERS))
        found = LETTERS[rest] + found
    return found


def new_key() -> tuple[str, str]:
    """A new key's open part, and the whole of it."""
    part = _letters(PART)
    body = f"kn_{part}_{_letters(SECRET)}"
    return part, f"{body}_{_check(body)}"


def part_of(key: str) -> str | None:
    """The open part of what is shaped like a key and has the right check letters."""
    found = _SHAPE.fullmatch(key)
    body, _, check = key.rpartition("_")
    return found[1] if found and _check(body) == check else None


class Pepper:
    """The secret that hashes are keyed with; it lives in a file, never in the database."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of(cls, settings: Settings) -> "Pepper":
        """The pepper of an installation."""
        return cls(settings.pepper_file or settings.data_dir / "pepper")

    @cached_property
    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes().strip()
        except OSError:
            raise Unavailable("keys cannot be checked: PEPPER_FILE is missing") from None

    def hash(self, text: str | bytes, purpose: bytes = b"key") -> bytes:
        """What is kept of a key, or what proves that we made a token."""
        raw = text.encode() if isinstance(text, str) else text
        return hmac.digest(self._bytes, purpose + b"\0" + raw, sha256)


@dataclass(frozen=True)
class Known:
    """A key as the database knows it."""

    id: UUID
    part: str
    hash: bytes
    client_id: str
    scopes: tuple[str, ...]
    municipality_code: str | None
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None

    @property
    def lives(self) -> bool:
        """Whether it opens anything now."""
        return self.revoked_at is None and self.expires_at > clock.now()


@dataclass(frozen=True)
class Made:
    """A new key: the only moment in which all of it is known."""

    text: str
    client: Record
    expires_at: datetime


async def open_client(db: AsyncConnection, pepper: Pepper, draft: ClientDraft, days: int) -> Made:
    """A new client with its first key."""
    return await add_key(db, pepper, await insert_row(db, ClientRow, draft), days)


async def add_key(db: AsyncConnection, pepper: Pepper, client: Record, days: int) -> Made:
    """One more key for a client. Rejected where it would live too long."""
    if not 1 <= days <= DAYS_MOST:
        raise Rejected(f"1 to {DAYS_MOST} days", field="days", reason="out_of_range")
    part, text = new_key()
    ends = clock.now() + timedelta(days=days)
    values = {"part": part, "hash": pepper.hash(text), "client_id": client["id"]}
    await insert_row(db, KeyRow, values | {"expires_at": ends, "revoked_at": None})
    return Made(text, client, ends)


async def rotate(db: AsyncConnection, pepper: Pepper, client_id: UUID, days: int) -> Made:
    """A new key for a client; the one it has works for a week more. Conflict where it has two."""
    client = await get_row(db, ClientRow, client_id, lock=True)
    living = await _living(db, client_id)
    if len(living) >= LIVE_MOST:
        raise Conflict("two keys live already; revoke one", field="", reason="two_keys_live")
    soon = clock.now() + OVERLAP
    for key in living:
        if key["expires_at"] > soon:
            await change_row(db, KeyRow, key["id"], expires_at=soon)
    return await add_key(db, pepper, client, days)


async def _living(db: AsyncConnection, client_id: UUID) -> list[Record]:
    alive = (KEYS.c.client_id == client_id, KEYS.c.revoked_at.is_(None))
    found = await db.execute(select(KEYS).where(*alive, KEYS.c.expires_at > clock.now()))
    return [dict(row) for row in found.mappings()]


async def revoke(db: AsyncConnection, part: str) -> None:
    """Make a key worth nothing. NotFound."""
    named = await db.scalar(select(KEYS.c.id).where(KEYS.c.part == part))
    if named is None:
        raise NotFound(f"there is no key kn_{part}")
    key = await get_row(db, KeyRow, named, lock=True)
    if key["revoked_at"] is None:
        await change_row(db, KeyRow, named, revoked_at=clock.now())


async def listed(db: AsyncConnection, client_id: UUID | None = None) -> list[Record]:
    """Every key without its secret, newest first; those of one client where it is named."""
    shown = (KEYS.c.part, KEYS.c.created_at, KEYS.c.expires_at, KEYS.c.revoked_at, USES.c.used_at)
    of_client = (CLIENTS.c.name, CLIENTS.c.municipality_code, CLIENTS.c.scopes)
    statement = select(*shown, *of_client, CLIENTS.c.id.label("client_id"))
    statement = statement.select_from(
        KEYS.join(CLIENTS, CLIENTS.c.id == KEYS.c.client_id).outerjoin(USES, USES.c.id == KEYS.c.id)
    ).order_by(KEYS.c.created_at.desc())
    if client_id is not None:
        statement = statement.where(KEYS.c.client_id == client_id)
    return [dict(row) for row in (await db.execute(statement)).mappings()]


def asked() -> Select[Any]:
    """The one question of a request whose key is not remembered: which key is this?"""
    key = (KEYS.c.id, KEYS.c.part, KEYS.c.hash, KEYS.c.client_id, KEYS.c.expires_at)
    client = (KEYS.c.revoked_at, CLIENTS.c.scopes, CLIENTS.c.municipality_code, USES.c.used_at)
    joined = KEYS.join(CLIENTS, CLIENTS.c.id == KEYS.c.client_id)
    joined = joined.outerjoin(USES, USES.c.id == KEYS.c.id)
    return select(*key, *client).select_from(joined).where(KEYS.c.part == bindparam("asked"))


async def note_use(db: AsyncConnection, id: UUID) -> None:
    """Remember the hour of a use."""
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    new = {"id": id, "version": 1, "created_at": now, "updated_at": now, "used_at": hour}
    later = {"used_at": func.greatest(USES.c.used_at, hour), "updated_at": now}
    statement = insert(USES).values(new)
    await db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=later))
