"""The directory: which service has a noun, as the services themselves say it."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import FastAPI

from gateway.switchboard import Switchboard
from services.kit.errors import Unavailable
from services.kit.identity import Caller

Document = dict[str, Any]
INTERNAL = frozenset({"feed", "batch", "known", "healthz", "readyz", "openapi.json"})
SERVICES = ("actors", "councils", "analysis")
READER = Caller("service", "svc:gateway", request_id="directory")
AGAIN_SECONDS = 2.0


def noun_of(path: str) -> str:
    """The first segment of a path."""
    return path.split("/", 2)[1]


class Directory:
    """The nouns of every service.

    A service in this process is asked by its routes; one elsewhere by its OpenAPI document, when
    somebody first wants one of its nouns.
    """

    def __init__(self, switchboard: Switchboard, embedded: Mapping[str, FastAPI]) -> None:
        self.switchboard, self.embedded = switchboard, embedded
        self.nouns: dict[str, str] = {}
        self._waiting = {name for name in SERVICES if name not in embedded}
        self._asked_at, self._asking = 0.0, asyncio.Lock()
        for name, app in embedded.items():
            shown = (route for route in app.routes if getattr(route, "include_in_schema", False))
            self._add(name, (getattr(route, "path", "/") for route in shown))

    def _add(self, service: str, paths: Any) -> None:
        found = {noun_of(path) for path in paths} - INTERNAL
        self.nouns.update(dict.fromkeys(sorted(found), service))

    async def service_of(self, noun: str) -> str | None:
        """The service that has a noun; None where nobody has. Unavailable where we cannot know."""
        found = self.nouns.get(noun)
        if found is None and self._waiting and noun not in INTERNAL:
            await self._ask()
            found = self.nouns.get(noun)
            if found is None and self._waiting:
                raise Unavailable("a part of the house has not said what it has")
        return found

    async def everything(self) -> dict[str, str]:
        """Every noun and its service. Unavailable where one has not answered."""
        if self._waiting:
            await self._ask()
        if self._waiting:
            raise Unavailable("a part of the house has not said what it has")
        return self.nouns

    async def _ask(self) -> None:
        async with self._asking:
            if time.monotonic() - self._asked_at < AGAIN_SECONDS:
                return
            self._asked_at = time.monotonic()
            for name in sorted(self._waiting):
                try:
                    document = await self.document(name)
                except Unavailable:
                    continue
                self._add(name, document["paths"])
                self._waiting.discard(name)

    async def document(self, service: str) -> Document:
        """A service's own OpenAPI document. Unavailable."""
        if service in self.embedded:
            # Made in half a second; not while everybody else waits.
            return await asyncio.to_thread(self.embedded[service].openapi)
        reply = await self.switchboard.ask(service, "GET", "/openapi.json", caller=READER)
        if reply.status != 200:  # noqa: PLR2004
            raise Unavailable(f"{service} does not describe itself", reason=service)
        found: Document = orjson.loads(reply.body)
        return found
