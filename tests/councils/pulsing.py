"""A council whose members are asked how they work together, and answer by their links."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from services.kit import clock
from services.kit.db import Database
from tests.callers import ANALYSIS
from tests.councils.builders import council_in, day
from tests.councils.called import Called, MailServer, house_of_two

LEVELS = ("relations_level", "thinking_level", "acting_level", "results_level")


def marks(*each: int, line: str | None = None) -> dict[str, Any]:
    """One answer: the same mark for all four questions, or one for each."""
    four = each if len(each) == 4 else each * 4
    said = dict(zip(("relations", "thinking", "acting", "results"), four, strict=True))
    return said | ({"line": line} if line else {})


@dataclass
class Pulsing:
    """Two services, a mail server, and a council of so many."""

    called: Called
    post: MailServer
    tokens: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The councils service's own."""
        found: Database = self.called.councils.app.state.database
        return found

    @property
    def sender(self) -> Any:
        """What sends links and counts rounds; its own turns are far between."""
        return self.called.councils.app.state.pulse_sender

    def a_round(self, **more: Any) -> dict[str, Any]:
        """What opens one: all of today are asked, for two weeks."""
        body = {"council_id": self.called.council["id"], "asked_on": _today(0)}
        return body | {"closes_on": _today(14)} | more

    async def open(self, **more: Any) -> dict[str, Any]:
        """A round, its links sent."""
        made = await self.called.councils.made("/pulses", self.a_round(**more))
        await self.send_all()
        self.tokens[made["id"]] = self.links()
        return made

    async def send_all(self) -> None:
        """Everything that is due, now."""
        while await self.sender.send_one():
            pass

    def links(self) -> dict[str, str]:
        """By whom they went to, the secrets of the letters that came since last time."""
        found = {}
        for message in self.post.taken:
            text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
            link = next(one for one in text.splitlines() if "/puls/" in one)
            found[str(message["To"])] = link.rpartition("/")[2]
        self.post.taken.clear()
        return found

    async def answer(self, token: str, said: Mapping[str, Any]) -> Any:
        """What comes of it, as the door sends it."""
        url = f"/pulse-links/{sha256(token.encode()).hexdigest()}/answer"
        return await self.called.councils.by(ANALYSIS).post(url, dict(said))

    async def answered(self, pulse: Mapping[str, Any], *said: Mapping[str, Any]) -> None:
        """The first of them answer, in the order of their addresses."""
        for token, one in zip(self.all(pulse), said, strict=False):
            done = await self.answer(token, one)
            assert done.status_code == 200, done.text

    def all(self, pulse: Mapping[str, Any]) -> list[str]:
        """A round's secrets, in the order of addresses."""
        return [token for _, token in sorted(self.tokens[pulse["id"]].items())]

    async def close(self, pulse: Mapping[str, Any]) -> dict[str, Any]:
        """Closed by a process leader."""
        done = await self.called.councils.post(f"/pulses/{pulse['id']}/close", None)
        assert done.status_code == 200, done.text
        found: dict[str, Any] = done.json()
        return found

    async def told(self, *said: Mapping[str, Any]) -> dict[str, Any]:
        """A whole round: opened, answered so, closed."""
        pulse = await self.open()
        await self.answered(pulse, *said)
        return await self.close(pulse)


def _today(days: int) -> str:
    """So many days from today, also where the clock is set."""
    return (clock.today() + timedelta(days=days)).isoformat()


def later(days: int) -> None:
    """The clock goes so many days on."""
    clock.fix(clock.now() + timedelta(days=days))


@asynccontextmanager
async def pulsing_house(
    databases: Any, folder: Path, monkeypatch: Any, *, members: int = 6
) -> AsyncIterator[Pulsing]:
    """All of it, with that many who can be reached by e-mail."""
    async with (
        MailServer() as post,
        house_of_two(databases, folder, monkeypatch, **post.settings) as called,
    ):
        called.council = await council_in(called.councils, starts_on=day(-400))
        for number in range(1, members + 1):
            await called.member(number, email=f"exempel{number}@exempel.se")
        try:
            yield Pulsing(called, post)
        finally:
            clock.fix(None)
