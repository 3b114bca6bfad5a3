"""The gateway, assembled: pages and API behind one door, in front of services here or elsewhere."""

import asyncio
from collections import ChainMap
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.middleware import Middleware

from gateway import throttle
from gateway.access import demand_declared
from gateway.addresses import Addresses
from gateway.api.door import Api, Parts
from gateway.areas import Area, with_ways_back
from gateway.clients.actors import Actors
from gateway.failures import Failures, handle_problems, seen_at_the_door
from gateway.floor import Floor
from gateway.html import Pages
from gateway.importing import uploads
from gateway.importing.work import Works
from gateway.pages import area_names, areas_of
from gateway.passwords import Passwords
from gateway.security import SecurityHeaders
from gateway.session import DOOR, PostsOf, Sessions
from gateway.switchboard import Switchboard, remote_line, straight_line
from services.kit import anchor, clock
from services.kit.app import TELEMETRY, VERSION, health_routes
from services.kit.db import Database
from services.kit.identity import Caller
from services.kit.log import log
from services.kit.middleware import Door
from services.kit.settings import Settings

SERVICES = ("actors", "councils", "analysis")
MEDIA = (
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/json",
    "application/x-ndjson",
    "text/csv",
)
BODY_MOST = 64 * 1024 * 1024
CLEAR_SECONDS = 600


def create_app(
    settings: Settings,
    services: Mapping[str, Settings] | None = None,
    areas: Iterable[str] | None = None,
) -> FastAPI:
    """The gateway as one ASGI app; `services` are those that live in this same process.

    `areas` are the modules of pages; all of them where none are named.
    """
    https = is_https(settings)
    app = FastAPI(
        title="Kompetensnav",
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry=TELEMETRY,
        lifespan=_lifespan,
        middleware=[
            Middleware(Api, https=https),
            Middleware(SecurityHeaders, https=https),
            Middleware(
                Door,
                service="gateway",
                keys={},
                media=MEDIA,
                body_most=BODY_MOST,
                show=seen_at_the_door,
            ),
            Middleware(Failures),
        ],
    )
    app.state.name, app.state.settings = "gateway", settings
    app.state.instance, app.state.draining = uuid4().hex, False
    app.state.database = Database(
        settings.database_url, pool_size=settings.pool_size, behind_pooler=settings.behind_pooler
    )
    app.state.works = Works(app.state.database)
    app.state.base_host = urlsplit(settings.base_url).netloc
    app.state.pages = Pages(https=https)
    app.state.passwords = Passwords()
    app.state.embedded, app.state.switchboard = _lines(settings, services or {})
    app.state.floor = Floor(app.state.switchboard, app.state)
    # Those inside have no readiness of their own.
    app.state.doubts = ChainMap({}, *(one.state.doubts for one in app.state.embedded.values()))
    app.state.sessions = Sessions(
        app.state.database, https=https, posts_of=_posts_from(app.state.switchboard)
    )
    app.state.api = Parts(
        settings,
        database=app.state.database,
        sessions=app.state.sessions,
        switchboard=app.state.switchboard,
        embedded=app.state.embedded,
    )
    chosen = area_names() if areas is None else areas
    _add_routes(app, areas_of(name for name in chosen if name != "gallery" or not https))
    handle_problems(app)
    return app


def is_https(settings: Settings) -> bool:
    """Whether browsers reach the house over https. Refuses to start where they would not."""
    base = urlsplit(settings.base_url)
    if base.scheme == "https":
        return True
    if not _is_loopback(base.hostname or settings.host):
        raise RuntimeError("BASE_URL must begin with https:// where the house is not on loopback")
    return False


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _lines(
    settings: Settings, services: Mapping[str, Settings]
) -> tuple[dict[str, FastAPI], Switchboard]:
    """The way to each service: straight where it lives here, over sockets where it does not."""
    if not services:
        lines = {name: remote_line(settings.urls(name)) for name in SERVICES}
        return {}, Switchboard(settings.keys, lines)
    from gateway.embedded import StraightTransport, embedded_apps  # noqa: PLC0415

    apps = embedded_apps(services)
    lines = {name: straight_line(StraightTransport(app)) for name, app in apps.items()}
    return apps, Switchboard(settings.keys, lines)


def _posts_from(switchboard: Switchboard) -> PostsOf:
    """How the sessions find out which posts a user's person holds today."""

    async def posts_of(person_id: UUID, caller: Caller) -> list[UUID]:
        holdings = Actors(switchboard, caller).holdings
        held = await holdings.list(person_id=person_id, as_of=clock.today(), limit=200)
        return [UUID(holding["post_id"]) for holding in held.items if not holding["ended"]]

    return posts_of


def _add_routes(app: FastAPI, areas: list[Area]) -> None:
    routes = [route for area in areas for route in area.routes]
    demand_declared(routes)
    app.state.pages.addresses = Addresses(routes)
    # Straight into one list: include_router would make each route anew at the first request.
    app.router.routes += [*health_routes().routes, *_static_routes().routes]
    app.router.routes += with_ways_back(routes)


def _static_routes() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{name}")
    async def static(request: Request, name: str) -> Response:
        pages: Pages = request.app.state.pages
        return pages.static.answer(request, name)

    @router.get("/favicon.ico")
    async def icon(request: Request) -> Response:
        pages: Pages = request.app.state.pages
        return pages.static.answer(request, "icon.svg")

    return router


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        if app.state.embedded:
            from gateway.embedded import lifespans  # noqa: PLC0415

            await stack.enter_async_context(lifespans(app.state.embedded))
        keepers = [asyncio.create_task(keep(app)) for keep in (_keep_house, _keep_anchors)]
        try:
            yield
        finally:
            for keeper in keepers:
                keeper.cancel()
                with suppress(asyncio.CancelledError):
                    await keeper
            if app.state.draining:  # an orderly stop, also of those inside
                for inside in app.state.embedded.values():
                    inside.state.draining = True
                await anchor.keep(app.state)
            await app.state.floor.close()
            await app.state.works.close()
            await app.state.switchboard.close()
            await app.state.database.close()


async def _keep_house(app: FastAPI) -> None:
    """Forget ended sessions, old guesses and files."""
    state: Any = app.state
    while True:
        await asyncio.sleep(CLEAR_SECONDS)
        try:
            async with state.database.writing(DOOR) as db:
                await state.sessions.clear(db)
                await throttle.clear(db)
                await uploads.clear(db)
        except Exception as failure:  # the database is away: the next turn asks it again
            log.warning("house.not_cleared", error=type(failure).__name__)


async def _keep_anchors(app: FastAPI) -> None:
    async for due in anchor.turns(app.state.settings.anchor_seconds):
        await anchor.keep(app.state, due=due)
