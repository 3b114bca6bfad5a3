"""The councils service, assembled: every room's routers and collections stand here."""

from fastapi import FastAPI

from services.councils.rights import RIGHTS
from services.councils.tables import METADATA
from services.kit.app import create_service
from services.kit.settings import Settings

# Fixed addresses first: "/councils/vacuum" must not be read as an id.
ROUTERS = [
    # council, seat, meeting, decision
    # need, interview, initiative
]
COLLECTIONS = [
    # council, seat, meeting, decision
    # need, interview, initiative
]


def create_app(settings: Settings) -> FastAPI:
    """The service as one ASGI app."""
    return create_service(
        "councils",
        settings=settings,
        metadata=METADATA,
        routers=ROUTERS,
        collections=COLLECTIONS,
        rights=RIGHTS,
        title="Kompetensnav: råd",
    )
