"""The actors service, assembled."""

from fastapi import FastAPI

from services.actors.actor import routes as actor
from services.actors.actor.queries import ACTORS, STANDINGS
from services.actors.rights import RIGHTS
from services.actors.tables import METADATA
from services.kit.app import create_service
from services.kit.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """The service as one ASGI app."""
    return create_service(
        "actors",
        settings=settings,
        metadata=METADATA,
        # Fixed addresses first: "/actors/likely-same" must not be read as an id.
        routers=[actor.router, actor.actors, actor.standings],
        collections=[ACTORS, STANDINGS],
        rights=RIGHTS,
        title="Kompetensnav: aktörer",
    )
