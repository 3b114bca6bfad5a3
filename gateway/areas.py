"""Areas: the routes of one part of the pages, each with a name that its address is found by."""

import re
from collections.abc import Awaitable, Callable, Container, Iterator, Mapping, Sequence
from functools import wraps
from inspect import signature
from typing import Any, TypeVar
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from gateway.admission import admit
from gateway.clients.house import house_of
from gateway.here import Here
from services.kit.errors import NotFound

Page = TypeVar("Page", bound=Callable[..., Any])
T = TypeVar("T")
# Pages with a file: their name and what they answer where it is too large, by address.
TOO_LARGE: dict[str, tuple[str, Callable[[Request], Response]]] = {}
KEY = re.compile(r"[0-9a-f]{32}")
_PART = re.compile(r"{.*?}")


class PageRoute(Route):
    """The way to a page, which is told which way it is: its name decides who is let in."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request comes this way."""
        match, found = super().matches(scope)
        if found:
            found["route"] = self
        return match, found


class Area:
    """Pages that are called `area.page` and let in whom they are for.

    They are plain routes: what FastAPI finds out of a function for an API and its document would be
    a tenth of a start, and a part of each page's time.
    """

    def __init__(self, name: str) -> None:
        self.area = name
        self.routes: list[PageRoute] = []

    def show(self, path: str, page: str) -> Callable[[Page], Page]:
        """A page that is read: GET (and HEAD, as every GET)."""
        return self._at(path, page, "GET")

    def _at(self, path: str, page: str, method: str) -> Callable[[Page], Page]:
        def added(handler: Page) -> Page:
            name = f"{self.area}.{page}"
            self.routes.append(PageRoute(path, _admitting(handler), methods=[method], name=name))
            return handler

        return added

    def begin(self, path: str, page: str) -> Callable[[Page], Page]:
        """A page with a form that makes something new: its key stands in the address.

        The address is all that a browser surely keeps, so Back comes to a form of the same key,
        and what was made by it is not made again (`Form.begun`).
        """

        def kept(handler: Page) -> Page:
            @wraps(handler)
            async def keyed(**given: Any) -> Any:
                request: Request = given["request"]
                if KEY.fullmatch(request.query_params.get("once", "")):
                    return await handler(**given)
                here = Here.of(request.url.path, request.url.query)
                return RedirectResponse(here.having(once=uuid4().hex), 303)

            self.show(path, page)(keyed)
            return handler

        return kept

    def take(
        self, path: str, page: str, *, too_large: Callable[[Request], Response] | None = None
    ) -> Callable[[Page], Page]:
        """A form that is sent: POST to the address of the page of the same name, or its own.

        What is larger than the door lets in is never read; `too_large` gives the form back.
        """
        if too_large:
            TOO_LARGE[path] = f"{self.area}.{page}", too_large
        return self._at(path, page, "POST")


def with_ways_back(routes: Sequence[Route]) -> Iterator[Route]:
    """The routes, and after each address that a form is sent to but that shows nothing, the way
    from there to the page that it belongs to: a browser asks for it when it is reloaded.
    """
    shown = {_PART.sub("{}", one.path) for one in routes if "GET" in (one.methods or ())}
    answered = set(shown)
    for route in routes:
        yield route
        if (path := _PART.sub("{}", route.path)) not in answered:
            answered.add(path)
            yield Route(route.path, _back_to(path, shown), methods=["GET"])


def _back_to(path: str, shown: Container[str]) -> Callable[[Request], Response]:
    """To the nearest page above, or the one where the thing is changed; else the first page."""
    parts = path.split("/")
    stems = (("/".join(parts[:-cut]), cut) for cut in range(1, len(parts)))
    ways = ((f"{stem}{end}", cut, end) for stem, cut in stems for end in ("", "/andra"))
    found = next(((cut, end) for way, cut, end in ways if way in shown), None)

    def back(request: Request) -> Response:
        if found is None:
            return RedirectResponse("/", 303)
        cut, end = found
        return RedirectResponse(request.url.path.rsplit("/", cut)[0] + end, 303)

    return back


def named_in(known: Mapping[str, T], part: str) -> T:
    """What a part of an address names. NotFound where it names nothing."""
    if part not in known:
        raise NotFound(f"no address has {part} here")
    return known[part]


def _admitting(handler: Page) -> Callable[[Request], Awaitable[Response]]:
    """A page behind its door: given, by their names, the parts of the address that it asks for.

    And the request and the house, where it asks for them.
    """
    asked = signature(handler).parameters.keys()

    @wraps(handler)
    async def admitted(request: Request) -> Response:
        await admit(request)
        given = {"request": request, **request.path_params}
        if "house" in asked:
            given["house"] = house_of(request)
        answer: Response = await handler(**{name: given[name] for name in asked})
        return answer

    return admitted
