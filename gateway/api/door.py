"""The API's door: what comes to /api/v1 and /oauth, answered before the pages are thought of.

Pure ASGI and outermost. The way of most requests is short: whose key, how many left, which
service, bytes through.
"""

import re
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from os import urandom
from typing import Any
from urllib.parse import parse_qsl

from fastapi import FastAPI
from starlette.requests import Request

from gateway.api import oauth, own
from gateway.api.bearers import REALM, Bearers, is_secret
from gateway.api.directory import Directory, noun_of
from gateway.api.limits import Limits
from gateway.api.own import Visit
from gateway.api.passing import ROOT, Crossing, Passage
from gateway.api.saved import Documents
from gateway.keys import Pepper
from gateway.security import FIXED, STRICT_TRANSPORT
from gateway.session import Sessions, cookie_name
from gateway.switchboard import Switchboard
from services.kit.db import Database
from services.kit.errors import Forbidden, Malformed, NotFound, Unauthenticated
from services.kit.identity import Caller
from services.kit.middleware import App, Door, Receive, Scope, Send
from services.kit.settings import Settings

MEDIA = ("application/json", "application/x-ndjson", "text/csv", oauth.FORM)
BODY_MOST = 1024 * 1024
READING = frozenset({"GET", "HEAD", "OPTIONS"})
NO_STORE = (b"cache-control", b"no-store")
POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_PATH = re.compile(rf"{ROOT}((?:/[A-Za-z0-9_~:-][A-Za-z0-9_.~:-]*)+)")
_SECRETS = frozenset({"api_key", "apikey", "api-key", "access_token"})


class Template:
    """What the log says of an address: its noun alone."""

    def __init__(self, path: str) -> None:
        self.path = path


class Parts:
    """What the API is made of, in one installation."""

    def __init__(
        self,
        settings: Settings,
        *,
        database: Database,
        sessions: Sessions,
        switchboard: Switchboard,
        embedded: Mapping[str, FastAPI],
    ) -> None:
        self.settings, self.database, self.sessions = settings, database, sessions
        self.pepper = Pepper.of(settings)
        self.bearers = Bearers(database, self.pepper)
        self.limits = Limits(settings.requests_per_minute)
        self.switchboard = switchboard
        self.directory = Directory(switchboard, embedded)
        self.documents = Documents()
        self.passage = Passage(switchboard, dict(embedded))
        self.cookie = cookie_name(https=sessions.https)


class Api:
    """ASGI: takes what is the API's and leaves the rest to the pages."""

    def __init__(self, app: App, *, https: bool) -> None:
        self.app = app
        self.door = Door(self._answer, service="api", keys={}, media=MEDIA, body_most=BODY_MOST)
        named = FIXED | (STRICT_TRANSPORT if https else {})
        fixed = [(name.lower().encode(), value.encode()) for name, value in named.items()]
        # The door before us says nosniff itself.
        self.fixed = [POLICY, *(pair for pair in fixed if pair[0] != b"x-content-type-options")]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        path = scope["path"] if scope["type"] == "http" else ""
        if not path.startswith((f"{ROOT}/", oauth.PATH)) and path not in {ROOT, "/api"}:
            await self.app(scope, receive, send)
            return
        scope["request_id"] = number = urandom(16).hex()
        kept = [pair for pair in scope["headers"] if pair[0] != b"x-request-id"]
        scope["headers"] = [*kept, (b"x-request-id", number.encode())]

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *self.fixed, *scope.get("limits", ())]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append(NO_STORE)
                message["headers"] = headers
            await send(message)

        await self.door(scope, receive, guarded)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts: Parts = scope["app"].state.api
        path = scope["path"]
        if path.startswith(oauth.PATH):
            answer = await oauth.answer(parts.bearers, scope, receive)
            await answer(scope, receive, send)
            return
        demand_no_secret(path, scope["query_string"])
        visit = Visit(parts, scope, receive)
        if (found := own.ROUTES.get(path)) is not None:
            scope["route"] = Template(path)
            answer = await own.answer(found, visit, find_caller)
            await answer(scope, receive, send)
            return
        scope["caller"] = caller = await find_caller(visit, _scope_for(scope["method"]))
        inside = _PATH.fullmatch(path)
        noun = noun_of(inside[1]) if inside else ""
        service = await parts.directory.service_of(noun) if inside else None
        if service is None or inside is None:
            raise NotFound("there is nothing at this address")
        scope["route"] = Template(f"{ROOT}/{noun}")
        if not scope["query_string"].isascii():
            raise Malformed("the query must be percent-encoded")
        crossing = Crossing(service, inside[1], caller, scope, receive, send)
        await parts.passage.pass_on(crossing)


def demand_no_secret(path: str, query: bytes) -> None:
    """Malformed where a key stands in the address, whoever asks: addresses end up in logs."""
    said = [("", path.rpartition("/")[2])]
    if query:
        said += parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    for name, value in said:
        if name.lower() in _SECRETS or is_secret(value):
            raise Malformed(
                "a key is sent in the Authorization header, never in the address: "
                "this one may have been logged on its way, so change it",
                field=name,
                reason="secret_in_address",
            )


def _scope_for(method: str) -> str:
    return "read" if method in READING else "write"


async def find_caller(visit: Visit, needed: str | None) -> Caller:
    """Who asks, counted and with the scope that is needed. Unauthenticated, Forbidden."""
    header = next((v for n, v in visit.scope["headers"] if n == b"authorization"), None)
    if header is None:
        return await _by_session(visit)
    kind, _, text = header.decode("latin-1").partition(" ")
    if kind.lower() != "bearer" or not text:
        raise Unauthenticated("send Authorization: Bearer", headers={"WWW-Authenticate": REALM})
    visit.bearer = bearer = await visit.parts.bearers.recognise(text.strip())
    visit.scope["limits"] = visit.parts.limits.take(bearer.key.client_id)
    if needed is not None and needed not in bearer.scopes:
        raise Forbidden(
            f"the key has not the scope {needed}",
            headers={"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{needed}"'},
        )
    return bearer.caller(visit.scope["request_id"])


async def _by_session(visit: Visit) -> Caller:
    """A signed-in user may read here as on the pages, with the same rights."""
    if visit.scope["method"] in READING and _has_cookie(visit.scope, visit.parts.cookie):
        visitor = await visit.parts.sessions.recognise(Request(visit.scope))
        if visitor.signed_in:
            visit.scope["limits"] = visit.parts.limits.take(visitor.caller.subject)
            return visitor.caller
    raise Unauthenticated("a key is needed", headers={"WWW-Authenticate": REALM})


def _has_cookie(scope: Scope, name: str) -> bool:
    for key, value in scope["headers"]:
        if key == b"cookie":
            try:
                return name in SimpleCookie(value.decode("latin-1"))
            except CookieError:
                return False
    return False
