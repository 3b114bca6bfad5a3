"""A council whose people have addresses, a meeting to come, and a mail server that does as told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP
from icalendar import Calendar

from services.actors.app import create_app as create_actors
from services.councils.app import connect, create_app
from services.councils.contract.council import CouncilDraft
from services.kit.straight import StraightTransport
from services.kit.switchboard import straight_line
from tests.callers import Signed
from tests.conftest import settings_for
from tests.councils.builders import a_meeting, a_seat, at, council_in, day

SLOWLY = "services.councils.invitation.sending.EVERY_SECONDS"


@dataclass
class Called:
    """Two services that reach each other, as a process leader calls them."""

    actors: Signed
    councils: Signed
    people: list[dict[str, Any]] = field(default_factory=list)
    seats: list[dict[str, Any]] = field(default_factory=list)
    council: dict[str, Any] = field(default_factory=dict)
    meeting: dict[str, Any] = field(default_factory=dict)

    @property
    def sender(self) -> Any:
        """What sends in the councils service; its own turns are far between."""
        return self.councils.app.state.sender

    async def send_all(self) -> int:
        """Everything that is due, now; how many."""
        count = 0
        while await self.sender.send_one():
            count += 1
        return count

    async def member(self, number: int, *, email: str | None, post: bool = True) -> None:
        """One more in the council."""
        named = {"name": f"Exempelkommun {number}", "kind": "municipality"}
        actor = await self.actors.made("/actors", named)
        told = {"actor_id": actor["id"], "title": f"Exempelpost {number}"}
        its_post = await self.actors.made("/posts", told) if post else None
        if its_post and email != "vacant":
            who = {"name": f"Exempelperson {number}", "email": email}
            self.people.append(await self.actors.made("/people", who))
            held = {"post_id": its_post["id"], "person_id": self.people[-1]["id"]}
            await self.actors.made("/holdings", held | {"valid_from": day(-30)})
        seat = a_seat(self.council, actor_id=actor["id"], post_id=its_post and its_post["id"])
        self.seats.append(await self.councils.made("/seats", seat))

    async def hand_over(self, number: int, email: str) -> None:
        """Another person holds a member's post from today."""
        held = f"/holdings?person_id={self.people[number]['id']}"
        (holding,) = (await self.actors.get(held)).json()["items"]
        kept = {name: holding[name] for name in ("post_id", "person_id", "valid_from")}
        ended = kept | {"valid_to": day(-1)}
        url = f"/holdings/{holding['id']}"
        done = await self.actors.put(url, ended, version=holding["version"])
        assert done.status_code == 200, done.text
        other = await self.actors.made("/people", {"name": "Exempelperson 9", "email": email})
        new = {"post_id": holding["post_id"], "person_id": other["id"], "valid_from": day(0)}
        await self.actors.made("/holdings", new)

    async def led_by(self, post_id: str) -> None:
        """A post leads the council's work."""
        url = f"/councils/{self.council['id']}"
        council = (await self.councils.get(url)).json()
        kept = {name: council[name] for name in CouncilDraft.model_fields}
        told = kept | {"process_leader_post_id": post_id}
        done = await self.councils.put(url, told, version=council["version"])
        assert done.status_code == 200, done.text

    async def plan(self, **more: Any) -> None:
        """A council of two who can be reached, and a meeting next week."""
        self.council = await council_in(self.councils)
        for number in (1, 2):
            await self.member(number, email=f"exempel{number}@exempel.se")
        told = {"starts_at": at(7), "ends_at": at(7, 11), "status": "planned"} | more
        self.meeting = await self.councils.made("/meetings", a_meeting(self.council, **told))

    @property
    def url(self) -> str:
        """The meeting's address."""
        return f"/meetings/{self.meeting['id']}"

    async def call(self) -> list[dict[str, Any]]:
        """Letters to everybody."""
        made = await self.councils.made(f"{self.url}/invitations", None)
        found: list[dict[str, Any]] = made["items"]
        return found

    async def letters(self) -> list[dict[str, Any]]:
        """What became of them."""
        found = (await self.councils.get(f"{self.url}/invitations")).json()["items"]
        return sorted(found, key=lambda one: (one["sequence"], one["created_at"], one["id"]))

    async def states(self) -> list[str]:
        """In the order in which they were made."""
        return [one["state"] for one in await self.letters()]

    async def change(self, **more: Any) -> dict[str, Any]:
        """New values for the meeting."""
        before = (await self.councils.get(self.url)).json()
        kept = ("council_id", "title", "starts_at", "ends_at", "place", "link", "status")
        body = {name: before[name] for name in kept} | more
        answer = await self.councils.put(self.url, body, version=before["version"])
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


@asynccontextmanager
async def house_of_two(
    databases: Any, folder: Path, monkeypatch: Any, **more: Any
) -> AsyncIterator[Called]:
    """Actors and councils in one process, the latter with settings for mail."""
    monkeypatch.setattr(SLOWLY, 3600.0)
    urls = {name: await databases.ready(name) for name in ("actors", "councils")}
    with databases.lasting():
        actors = create_actors(settings_for(urls["actors"], folder))
        councils = create_app(settings_for(urls["councils"], folder, **more))
    connect(councils, actors=straight_line(StraightTransport(actors)))
    async with (
        actors.router.lifespan_context(actors),
        councils.router.lifespan_context(councils),
    ):
        yield Called(Signed(actors, "actors"), Signed(councils, "councils"))
    databases.give_back(*urls.values())


class MailServer:
    """A real SMTP server on loopback. `answers` say what it does with the next messages."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.bytes: list[bytes] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.answers: list[str] = []
        self.port = 0
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> "MailServer":
        """It listens."""
        loop = asyncio.get_running_loop()

        def begun() -> SMTP:
            return SMTP(self, hostname="exempel", enable_SMTPUTF8=True, loop=loop)

        self._server = await loop.create_server(begun, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: Any) -> None:
        """It is gone."""
        assert self._server is not None
        self._server.close()

    async def handle_MAIL(  # noqa: N802 - as the library calls it
        self, _server: Any, _session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Whom it is from."""
        if self.answers and self.answers[0].startswith("mail "):
            return self.answers.pop(0)[5:]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - as the library calls it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Whom it is for."""
        if self.answers and self.answers[0].startswith("rcpt "):
            word = self.answers.pop(0)[5:]
            if word != "slow":
                return word
            await asyncio.sleep(1)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as the library calls it
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        """What it says; perhaps it is taken and nobody hears of that."""
        word = self.answers.pop(0) if self.answers else "250 OK"
        if word[0] in "45":
            return word
        self.taken.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        self.bytes.append(envelope.content)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        if word == "hang up":
            server.transport.abort()
        return "250 OK"

    @property
    def settings(self) -> dict[str, Any]:
        """How it is reached."""
        where = {"smtp_host": "127.0.0.1", "smtp_port": self.port, "smtp_tls": "none"}
        return where | {"mail_from": "kompetensnav@exempel.se"}


def event_in(message: Any) -> tuple[str, Any]:
    """The method and the one event of a letter's calendar."""
    part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    assert part.get_param("method") == str(calendar["METHOD"])
    return str(calendar["METHOD"]), event


def link_in(message: Any) -> str:
    """The link to answer by."""
    text = message.get_body(("plain",)).get_content()
    return next(line for line in text.splitlines() if "/svar/" in line or "/intervjusvar/" in line)
