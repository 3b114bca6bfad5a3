"""Bearers: who sent a request, by a key or by a short-lived token that a key was changed into.

What the database says of a key is remembered for a few seconds, so that most requests ask nothing
and a revoked key is dead within them. Of a key that was shown only a digest is remembered.
"""

import hmac
import math
import re
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

import orjson
from asyncpg import Record

from gateway.keys import Known, Pepper, asked, note_use, part_of
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import Unauthenticated
from services.kit.identity import Caller
from services.kit.reading import QUESTIONS, compiled

REMEMBERED_SECONDS, SHOWN_SECONDS, REMEMBERED_MOST = 15.0, 5.0, 10_000
TOKEN, TOKEN_SECONDS = "kt_", 600
USE = Caller("service", "svc:gateway", request_id="key-use")
_TOKEN = re.compile(rf"{TOKEN}[0-9A-Za-z_-]{{40,}}\.[0-9A-Za-z_-]{{20,}}")
REALM = 'Bearer realm="Kompetensnav"'


@dataclass(frozen=True)
class Bearer:
    """A key that was shown, and what it may do here and now."""

    key: Known
    scopes: tuple[str, ...]
    ends: float = math.inf

    @property
    def lives(self) -> bool:
        """Whether it opens anything now."""
        return self.key.lives and self.ends > clock.now().timestamp()

    def caller(self, request_id: str) -> Caller:
        """The identity that the services are told."""
        return Caller(
            kind="client",
            subject=f"client:{self.key.client_id}",
            scopes=self.scopes,
            municipality_code=self.key.municipality_code,
            request_id=request_id,
        )


def refused(detail: str) -> Unauthenticated:
    """401 for a key or token that opens nothing."""
    return Unauthenticated(detail, headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'})


def is_secret(text: str) -> bool:
    """Whether a text has the shape of a whole key or of a token."""
    if text.startswith(TOKEN):
        return _TOKEN.fullmatch(text) is not None
    return text.startswith("kn_") and part_of(text) is not None


class Bearers:
    """Everything that may stand after `Authorization: Bearer`."""

    def __init__(self, database: Database, pepper: Pepper) -> None:
        self.database, self.pepper = database, pepper
        self._known: OrderedDict[str, tuple[float, Known | None]] = OrderedDict()
        self._shown: dict[bytes, tuple[float, Bearer]] = {}

    async def recognise(self, text: str) -> Bearer:
        """Whose key or token this is. Unauthenticated."""
        shown = blake2b(text.encode(), digest_size=16).digest()
        found = self._shown.get(shown)
        if found is not None and found[0] > time.monotonic() and found[1].lives:
            return found[1]
        bearer = await (self._by_token(text) if text.startswith(TOKEN) else self.by_key(text))
        if len(self._shown) >= REMEMBERED_MOST:
            self._shown.clear()
        self._shown[shown] = (time.monotonic() + SHOWN_SECONDS, bearer)
        return bearer

    async def by_key(self, text: str) -> Bearer:
        """The bearer of a whole key. Unauthenticated."""
        part = part_of(text)
        key = await self._find(part) if part else None
        if key is None or not hmac.compare_digest(self.pepper.hash(text), key.hash):
            raise refused("the key is not one of ours")
        return self._living(key, key.scopes)

    async def _by_token(self, text: str) -> Bearer:
        try:
            payload, proof = (_decoded(part) for part in text.removeprefix(TOKEN).split("."))
            genuine = hmac.compare_digest(self.pepper.hash(payload, b"token"), proof)
            said = orjson.loads(payload) if genuine else {}
        except ValueError:
            said = {}
        if not said or said["ends"] < clock.now().timestamp():
            raise refused("the token is too old, or not ours")
        key = await self._find(said["part"])
        if key is None:
            raise refused("the token's key is gone")
        return self._living(key, tuple(said["scopes"]), said["ends"])

    def token(self, key: Known, scopes: tuple[str, ...]) -> str:
        """A token for ten minutes; worth no more than its key, and no longer."""
        ends = clock.now().timestamp() + TOKEN_SECONDS
        payload = orjson.dumps({"part": key.part, "scopes": scopes, "ends": ends})
        return f"{TOKEN}{_encoded(payload)}.{_encoded(self.pepper.hash(payload, b'token'))}"

    @staticmethod
    def _living(key: Known, scopes: tuple[str, ...], ends: float = math.inf) -> Bearer:
        if not key.lives:
            raise refused("the key is revoked or too old")
        return Bearer(key, tuple(scope for scope in scopes if scope in key.scopes), ends)

    async def _find(self, part: str) -> Known | None:
        now = time.monotonic()
        found = self._known.get(part)
        if found is not None and now - found[0] < REMEMBERED_SECONDS:
            return found[1]
        question = QUESTIONS.get("key", lambda: compiled(asked()))
        rows = await self.database.fetch(question, part)
        key = _known(rows[0]) if rows else None
        if key is not None and key.lives:
            await self._note(key)
        self._known[part] = (now, key)
        self._known.move_to_end(part)
        if len(self._known) > REMEMBERED_MOST:
            self._known.popitem(last=False)
        return key

    async def _note(self, key: Known) -> None:
        hour = clock.now().replace(minute=0, second=0, microsecond=0)
        if key.used_at is None or key.used_at < hour:
            async with self.database.writing(USE) as db:
                await note_use(db, key.id)

    def forget(self) -> None:
        """Ask the database anew for every key: one was made, changed or revoked here."""
        self._known.clear()
        self._shown.clear()


def _known(row: Record) -> Known:
    return Known(
        id=UUID(row["id"]),
        part=row["part"],
        hash=row["hash"],
        client_id=row["client_id"],
        scopes=tuple(row["scopes"]),
        municipality_code=row["municipality_code"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
        used_at=row["used_at"],
    )


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
