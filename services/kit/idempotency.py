"""Idempotency keys: the same key and request give the first answer again, in one transaction."""

from hashlib import sha256

import orjson
from fastapi import Request, Response
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit.errors import Malformed, Rejected

HEADER = "idempotency-key"
LONGEST = 200
HOURS_KEPT = 72

_CLAIM = text(
    "INSERT INTO idempotency (principal, key, request) VALUES (:principal, :key, :request) "
    "ON CONFLICT DO NOTHING RETURNING 1"
)
_FIND = text(
    "SELECT request, status, headers, body FROM idempotency "
    "WHERE principal = :principal AND key = :key"
)
_KEEP = text(
    "UPDATE idempotency SET status = :status, headers = CAST(:headers AS jsonb), body = :body "
    "WHERE principal = :principal AND key = :key"
)
_FORGET = text("DELETE FROM idempotency WHERE at < now() - make_interval(hours => :hours)")


def key_of(request: Request, *, required: bool) -> str | None:
    """The key of a request. Malformed where one is required and missing, or it is no key."""
    key = request.headers.get(HEADER)
    if key is None and required:
        raise Malformed("an Idempotency-Key header is required", field=HEADER, reason="missing")
    if key is not None and not (key.isascii() and key.isprintable() and 0 < len(key) <= LONGEST):
        raise Malformed("the Idempotency-Key cannot be used", field=HEADER, reason="unreadable")
    return key


def fingerprint(request: Request, body: bytes) -> bytes:
    """What makes a request the same request."""
    return sha256(f"{request.method} {request.scope['path']}\n".encode() + body).digest()


async def claim(
    db: AsyncConnection, *, principal: str, key: str, request: bytes, prefix: str = ""
) -> Response | None:
    """Take the key for this transaction, or give the answer it already led to.

    A concurrent twin waits here for the first one's commit. Rejected if the request differs, with
    the address of what the first one made.
    """
    named = {"principal": principal, "key": key}
    if await db.scalar(_CLAIM, named | {"request": request}):
        return None
    first = (await db.execute(_FIND, named)).one()
    headers = dict(first.headers or {})
    if first.request != request:
        told = "this Idempotency-Key was used for another request"
        made = f"{prefix}{headers['location']}" if "location" in headers else None
        raise Rejected(told, field=HEADER, reason="reused", first=made)
    headers |= {"idempotency-replayed": "true"}
    return Response(first.body, first.status, headers, "application/json")


async def keep(db: AsyncConnection, *, principal: str, key: str, answer: Response) -> None:
    """Remember the answer in the transaction that it speaks of."""
    headers = {n: answer.headers[n] for n in ("etag", "location") if n in answer.headers}
    stored = {
        "principal": principal,
        "key": key,
        "status": answer.status_code,
        "headers": orjson.dumps(headers).decode(),
        "body": bytes(answer.body),
    }
    await db.execute(_KEEP, stored)


async def forget(db: AsyncConnection) -> None:
    """Drop answers older than 72 hours."""
    await db.execute(_FORGET, {"hours": HOURS_KEPT})
