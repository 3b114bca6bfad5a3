"""Sessions: who is signed in, by a cookie that names a row of which we keep only a hash."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from gateway.accounts import ACCOUNTS, HOUSES, SESSIONS, digest
from gateway.drafts import FIRST_HOUSE
from gateway.tables import SessionRow
from gateway.visitor import NOBODY, Visitor
from services.kit import clock
from services.kit.db import Database
from services.kit.identity import Caller
from services.kit.reading import QUESTIONS, compiled
from services.kit.store import Record, insert_row

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
DOOR = Caller("service", "svc:gateway", request_id="session")
PostsOf = Callable[[UUID, Caller], Awaitable[list[UUID]]]


def cookie_name(*, https: bool, kind: str = "session") -> str:
    """Browsers take the __Host- prefix only over https; on loopback http it has none."""
    return f"__Host-{kind}" if https else kind


class Sessions:
    """The sessions of the house, in its database."""

    def __init__(self, database: Database, *, https: bool, posts_of: PostsOf | None = None) -> None:
        self.database, self.https, self.posts_of = database, https, posts_of
        self._naming: asyncio.Task[str] | None = None

    async def recognise(self, request: Request) -> Visitor:
        """Who is looking; found once a request."""
        if "visitor" not in request.scope:
            token = request.cookies.get(cookie_name(https=self.https), "")
            number = request.scope.get("request_id", "-")
            found = await self._visitor(token, number) if token else None
            request.scope["visitor"] = found or await self._stranger(request)
        visitor: Visitor = request.scope["visitor"]
        return visitor

    async def _visitor(self, token: str, request_id: str) -> Visitor | None:
        question = QUESTIONS.get("session", lambda: compiled(_asked()))
        rows = await self.database.fetch(question, digest(token))
        now = clock.now()
        if not rows or rows[0]["seen_at"] <= now - IDLE or rows[0]["created_at"] <= now - LONGEST:
            return None
        row = rows[0]
        caller = Caller(
            kind="user",
            subject=f"user:{row['account_id']}",
            roles=tuple(row["roles"]),
            municipality_code=row["municipality_code"],
            person_id=UUID(row["person_id"]) if row["person_id"] else None,
            post_ids=tuple(UUID(post) for post in row["post_ids"]),
            request_id=request_id,
        )
        if row["seen_at"] < now - SEEN_EVERY:
            caller = await self._seen(UUID(row["id"]), caller)
        return Visitor(
            caller,
            name=row["name"],
            signed_in=True,
            secret=_secret(token),
            association=row["association"] or FIRST_HOUSE.association,
        )

    async def _seen(self, id: UUID, caller: Caller) -> Caller:
        """Keep the session awake, and ask again which posts its person holds."""
        if self.posts_of and caller.person_id:
            try:
                posts = await self.posts_of(caller.person_id, caller)
            except Exception:  # The registry being away must not sign anybody out.
                posts = list(caller.post_ids)
            caller = replace(caller, post_ids=tuple(posts))
        now = clock.now()
        async with self.database.writing(DOOR) as db:
            values = {"seen_at": now, "updated_at": now, "post_ids": list(caller.post_ids)}
            await db.execute(SESSIONS.update().where(SESSIONS.c.id == id).values(values))
        return caller

    async def _stranger(self, request: Request) -> Visitor:
        """Nobody yet, but with a secret of its own for the forms that come before a session."""
        token = request.cookies.get(cookie_name(https=self.https, kind="form")) or token_urlsafe(32)
        request.scope["form_token"] = token
        if self._naming is None:  # a hall comes at once: one question for all of them
            self._naming = asyncio.create_task(self._association())
            self._naming.add_done_callback(self._named)
        name = await asyncio.shield(self._naming)
        return replace(NOBODY, secret=_secret(token), association=name)

    async def _association(self) -> str:
        async with self.database.reading() as db:
            name = await db.scalar(select(HOUSES.c.association).limit(1))
        return name or FIRST_HOUSE.association

    def _named(self, _done: object) -> None:
        self._naming = None

    async def start(self, db: AsyncConnection, account: Record) -> str:
        """A new session for a user, always under a new id; the token for its cookie."""
        token = token_urlsafe(32)
        posts: list[UUID] = []
        if self.posts_of and account["person_id"]:
            caller = Caller("user", f"user:{account['id']}", tuple(account["roles"]))
            try:
                posts = await self.posts_of(account["person_id"], caller)
            except Exception:  # One can sign in while the registry is away.
                posts = []
        values = {"hash": digest(token), "account_id": account["id"], "seen_at": clock.now()}
        await insert_row(db, SessionRow, values | {"post_ids": posts})
        return token

    async def end(self, db: AsyncConnection, request: Request) -> None:
        """Sign out here."""
        token = request.cookies.get(cookie_name(https=self.https), "")
        await db.execute(SESSIONS.delete().where(SESSIONS.c.hash == digest(token)))

    async def clear(self, db: AsyncConnection) -> None:
        """Forget sessions that have ended by themselves."""
        now = clock.now()
        over = (SESSIONS.c.seen_at < now - IDLE) | (SESSIONS.c.created_at < now - LONGEST)
        await db.execute(SESSIONS.delete().where(over))

    def keep(self, answer: Response, token: str) -> Response:
        """Give the browser its session."""
        self._set(answer, "session", token)
        return answer

    def keep_form(self, answer: Response, request: Request) -> Response:
        """Give a browser without a session what its form's token is checked against."""
        if "form_token" in request.scope:
            self._set(answer, "form", request.scope["form_token"])
        return answer

    def forget(self, answer: Response) -> Response:
        """Take the session and everything else of ours from the browser."""
        name = cookie_name(https=self.https)
        answer.delete_cookie(name, secure=self.https, httponly=True, samesite="lax")
        answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return answer

    def _set(self, answer: Response, kind: str, token: str) -> None:
        name = cookie_name(https=self.https, kind=kind)
        answer.set_cookie(name, token, secure=self.https, httponly=True, samesite="lax")


def _secret(token: str) -> bytes:
    """What form tokens are masked from; from it nobody comes back to the cookie."""
    return sha256(b"form token of " + token.encode()).digest()


def _asked() -> Select[Any]:
    """The one question that every page asks: whose session is this, and where are we?"""
    association = select(HOUSES.c.association).limit(1).scalar_subquery()
    return (
        select(
            SESSIONS.c.id,
            SESSIONS.c.seen_at,
            SESSIONS.c.created_at,
            SESSIONS.c.post_ids,
            SESSIONS.c.account_id,
            ACCOUNTS.c.name,
            ACCOUNTS.c.roles,
            ACCOUNTS.c.person_id,
            ACCOUNTS.c.municipality_code,
            association.label("association"),
        )
        .join(ACCOUNTS, ACCOUNTS.c.id == SESSIONS.c.account_id)
        .where(SESSIONS.c.hash == bindparam("asked"), ACCOUNTS.c.closed.is_(False))
    )
