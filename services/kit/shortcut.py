"""The shortcut: lists and single things are answered before routing begins.

Routing walks every route of an app; most requests are one of two kinds that a dictionary finds at
once. The same functions answer as the routes would, which stay for the document and the rest.
"""

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request

from services.kit.collection import Collection
from services.kit.http import Call
from services.kit.middleware import App, Receive, Scope, Send
from services.kit.resources import answer_list, answer_one

ID_LENGTH = 36


def shortcuts(routes: Iterable[Any]) -> dict[str, tuple[Collection, Any]]:
    """The collections' lists by address, with the route that would have answered."""
    found = {}
    for route in routes:
        things = getattr(getattr(route, "endpoint", None), "lists", None)
        if things is not None:
            found[route.path] = (things, route)
    return found


class Shortcut:
    """ASGI: answers GET of a list or a thing, and leaves everything else to the app."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        table, path = scope["app"].state.shortcuts, scope["path"]
        above, _, last = path.rpartition("/")
        found = table.get(path) or (table.get(above) if len(last) == ID_LENGTH else None)
        if found is None:
            await self.app(scope, receive, send)
            return
        things, scope["route"] = found
        call = Call.of(Request(scope, receive))
        whole = path == things.path
        answered = await (answer_list(call, things) if whole else answer_one(call, things, last))
        await answered(scope, receive, send)
