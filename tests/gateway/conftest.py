"""The pages without the services: the gallery and whatever a test adds."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from gateway.addresses import Addresses
from gateway.html import Pages
from gateway.pages import gallery
from gateway.security import SecurityHeaders
from gateway.visitor import Visitor
from services.kit.identity import Caller
from tests.gateway.looking import Page

VISITOR = Visitor(
    Caller("user", "user:1", roles=("administrator",)), "Exempelperson 1", True, b"s" * 32
)


class Browser:
    """Fetches pages and checks each of them."""

    def __init__(self, app: Any) -> None:
        transport = httpx.ASGITransport(app)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://test")

    async def get(self, path: str, **more: Any) -> Page:
        """A page that is read."""
        return Page(await self.http.get(path, **more))

    async def post(self, path: str, **fields: Any) -> Page:
        """A form that is sent; the page that comes of it."""
        answer = await self.http.post(path, data=fields)
        return Page(answer, checked=answer.status_code != 303)


@pytest.fixture
def pages() -> Pages:
    """The environment, with the gallery's addresses."""
    made = Pages()
    made.addresses = Addresses(gallery.area.routes)
    return made


@pytest.fixture
def app(pages: Pages) -> Any:
    """The gallery as a signed-in administrator sees it, behind the security headers."""
    inner = FastAPI(openapi_url=None)
    inner.state.pages = pages
    inner.include_router(gallery.area)

    @inner.get("/static/{name}")
    async def static(request: Request, name: str) -> Response:
        return pages.static.answer(request, name)

    async def seen(scope: Any, receive: Any, send: Any) -> None:
        scope["visitor"] = VISITOR
        await inner(scope, receive, send)

    return SecurityHeaders(seen, https=False)


@pytest.fixture
def browser(app: Any) -> Browser:
    """A browser in front of the gallery."""
    return Browser(app)
