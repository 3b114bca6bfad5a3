"""kill -9 of what sends letters, after a mail server has one and before it says so."""

import asyncio
import signal
from typing import Any

from tests.councils.called import MailServer
from tests.faults.conftest import Tell
from tests.faults.programs import Programs, until
from tests.journeys.running import house
from tests.journeys.telling import post
from tests.journeys.test_invitation_by_browser import council_of_one

MARK = "omsorg"


class Slow(MailServer):
    """A mail server that takes a letter and is slow to say so."""

    def __init__(self) -> None:
        super().__init__()
        self.said = asyncio.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """It has the letter; whoever sent it waits."""
        word = await super().handle_DATA(server, session, envelope)
        await asyncio.wait_for(self.said.wait(), 30)
        return word


async def test_nobody_gets_a_letter_twice(tmp_path: Any, monkeypatch: Any, tell: Tell) -> None:
    async with Slow() as mail:
        for name, value in mail.settings.items():
            monkeypatch.setenv(name.upper(), str(value))
        with house(tmp_path, command="run-split") as running:
            await _killed(Programs(running), mail)
    tell(f"{len(mail.taken)} letter")


async def _killed(split: Programs, mail: Slow) -> None:
    async with split.api() as api:
        council = await council_of_one(api, MARK)
        told = {"council_id": council["id"], "title": "Möte", "starts_at": "2099-01-01T09:00:00Z"}
        meeting = await post(api, "/meetings", told)
        await post(api, f"/meetings/{meeting['id']}/invitations")
        await until(lambda: _has(mail, 1))
        for victim in split.named("councils"):
            victim.tell(signal.SIGKILL)
        await split.whole("councils")
        mail.said.set()
        await asyncio.sleep(6)  # three turns of both
        url = f"/api/v1/meetings/{meeting['id']}/invitations"
        (letter,) = (await api.get(url)).json()["items"]
    assert (letter["state"], letter["tries"]) == ("sending", 1), "held until it is given up"
    assert len(mail.taken) == 1


async def _has(mail: MailServer, count: int) -> bool:
    return len(mail.taken) == count
