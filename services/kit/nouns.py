"""Nouns: what a service has, told in a moment.

Its OpenAPI document says it too, and takes a second to make: nobody should wait for that.
"""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request, Response

from services.kit.http import answer

# What several services have: the word after it says whose.
SHARED = ("export", "import")


def noun_of(path: str) -> str:
    """The first segment of a path, or the first two where the first says only which way."""
    first, *rest = path.split("/")[1:3]
    return "/".join((first, *rest)) if first in SHARED else first


def nouns_of(routes: Iterable[Any]) -> list[str]:
    """The nouns of the routes that stand in a service's document."""
    shown = (route for route in routes if getattr(route, "include_in_schema", False))
    return sorted({noun_of(getattr(route, "path", "/")) for route in shown})


def nouns_routes() -> APIRouter:
    """GET /nouns, for the programs of the house."""
    router = APIRouter(include_in_schema=False)

    @router.get("/nouns")
    async def nouns(request: Request) -> Response:
        return answer(nouns_of(request.app.routes))

    return router
