"""The floor of events: what is shown of questions now, for however many listen in this process.

One timer asks the councils service for all sessions that somebody listens to, by one call. What has
changed is drawn once, and each listener gets the newest of it: whoever is slow misses what came
between, and whoever takes nothing for a while is let go of, to come back by Last-Event-ID.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import attrgetter, ge
from typing import Any

import orjson
from fastapi.responses import StreamingResponse

from gateway import events
from gateway.clients.councils import Councils
from gateway.clients.service import Found
from gateway.session import DOOR
from gateway.switchboard import Switchboard
from services.kit.errors import NotFound, Unavailable
from services.kit.http import uuid_or_missing
from services.kit.log import log

EVERY_SECONDS = 1.0
SLOW_SECONDS = 10.0
KNOWN_SECONDS = 30.0
AT_ONCE = 50
LISTENERS_MOST = 2000
# A full hall is behind one address, and a session may be all that goes on; neither takes it all.
PLACE_MOST, SESSION_MOST = 1000, 1500
Draw = Callable[["Seen"], str]


@dataclass
class Seen:
    """What the floor saw of a session at a moment, and how it has been drawn."""

    told: Found
    mark: str  # of what everybody is shown
    waits: str  # of what only staff is: how many wait
    drawn: dict[str, Any] = field(default_factory=dict)

    def once(self, kind: str, draw: Callable[[Found], Any]) -> Any:
        """As it is drawn for one kind of listener: by the first of them, for all."""
        if kind not in self.drawn:
            self.drawn[kind] = draw(self.told)
        return self.drawn[kind]


@dataclass
class Watched:
    """A session that somebody listens to."""

    listeners: int = 0
    seen: Seen | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, told: Found) -> None:
        """Wake everybody, where it is not what they saw."""
        seen = seen_of(told)
        if self.seen is None or (self.seen.mark, self.seen.waits) != (seen.mark, seen.waits):
            self.seen = seen
            self.wake()

    def wake(self) -> None:
        """Everybody who waits looks, and waits for the next."""
        self.changed.set()
        self.changed = asyncio.Event()


def seen_of(told: Found) -> Seen:
    """What a service told, marked by what it says: the same in every process."""
    waits = told["waiting_count"]
    said = orjson.dumps(told | {"waiting_count": None}, option=orjson.OPT_SORT_KEYS)
    return Seen(told, blake2b(said, digest_size=8).hexdigest(), f"w{waits}")


NOBODY = Watched()
Mark = Callable[[Seen], str]
MARK, WAITS = attrgetter("mark"), attrgetter("waits")


class Floor:
    """All sessions that are listened to in this process."""

    def __init__(self, switchboard: Switchboard, state: Any) -> None:
        self.councils, self.state = Councils(switchboard, DOOR), state
        self.watched: dict[str, Watched] = {}
        self.places: Counter[str] = Counter()  # how many listen from where
        self.asked = 0  # how often the service was asked
        self._known: dict[tuple[str, str], float] = {}
        self._asked_for: dict[tuple[str, str], asyncio.Task[Any]] = {}
        self._asking: asyncio.Task[None] | None = None

    @property
    def listeners(self) -> int:
        """How many listen."""
        return sum(one.listeners for one in self.watched.values())

    def full(self, session: str, place: str) -> bool:
        """Whether too many listen: at all, to a session, or from one place."""
        there = self.watched.get(session, NOBODY).listeners
        from_there = self.places[place] if place else 0
        most = LISTENERS_MOST, SESSION_MOST, PLACE_MOST
        return any(map(ge, (self.listeners, there, from_there), most))

    async def demand(self, address: str, session: str, place: str = "") -> None:
        """NotFound unless the session is of the event there; asked once in a while for all."""
        if str(uuid_or_missing(session)) != session:
            raise NotFound("an id is written in one way")  # or each way were listened to by itself
        if self.full(session, place):
            raise Unavailable("too many listen", headers={"Retry-After": "30"})
        now, key = time.monotonic(), (address, session)
        if self._known.get(key, 0.0) < now:
            await asyncio.shield(self._demanded(address, session))
            self._known = {one: end for one, end in self._known.items() if end > now}
            self._known[key] = now + KNOWN_SECONDS

    def _demanded(self, address: str, session: str) -> "asyncio.Task[Any]":
        """One question for all who come at once, as a hall does."""
        key = (address, session)
        if key not in self._asked_for:
            path = f"/event-doors/{address}/sessions/{session}"
            self._asked_for[key] = asyncio.create_task(self.councils.get(path))
            self._asked_for[key].add_done_callback(lambda _: self._asked_for.pop(key, None))
        return self._asked_for[key]

    @contextmanager
    def _listening(self, session: str, place: str) -> Any:
        watched = self.watched.setdefault(session, Watched())
        watched.listeners += 1
        self.places[place] += 1
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask_on())
        try:
            yield watched
        finally:
            watched.listeners -= 1
            self.places[place] -= 1
            if not self.places[place]:
                del self.places[place]
            if not watched.listeners:
                self.watched.pop(session, None)

    async def listen(
        self, session: str, last: str, draw: Draw, *, place: str = "", mark: Mark = MARK
    ) -> AsyncGenerator[str, None]:
        """Messages, the newest each time `mark` is another; a sign of life between them."""
        if self.full(session, place):  # those who came at once were all let in
            return
        with self._listening(session, place) as watched:
            while not self.state.draining:
                changed, seen = watched.changed, watched.seen
                if seen is not None and mark(seen) != last:
                    last = mark(seen)
                    yield f"id: {last}\n{message(draw(seen))}"
                    continue
                try:
                    async with asyncio.timeout(events.KEEP_ALIVE_SECONDS):
                        await changed.wait()
                except TimeoutError:
                    yield ":\n\n"

    async def _ask_on(self) -> None:
        """Until nobody listens. A service that is away is asked again."""
        while self.watched and not self.state.draining:
            began = time.monotonic()
            try:
                await self._ask()
            except Exception as failure:
                log.warning("floor.not_asked", error=type(failure).__name__)
            await asyncio.sleep(max(EVERY_SECONDS - (time.monotonic() - began), EVERY_SECONDS / 4))
        for watched in self.watched.values():
            watched.wake()

    async def _ask(self) -> None:
        ids = list(self.watched)
        for at in range(0, len(ids), AT_ONCE):
            self.asked += 1
            found = await self.councils.get(f"/live-questions/{','.join(ids[at : at + AT_ONCE])}")
            for told in found["items"]:
                if watched := self.watched.get(told["session_id"]):
                    watched.tell(told)

    async def close(self) -> None:
        """Leave."""
        if self._asking is not None:
            self._asking.cancel()
            with suppress(asyncio.CancelledError):
                await self._asking


def message(text: str) -> str:
    """One unnamed message."""
    return "data: " + text.replace("\r", "").replace("\n", "\ndata: ") + "\n\n"


class Live(StreamingResponse):
    """A stream whose reader is let go of where it takes nothing for a while."""

    def __init__(self, messages: AsyncIterator[str]) -> None:
        super().__init__(messages, media_type="text/event-stream", headers=events.HEADERS)

    async def stream_response(self, send: Any) -> None:
        """As every stream; but whoever does not read is left: they know where they were."""

        async def patient(message: Any) -> None:
            async with asyncio.timeout(SLOW_SECONDS):
                await send(message)

        with suppress(TimeoutError):
            await super().stream_response(patient)
