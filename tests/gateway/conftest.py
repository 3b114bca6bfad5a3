"""The pages without the services: the gallery and whatever a test adds."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from gateway.addresses import Addresses
from gateway.app import create_app
from gateway.html import Pages
from gateway.pages import areas_of, gallery
from gateway.security import SecurityHeaders
from gateway.visitor import Visitor
from services.kit.identity import Caller
from tests.conftest import SERVICES, settings_for
from tests.gateway.looking import Page
from tests.gateway.signing_in import OWN_AREAS
from tests.gateway.whole import Whole
from tests.wire.running import settings_of

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
    """The environment, with the addresses of the gateway's own pages."""
    made = Pages()
    routes = [route for area in areas_of(OWN_AREAS) for route in area.routes]
    made.addresses = Addresses(routes)
    return made


@pytest.fixture
def app(pages: Pages) -> Any:
    """The gallery as a signed-in administrator sees it, behind the security headers."""
    inner = FastAPI(openapi_url=None)
    inner.state.pages = pages
    for route in gallery.area.routes:  # without the door, as the visitor is already known
        inner.add_api_route(
            route.path, route.endpoint.__wrapped__, methods=route.methods, name=route.name
        )

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


@pytest.fixture
async def gateway(databases: Any, tmp_path: Path) -> AsyncIterator[Any]:
    """The gateway's app with its own pages only, over http on loopback."""
    url = await databases.ready("gateway")
    with databases.lasting():
        made = create_app(settings_for(url, tmp_path), areas=OWN_AREAS)
    async with made.router.lifespan_context(made):
        yield made
    databases.give_back(url)


@pytest.fixture
async def whole(databases: Any, tmp_path: Path) -> AsyncIterator[Whole]:
    """The gateway with every page, and every service inside it."""
    urls = {name: await databases.ready(name) for name in (*SERVICES, "gateway")}
    each = settings_of(urls, tmp_path)
    services = {name: each[name] for name in SERVICES}
    with databases.lasting():
        made = create_app(each["gateway"], services=services)
    async with made.router.lifespan_context(made):
        yield Whole(made)
    databases.give_back(*urls.values())
