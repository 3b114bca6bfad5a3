"""Signing in: a browser against the whole gateway, and users to be."""

import re
from typing import Any
from uuid import UUID

import httpx
from argon2 import PasswordHasher

from gateway import accounts
from gateway.drafts import AccountDraft
from gateway.session import DOOR
from tests.gateway.looking import Page

PASSWORD = "tre glada grisar i Tidan"  # of nobody
# Checked as any other, and made for a thousandth of the work: test_door.py sees to the real ones.
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
OWN_AREAS = ("about", "account", "door", "gallery", "settings", "users")
SEE_OTHER = 303


class Browser:
    """A browser with cookies in front of a gateway; every page it fetches is checked."""

    def __init__(self, app: Any, base: str = "http://127.0.0.1:8000") -> None:
        self.app, self.base = app, base
        transport = httpx.ASGITransport(app, client=("203.0.113.7", 1234))
        self.http = httpx.AsyncClient(transport=transport, base_url=base)

    @property
    def session(self) -> str:
        """The cookie's value; empty where nobody is signed in."""
        return self.http.cookies.get("session") or self.http.cookies.get("__Host-session") or ""

    def another(self) -> "Browser":
        """Somebody else's browser, or the same user's on another machine."""
        return Browser(self.app, self.base)

    async def get(self, path: str, **more: Any) -> Page:
        """A page that is read; of redirects only that to a form with its key is followed."""
        answer = await self.http.get(path, **more)
        place = answer.headers.get("location", "")
        if place.startswith(path.partition("?")[0]) and "once=" in place:
            answer = await self.http.get(place, **more)
        return Page(answer, checked=answer.status_code != SEE_OTHER)

    async def submit(self, path: str, *, at: str = "", **fields: Any) -> Page:
        """Fetch the page, fill in its form as given, send it."""
        before = await self.get(path)
        sent = before.fields(at or path) | fields
        return await self.send(at or path, **sent)

    async def send(self, path: str, headers: dict[str, str] | None = None, **fields: Any) -> Page:
        """POST fields as they are."""
        answer = await self.http.post(path, data=fields, headers=headers)
        return Page(answer, checked=answer.status_code != SEE_OTHER)

    async def sign_in(self, email: str, password: str = PASSWORD) -> Page:
        """Through the sign-in page."""
        return await self.submit("/logga-in", email=email, password=password)


async def token_for(app: Any, *roles: str, email: str, **more: Any) -> tuple[UUID, str]:
    """A new user and the token of its link."""
    draft = AccountDraft(email=email, name="Exempelperson 1", roles=list(roles), **more)  # type: ignore[arg-type]
    async with app.state.database.writing(DOOR) as db:
        account, token = await accounts.open_account(db, draft)
    return account["id"], token


async def user(app: Any, *roles: str, email: str = "anna@exempel.se", **more: Any) -> UUID:
    """A new user whose password is PASSWORD."""
    number, _ = await token_for(app, *(roles or ("reader",)), email=email, **more)
    async with app.state.database.writing(DOOR) as db:
        await accounts.set_password(db, number, HASH)
    return number


async def signed_in(app: Any, *roles: str, email: str = "anna@exempel.se", **more: Any) -> Browser:
    """A browser where a new user with some roles is signed in."""
    await user(app, *roles, email=email, **more)
    browser = Browser(app)
    assert (await browser.sign_in(email)).status == SEE_OTHER
    return browser


def links_in(text: str) -> list[str]:
    """The addresses of welcome links in a page."""
    return re.findall(r"/valkommen/[\w-]+", text)
