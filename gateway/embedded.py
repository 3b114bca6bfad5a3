"""Embedded: the three services in this same process; the only module that imports their apps."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from services.actors.app import connect as connect_actors
from services.actors.app import create_app as create_actors
from services.analysis.app import create_app as create_analysis
from services.councils.app import connect
from services.councils.app import create_app as create_councils
from services.kit.settings import Settings
from services.kit.straight import StraightTransport
from services.kit.switchboard import straight_line

__all__ = ["StraightTransport", "embedded_apps", "lifespans"]


def embedded_apps(settings: Mapping[str, Settings]) -> dict[str, FastAPI]:
    """The services' apps, each with its own settings; the ways between them are straight."""
    apps = {"actors": create_actors(settings["actors"])}
    apps["councils"] = create_councils(settings["councils"])
    lines = {name: straight_line(StraightTransport(app)) for name, app in apps.items()}
    apps["analysis"] = create_analysis(settings["analysis"], lines)
    asked = {n: straight_line(StraightTransport(apps[n])) for n in ("actors", "analysis")}
    connect(apps["councils"], **asked)
    connect_actors(apps["actors"], straight_line(StraightTransport(apps["councils"])))
    return apps


@asynccontextmanager
async def lifespans(apps: Mapping[str, FastAPI]) -> AsyncIterator[None]:
    """Start and stop embedded apps: nobody else enters their lifespans."""
    async with AsyncExitStack() as stack:
        for app in apps.values():
            await stack.enter_async_context(app.router.lifespan_context(app))
        yield
