"""Areas: the routes of one part of the pages, each with a name that its address is found by."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import uuid4

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from gateway.admission import admit
from gateway.here import Here

Page = TypeVar("Page", bound=Callable[..., Any])
# Pages with a file: their name and what they answer where it is too large, by address.
TOO_LARGE: dict[str, tuple[str, Callable[[Request], Response]]] = {}
KEY = re.compile(r"[0-9a-f]{32}")


class Area(APIRouter):
    """A router whose pages are called `area.page`, let in whom they are for, and are no API."""

    def __init__(self, name: str) -> None:
        super().__init__(include_in_schema=False, dependencies=[Depends(admit)])
        self.area = name

    def show(self, path: str, page: str) -> Callable[[Page], Page]:
        """A page that is read: GET (and HEAD, as every GET)."""
        return self.api_route(path, methods=["GET", "HEAD"], name=f"{self.area}.{page}")

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
        return self.post(path, name=f"{self.area}.{page}")
