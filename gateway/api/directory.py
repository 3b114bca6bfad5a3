"""The directory: which service has a noun, as the services themselves say it."""

import asyncio
import time
from collections.abc import Iterable, Mapping

from fastapi import FastAPI

from gateway.switchboard import Switchboard
from services.kit.errors import Problem, Unavailable
from services.kit.identity import Caller
from services.kit.nouns import noun_of, nouns_of

__all__ = ["INTERNAL", "SERVICES", "Directory", "noun_of"]

INTERNAL = frozenset(
    {
        "feed",
        "batch",
        "known",
        "reply-links",
        "approval-sheets",
        "healthz",
        "readyz",
        "openapi.json",
    }
)
SERVICES = ("actors", "councils", "analysis")
READER = Caller("service", "svc:gateway", request_id="directory")
AGAIN_SECONDS = 2.0


class Directory:
    """The nouns of every service.

    A service in this process is asked by its routes; one elsewhere over the wire, when somebody
    first wants one of its nouns.
    """

    def __init__(self, switchboard: Switchboard, embedded: Mapping[str, FastAPI]) -> None:
        self.switchboard = switchboard
        self.nouns: dict[str, str] = {}
        self._waiting = {name for name in SERVICES if name not in embedded}
        self._asked_at, self._asking = 0.0, asyncio.Lock()
        for name, app in embedded.items():
            self._add(name, nouns_of(app.routes))

    def _add(self, service: str, nouns: Iterable[str]) -> None:
        self.nouns.update(dict.fromkeys((one for one in nouns if one not in INTERNAL), service))

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
            self._asked_at, waiting = time.monotonic(), sorted(self._waiting)
            for name, found in zip(waiting, await self._told(waiting), strict=True):
                if found is not None:
                    self._add(name, found)
                    self._waiting.discard(name)

    async def _told(self, services: Iterable[str]) -> list[list[str] | None]:
        """What each of some services has; None of those that do not say."""
        return await asyncio.gather(*map(self._nouns, services))

    async def _nouns(self, service: str) -> list[str] | None:
        try:
            reply = await self.switchboard.ask(service, "GET", "/nouns", caller=READER)
            found: list[str] = reply.json()
        except Problem:
            return None
        return found
