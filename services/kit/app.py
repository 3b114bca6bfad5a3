"""The application factory: every service is assembled here, and nowhere else."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from functools import cache, partial
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from sqlalchemy import MetaData, text
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Match

from services.kit import anchor, idempotency
from services.kit.asking import wrong_parameters
from services.kit.batch import batch_routes
from services.kit.collection import Collection
from services.kit.db import Database
from services.kit.declared import declare, demand_declared
from services.kit.errors import (
    BY_STATUS,
    Conflict,
    Forbidden,
    Malformed,
    NotFound,
    Problem,
    Rejected,
    Stale,
    Unconditional,
    field_errors,
)
from services.kit.feed import feed_routes
from services.kit.http import answer
from services.kit.judging import also_refused, demand_writable
from services.kit.known import known_routes
from services.kit.log import configure, log
from services.kit.middleware import QUERY_WITHIN, Door
from services.kit.nouns import nouns_routes
from services.kit.problem_docs import ProblemBody
from services.kit.rights import Rights
from services.kit.settings import Settings
from services.kit.shortcut import Shortcut, shortcuts
from services.kit.tagged import Tagged

VERSION = "1.0.0"
# Half of what a read costs; only where somebody listens.
_LISTENED = "OTEL_EXPORTER_OTLP_ENDPOINT" in os.environ
TELEMETRY: Any = dict.fromkeys(("tracing", "metrics", "logs"), _LISTENED)


def create_service(
    name: str,
    *,
    settings: Settings,
    metadata: MetaData,
    routers: Iterable[APIRouter],
    collections: Iterable[Collection],
    rights: Rights,
    title: str,
) -> FastAPI:
    """A service: its routes behind the door, its feed, health, and one database."""
    configure(settings.log_level)
    app = FastAPI(
        title=title,
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        telemetry=TELEMETRY,
        lifespan=_lifespan,
        middleware=[
            Middleware(Door, service=name, keys=settings.keys, query_most=QUERY_WITHIN),
            Middleware(Shortcut),
            Middleware(Tagged),
        ],
    )
    app.state.name, app.state.settings, app.state.metadata = name, settings, metadata
    app.state.rights, app.state.collections = rights, list(collections)
    app.state.database = Database(
        settings.database_url, pool_size=settings.pool_size, behind_pooler=settings.behind_pooler
    )
    app.state.instance, app.state.draining = uuid4().hex, False
    app.state.doubts = {}  # by ledger, a word: what readiness tells, and administrators see
    app.state.wire = None  # a service that calls others hangs its switchboard here
    app.state.meanwhile = []  # what a service does beside its answers, until it is cancelled
    app.state.last = []  # what a service does before its wire and its database are closed
    kept = app.state.collections
    inner = (feed_routes(kept), known_routes(kept), batch_routes())
    own = (*inner, nouns_routes(), health_routes())
    for router in (*routers, *own):
        # Straight into one list: include_router would wrap each router and cost every request.
        app.router.routes.extend(router.routes)
    app.state.shortcuts = shortcuts(app.routes)
    app.state.kept_at = {things.path: things for things in kept}
    handle_problems(app)
    app.state.inside = ExceptionMiddleware(
        Shortcut(AsyncExitStackMiddleware(app.router)), handlers=app.exception_handlers
    )
    declare(app, rights)
    demand_declared(app, rights)
    _document_problems(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    works = (partial(_keep_house, app), *app.state.meanwhile)
    keepers = [asyncio.create_task(work()) for work in works]
    try:
        yield
    finally:
        for keeper in keepers:
            keeper.cancel()
        for keeper in keepers:
            with suppress(asyncio.CancelledError):
                await keeper
        if app.state.draining:
            await anchor.keep(app.state)
        for finish in app.state.last:
            await finish()
        if app.state.wire is not None:
            await app.state.wire.close()
        await app.state.database.close()


async def _keep_house(app: FastAPI) -> None:
    """Soon after the start and every hour: anchor the ledger, forget old idempotency keys.

    A ledger that grows fast is anchored in between.
    """
    settings: Settings = app.state.settings
    async for due in anchor.turns(settings.anchor_seconds):
        await anchor.keep(app.state, due=due)
        if not due:
            continue
        try:
            async with app.state.database.engine.begin() as db:
                await idempotency.forget(db)
        except Exception as failure:  # the database is away: the next turn asks it again
            log.warning("idempotency.not_forgotten", error=type(failure).__name__)


def health_routes() -> APIRouter:
    """Liveness and readiness, open to whoever can reach the port; no detail beyond a word."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def alive(request: Request) -> Response:
        return answer({"status": "alive", "instance": request.app.state.instance})

    @router.get("/readyz")
    async def ready(request: Request) -> Response:
        state = request.app.state
        if state.draining:
            return answer({"status": "draining"}, status=503)
        try:
            async with asyncio.timeout(2), state.database.reading() as db:
                revision = await db.scalar(text("SELECT max(version_num) FROM alembic_version"))
        except Exception:
            return answer({"status": "no database"}, status=503)
        told = {"status": "ready", "instance": state.instance, "schema": revision}
        return answer(told | ({"doubts": dict(state.doubts)} if state.doubts else {}))

    return router


