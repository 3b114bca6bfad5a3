"""kill -9 of what stores minutes while two pages type: what a page was told is saved is there."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest

from tests.faults.conftest import Tell
from tests.faults.load import PAUSE
from tests.faults.programs import Programs
from tests.journeys.telling import post
from tests.journeys.test_invitation_by_browser import council_of_one

DOWN = {502, 503}


@dataclass
class Typing:
    """A page where somebody writes at one point, longer and longer, as the script sends it."""

    api: httpx.AsyncClient
    meeting: str
    point: str
    version: int
    turn: int = 0
    saved: str = ""

    async def on(self) -> None:
        """One more word, sent until it is told to be saved."""
        self.turn += 1
        said = f"{self.saved} ord{self.turn}".strip()
        item = {"agenda_item_id": self.point, "minutes": said, "version": self.version}
        told = {"items": [item], "writer": self.point, "turn": self.turn}
        answer = await self._sent(told)
        (stored,) = answer.json()["saved"]
        assert (answer.status_code, stored["minutes"]) == (200, said), "nobody else writes there"
        self.saved = said

    async def _sent(self, told: dict[str, object]) -> httpx.Response:
        async with asyncio.timeout(30):
            while True:
                try:
                    path = f"/api/v1/meetings/{self.meeting}/minutes"
                    answer = await self.api.put(path, json=told)
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
                    continue
                if answer.status_code not in DOWN:
                    return answer
                await asyncio.sleep(0.1)


@asynccontextmanager
async def typing(pages: list[Typing]) -> AsyncIterator[None]:
    """All write while the block lasts; each has its last word saved."""
    ended = asyncio.Event()

    async def write(page: Typing) -> None:
        while not ended.is_set():
            await page.on()
            await asyncio.sleep(PAUSE / 4)

    async with asyncio.TaskGroup() as group:
        for page in pages:
            group.create_task(write(page))
        try:
            yield
        finally:
            ended.set()


async def pages_of_a_meeting(api: httpx.AsyncClient, mark: str) -> list[Typing]:
    """Two open pages of a meeting, each at its own point."""
    council = await council_of_one(api, mark)
    told = {"council_id": council["id"], "title": "Möte", "starts_at": "2026-11-01T09:00:00Z"}
    meeting = await post(api, "/meetings", told)
    point = {"meeting_id": meeting["id"], "title": "Läget", "kind": "discussion"}
    points = [await post(api, "/agenda-items", point) for _ in range(2)]
    return [Typing(api, meeting["id"], one["id"], one["version"]) for one in points]


@pytest.mark.parametrize("name", ["councils", "gateway"])
async def test_what_was_saved_is_there_once(split: Programs, tell: Tell, name: str) -> None:
    async with split.api() as api:
        pages = await pages_of_a_meeting(api, f"protokoll-{name}")
        async with typing(pages):
            await asyncio.sleep(1)
            victims = split.named(name)
            for victim in victims:
                victim.tell(signal.SIGKILL)
            await split.whole(name, but=victims[0].number)
            await asyncio.sleep(1)
        query = f"/api/v1/agenda-items?meeting_id={pages[0].meeting}"
        stored = {one["id"]: one for one in (await api.get(query)).json()["items"]}
    for page in pages:
        assert stored[page.point]["minutes"] == page.saved
        assert stored[page.point]["version"] == page.version + page.turn, "each word once"
        assert page.turn > 2, "before it was killed, and after"
    tell(f"{sum(page.turn for page in pages)} saves, all there")
