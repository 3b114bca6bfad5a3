"""Failures: every problem as a page that says in Swedish what happened and what to do."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from gateway.access import may
from gateway.admission import SECRET, UNTOLD
from gateway.areas import TOO_LARGE
from gateway.forms import OURS
from gateway.html import is_htmx, page
from gateway.swedish.fields import known_word
from gateway.swedish.words import BY_KIND
from services.kit.app import problem_from
from services.kit.blame import problem_of
from services.kit.errors import BY_STATUS, Malformed, NotFound, Problem, TooLarge, Unauthenticated
from services.kit.http import answer
from services.kit.log import log

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]

MACHINES = ("/api/", "/oauth/", "/healthz", "/readyz", "/static/")
SHOWN = frozenset({400, 401, 403, 404, 413, 422, 429, 500, 503})
_ID, _WORDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), re.compile(r"[^\W\d_]")
# What a page sends of itself beside what somebody wrote.
MARKS = OURS | {"base", "seen", "turn", "earlier", "mark"}
_CHOSEN = frozenset({"true", "false"}).union(*BY_KIND.values())
NEAREST = {405: 404, 409: 422, 412: 422, 415: 422, 428: 422}


class Failures:
    """Pure ASGI, innermost: what nobody named becomes a page too, and a line in the log."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """ASGI."""
        begun = False

        async def noted(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except ClientDisconnect:
            raise
        except Exception as failure:
            if scope["type"] != "http" or begun or scope["path"].startswith(MACHINES):
                raise
            problem = failure if isinstance(failure, Problem) else problem_of(failure)
            if problem is None:
                log.error("request.failed", exc_info=failure)
            shown = await show(Request(scope), problem or Problem("something went wrong"))
            await shown(scope, receive, send)


async def seen_at_the_door(scope: Scope, problem: Problem) -> App | None:
    """The page of what the door refused; None where a program asks."""
    return None if scope["path"].startswith(MACHINES) else await show(Request(scope), problem)


async def show(request: Request, problem: Problem) -> Response:
    """A problem as a page, or as problem+json where a program asks."""
    if request.url.path.startswith(MACHINES):
        found = answer(problem.body("-"), status=problem.status, headers=problem.headers)
        found.headers["content-type"] = "application/problem+json"
        return found
    await _recognise(request)
    if isinstance(problem, Unauthenticated) and request.method in {"GET", "HEAD"}:
        return _to_sign_in(request)
    if isinstance(problem, TooLarge) and (form := _form_again(request)):
        return form
    status = NEAREST.get(problem.status, problem.status)
    kind = status if status in SHOWN else 500
    codes = {error.code for error in problem.errors}
    return page(
        request,
        f"errors/{kind}.html",
        status=problem.status,
        headers={**problem.headers, **(UNTOLD if _is_secret(request) else {})},
        typed=_typed(request.scope),
        csrf_failed="csrf" in codes,
        wait=problem.headers.get("Retry-After", ""),
    )


def _is_secret(request: Request) -> bool:
    return getattr(request.scope.get("route"), "name", "") in SECRET


def _typed(scope: Scope) -> list[tuple[str, str]]:
    """What a person wrote in a form that cannot come back: nothing is lost, it can be copied.

    Each text with the word for its field, where there is one.
    """
    posted: dict[str, list[str]] = scope.get("posted", {})
    if any(name.startswith("password") for name in posted):
        return []
    area = getattr(scope.get("route"), "name", "").partition(".")[0]
    noun = re.sub("ies$", "y", area).removesuffix("s")
    names = [name for name in posted if name.partition(".")[0] not in MARKS]
    texts = [(name, text.strip()) for name in names for text in posted[name]]
    told = ((_word(name, noun), text) for name, text in texts)
    return list(dict.fromkeys((word, text) for word, text in told if _is_written(word, text)))


def _is_written(word: str, text: str) -> bool:
    """A text of letters; also days and numbers, where it can be said of what."""
    if text in _CHOSEN or _ID.fullmatch(text):
        return False
    return bool(text if word else _WORDS.search(text))


def _word(name: str, noun: str) -> str:
    """The word for a field of a form: of `steps.0.title` and of `present.reception` too."""
    parts = name.split(".")
    return known_word(parts[-1], noun) or known_word(parts[0], noun) or ""


def _form_again(request: Request) -> Response | None:
    """The form that too large a file came with, for whom it is."""
    name, view = TOO_LARGE.get(request.url.path, ("", None))
    visitor = request.scope.get("visitor")
    return view(request) if view and visitor and may(visitor, name) else None


async def _recognise(request: Request) -> None:
    """Show the menu to those who are signed in, unless that is what failed."""
    if "visitor" not in request.scope:
        try:
            await request.app.state.sessions.recognise(request)
        except Exception as failure:
            log.error("visitor.unknown", exc_info=failure)


def _to_sign_in(request: Request) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    query = f"?{urlencode({'next': wanted})}" if wanted != "/" else ""
    address = request.app.state.pages.addresses.to("door.sign_in") + query
    if is_htmx(request):
        return Response(headers={"HX-Redirect": address})
    return Response(status_code=303, headers={"Location": address})


def handle_problems(app: FastAPI) -> None:
    """Let the application answer problems that its pages raise."""

    async def known(request: Request, problem: Any) -> Response:
        return await show(request, problem)

    async def invalid(request: Request, failure: Any) -> Response:
        in_path = any(error["loc"][:1] == ("path",) for error in failure.errors())
        return await show(request, NotFound() if in_path else problem_from(failure.errors()))

    async def http(request: Request, failure: Any) -> Response:
        kind = BY_STATUS.get(failure.status_code, Malformed)
        return await show(request, kind(headers=dict(failure.headers or {})))

    app.add_exception_handler(Problem, known)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
