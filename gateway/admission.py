"""Admission: what comes before every page, and that a form which changes something is our own."""

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from fastapi import Request

from gateway.access import may
from gateway.posted import MOST_BYTES, fields_of
from gateway.visitor import Visitor
from services.kit.errors import Forbidden, Malformed, TooLarge, Unauthenticated

TYPED = "application/x-www-form-urlencoded"
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# Pages where a file is sent, and how large one may be with the form around it.
WITH_FILE = frozenset({"imports.new"})
# Pages that a secret address opens: whoever sends its form has it, and no other site does. They
# tell nobody their address, so that browsers name no origin either.
BY_TOKEN = frozenset(
    {
        "approval_sheets.show",
        "approval_sheets.withdraw",
        "event_door.cancel",
        "pulse_links.answer",
        "reply_links.answer",
    }
)
# All secret addresses, also those that are only looked at.
SECRET = BY_TOKEN | {"event_door.own", "pulse_links.thanks"}
# The address is the key: it goes to nobody else, and nobody finds it by searching.
UNTOLD: Mapping[str, str] = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
FILE_MOST = 21 * 1024 * 1024


async def admit(request: Request) -> None:
    """What comes before every page: who is it, may they, and did our own form send it."""
    visitor: Visitor = await request.app.state.sessions.recognise(request)
    if not may(visitor, request.scope["route"].name):
        await _keep_typed(request)
        raise Forbidden if visitor.signed_in else Unauthenticated
    if request.method in UNSAFE:
        await _demand_own_form(request, visitor)


async def _keep_typed(request: Request) -> None:
    """Read what our own form brought in vain, so that the answer shows it and nothing is lost."""
    kind, length = request.headers.get("content-type", ""), request.headers.get("content-length")
    small = length and length.isdigit() and int(length) <= MOST_BYTES
    if request.method in UNSAFE and kind.startswith(TYPED) and small:
        with suppress(Forbidden, Malformed):
            demand_same_origin(request)
            request.scope["posted"] = await fields_of(request)


async def _demand_own_form(request: Request, visitor: Visitor) -> None:
    by_token = request.scope["route"].name in BY_TOKEN
    if not by_token:
        demand_same_origin(request)
    length = request.headers.get("content-length", "0")
    if not length.isdigit():
        raise Malformed("content-length is not a number")
    files = int(request.scope["route"].name in WITH_FILE)
    most = FILE_MOST if files else MOST_BYTES
    if int(length) > most:
        raise TooLarge(f"at most {most} bytes")
    posted = request.scope["posted"] = await fields_of(request, files=files)
    token = posted.get("csrf", [""])[0]
    if not by_token and not visitor.accepts(token):
        await request.close()
        raise Forbidden("the form is too old, or not ours", reason="csrf", field="csrf")


def demand_same_origin(request: Request) -> None:
    """Forbidden where a browser says that another site sent the form."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    if site not in {"same-origin", "none"}:
        raise Forbidden("sent from another site", reason="csrf", field="csrf")
    ours = {request.headers.get("host", ""), request.app.state.base_host}
    if origin is not None and urlsplit(origin).netloc not in ours - {""}:
        raise Forbidden("sent from another site", reason="csrf", field="csrf")
