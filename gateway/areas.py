"""Areas: the routes of one part of the pages, each with a name that its address is found by."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter

Page = TypeVar("Page", bound=Callable[..., Any])


class Area(APIRouter):
    """A router whose pages are called `area.page` and stand in no API document."""

    def __init__(self, name: str) -> None:
        super().__init__(include_in_schema=False)
        self.area = name

    def show(self, path: str, page: str) -> Callable[[Page], Page]:
        """A page that is read: GET (and HEAD, as every GET)."""
        return self.api_route(path, methods=["GET", "HEAD"], name=f"{self.area}.{page}")

    def take(self, path: str, page: str) -> Callable[[Page], Page]:
        """A form that is sent: POST to the address of the page of the same name, or its own."""
        return self.post(path, name=f"{self.area}.{page}")