def handle_problems(app: FastAPI) -> None:
    """Every failure becomes problem+json with the request id, and says all wrong fields."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


# What says that a thing is there: told only of one that the caller may write.
_TELLING = (Rejected, Conflict, Stale, Unconditional)


async def _problem(request: Request, problem: Any) -> Response:
    if isinstance(problem, _TELLING):
        try:
            await demand_writable(request)
        except (Forbidden, NotFound) as first:
            problem = first
    return _told(request, problem)


def _told(request: Request, problem: Problem) -> Response:
    body = problem.body(_request_id(request))
    found = answer(body, status=problem.status, headers=problem.headers)
    found.headers["content-type"] = "application/problem+json"
    return found


def _request_id(request: Request) -> str:
    caller = request.scope.get("caller")
    return caller.request_id if caller else request.headers.get("x-request-id", "-")[:80]


async def _invalid(request: Request, failure: Any) -> Response:
    problem = problem_from(failure.errors())
    problem.errors += await also_refused(request, failure.body, problem.errors)
    return await _problem(request, problem)


def problem_from(errors: Iterable[Any]) -> Problem:
    """What Pydantic found, as one problem: 422 for fields, 400 for the query and broken JSON."""
    errors = list(errors)
    if in_query := [error for error in errors if error["loc"][:1] == ("query",)]:
        return wrong_parameters(in_query)
    found = field_errors(errors)
    broken = any(error.code == "json_invalid" for error in found)
    kind = Malformed if broken else Rejected
    return kind("the JSON cannot be read" if broken else "", errors=found)


async def _http(request: Request, failure: Any) -> Response:
    if isinstance(failure.__cause__, Problem):
        # FastAPI reads the body for us and calls every failure there a 400.
        return await _problem(request, failure.__cause__)
    kind = BY_STATUS.get(failure.status_code, Malformed)
    if failure.status_code == 404:  # noqa: PLR2004
        kind = NotFound
    headers = dict(failure.headers or {})
    if "Allow" in headers:
        headers["Allow"] = ", ".join(_allowed(request))
    return await _problem(request, kind(headers=headers))


def _allowed(request: Request) -> list[str]:
    """The methods of all routes of this address; Starlette says those of the first alone."""
    routes = [route for route in request.app.routes if hasattr(route, "methods")]
    fits = [r.path for r in routes if r.matches(request.scope)[0] is not Match.NONE]
    own = min(fits, key=lambda path: "{" in path)  # `bulk` is no id where it is an address
    return sorted({method for r in routes if r.path == own for method in r.methods})


def _document_problems(app: FastAPI) -> None:
    """Put the shared schemas into the document that the generated routes refer to."""
    build = app.openapi

    def documented() -> dict[str, Any]:
        document = build()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        shared = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(shared.pop("$defs", {}))
        schemas.setdefault("ProblemBody", shared)
        return document

    app.openapi = cache(documented)  # type: ignore[method-assign]
