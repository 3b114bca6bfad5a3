"""Throttle: counts tries in PostgreSQL, so that every replica knows of them."""

import math
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import case, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.tables import AttemptRow
from services.kit import clock
from services.kit.errors import Throttled
from services.kit.rows import new_id
from services.kit.store import table_of

ATTEMPTS = table_of(AttemptRow)
WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Bucket:
    """Something that is counted, and how often it may happen within the window."""

    name: str
    most: int

    @property
    def hash(self) -> bytes:
        """What is stored: neither e-mail addresses nor network addresses stand in the table."""
        return sha256(self.name.encode()).digest()


def sign_in_buckets(email: str, address: str) -> list[Bucket]:
    """Guesses at one user from one place, at one user from anywhere, at anybody from one place."""
    return [
        Bucket(f"sign-in {email} {address}", 20),
        Bucket(f"sign-in {email}", 100),
        Bucket(f"sign-in from {address}", 200),
    ]


def link_buckets(address: str, kept: str = "") -> list[Bucket]:
    """Looks at secret addresses from one place, and answers through one of them from anywhere."""
    looks = [Bucket(f"link from {address}", 200)]
    return [*looks, Bucket(f"answer {kept}", 20)] if kept else looks


async def count(db: AsyncConnection, buckets: list[Bucket]) -> None:
    """Count a try before it is made. Throttled, with the time to wait, where it is one too many."""
    wait = 0.0
    for bucket in buckets:
        tries, left = await _count_one(db, bucket.hash)
        if tries > bucket.most:
            wait = max(wait, left)
    if wait:
        seconds = math.ceil(wait)
        raise Throttled(f"try again in {seconds} s", headers={"Retry-After": str(seconds)})


async def _count_one(db: AsyncConnection, hash: bytes) -> tuple[int, float]:
    now = clock.now()
    new = {"id": new_id(), "version": 1, "created_at": now, "updated_at": now}
    over = ATTEMPTS.c.ends_at <= now
    statement = insert(ATTEMPTS).values(new | {"hash": hash, "tries": 1, "ends_at": now + WINDOW})
    changed = {
        "tries": case((over, 1), else_=ATTEMPTS.c.tries + 1),
        "ends_at": case((over, now + WINDOW), else_=ATTEMPTS.c.ends_at),
        "updated_at": now,
    }
    statement = statement.on_conflict_do_update(index_elements=["hash"], set_=changed)
    row = (await db.execute(statement.returning(ATTEMPTS.c.tries, ATTEMPTS.c.ends_at))).one()
    return row.tries, (row.ends_at - now).total_seconds()


async def forget(db: AsyncConnection, bucket: Bucket) -> None:
    """Begin anew after a success."""
    await db.execute(delete(ATTEMPTS).where(ATTEMPTS.c.hash == bucket.hash))


async def clear(db: AsyncConnection) -> None:
    """Forget every window that is over."""
    await db.execute(delete(ATTEMPTS).where(ATTEMPTS.c.ends_at <= clock.now()))
