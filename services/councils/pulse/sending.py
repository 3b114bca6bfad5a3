"""Sending of links to answer by, and the counting of rounds whose last day is over.

It is the outbox of invitations with other letters: tried as often, and put back as they are.
"""

from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.invitation import InvitationFault
from services.councils.contract.pulse import PulseLetterState
from services.councils.invitation.claims import HELD, KEPT
from services.councils.invitation.rules import wait_after
from services.councils.invitation.sending import PATIENCE_SECONDS, SENDER, Sender
from services.councils.pulse import actions, rules
from services.councils.pulse.queries import COUNCIL, LETTER, PULSE, TICKET, over
from services.councils.tables.pulse import PulseRow
from services.kit import clock
from services.kit.errors import NotFound, Problem
from services.kit.http import Work
from services.kit.log import log
from services.kit.mail import NotSent, Unsure
from services.kit.store import Record, get_row


@dataclass(frozen=True)
class Taken:
    """A link that is ours to send: its secret is nowhere else any more."""

    letter: Record
    round: Record
    token: str | None


def _changed(values: dict[str, Any]) -> Any:
    always = {"version": LETTER.c.version + 1, "updated_at": clock.now()}
    return update(LETTER).values(values | always)


async def take(db: AsyncConnection) -> Taken | None:
    """The link that has waited longest, with its secret, by us alone; None where none is due."""
    now = clock.now()
    due = LETTER.c.state == PulseLetterState.queued, LETTER.c.next_try_at <= now
    first = select(LETTER).where(*due).order_by(LETTER.c.next_try_at, LETTER.c.id).limit(1)
    found = (await db.execute(first.with_for_update(skip_locked=True))).mappings().first()
    if found is None:
        return None
    values = {"state": PulseLetterState.sending, "claimed_until": now + HELD, "token": None}
    tried = {"tries": LETTER.c.tries + 1, "next_try_at": None}
    await db.execute(_changed(values | tried).where(LETTER.c.id == found["id"]))
    asked = select(PULSE, COUNCIL.c.name.label("council")).where(PULSE.c.id == found["pulse_id"])
    asked = asked.join(COUNCIL, COUNCIL.c.id == PULSE.c.council_id)
    told = (await db.execute(asked)).mappings().one()
    return Taken(dict(found) | {"tries": found["tries"] + 1}, dict(told), found["token"])


async def settle(db: AsyncConnection, taken: Taken, values: dict[str, Any]) -> None:
    """What became of it. The secret comes back only where nobody has had it, while it is good."""
    mine = LETTER.c.id == taken.letter["id"], LETTER.c.tries == taken.letter["tries"]
    ours = (*mine, LETTER.c.state == PulseLetterState.sending)
    if "token" in values:
        pulse = await get_row(db, PulseRow, taken.round["id"], lock=True)
        if pulse["closed_on"] is not None:
            values = values | {"token": None, "state": PulseLetterState.skipped}
            values["next_try_at"] = None
    await db.execute(_changed(values | {"claimed_until": None}).where(*ours))


def failed(taken: Taken, fault: InvitationFault, *, again: bool) -> dict[str, Any]:
    """It did not go: it waits for its next try, or for a person."""
    wait = wait_after(taken.letter["tries"]) if again else None
    told = {"token": taken.token, "last_error": fault}
    if wait is None:
        return told | {"state": PulseLetterState.failed}
    return told | {"state": PulseLetterState.queued, "next_try_at": clock.now() + wait}


async def give_up_forgotten(db: AsyncConnection) -> None:
    """Links that nobody gave back in time: perhaps they went."""
    lost = LETTER.c.state == PulseLetterState.sending, LETTER.c.claimed_until < clock.now()
    unsure = {"state": PulseLetterState.unsure, "claimed_until": None}
    await db.execute(_changed(unsure).where(*lost))


class PulseSender(Sender):
    """Sends what is due of pulses, and closes the rounds that are over."""

    async def _sweep(self) -> None:
        long_ago = clock.today() - timedelta(days=KEPT.days)
        old = select(PULSE.c.id).where(PULSE.c.closed_on < long_ago)
        async with self.database.writing(SENDER) as db:
            await db.execute(delete(TICKET).where(TICKET.c.pulse_id.in_(old)))

    async def send_one(self) -> bool:
        """Count a round that is over, or send a link, and say how that went. False: neither."""
        if await self._count_one():
            return True
        async with self.database.writing(SENDER) as db:
            await give_up_forgotten(db)
            taken = await take(db)
        if taken is None:
            return False
        became = await self._tried(taken)
        async with self.database.writing(SENDER) as db:
            await settle(db, taken, became)
        log.info("pulse.tried", key=taken.letter["id"], reason=str(became["state"]))
        return True

    async def _count_one(self) -> bool:
        """One of the rounds whose last day is over; the replicas take turns."""
        due = select(PULSE).where(over(clock.today())).order_by(PULSE.c.id).limit(1)
        async with self.database.writing(SENDER) as db:
            found = await db.execute(due.with_for_update(skip_locked=True))
            pulse = found.mappings().first()
            if pulse is not None:
                await actions.count(Work(db, SENDER), dict(pulse))
        return pulse is not None

    async def _tried(self, taken: Taken) -> dict[str, Any]:
        try:
            return await self._send(taken)
        except Unsure:
            return {"state": PulseLetterState.unsure}
        except NotSent as failure:
            return failed(taken, InvitationFault(failure.code), again=failure.again)

    async def _send(self, taken: Taken) -> dict[str, Any]:
        from services.councils.pulse.letter import written  # noqa: PLC0415 - heavy

        if taken.token is None or rules.state_of(taken.round, clock.today()) != "open":
            return {"state": PulseLetterState.skipped}
        to = await self._email_of(taken.letter["person_id"])
        link = f"{self.address}/puls/{taken.token}"
        try:
            message: EmailMessage = written(
                taken.letter["id"], taken.round, sender=self.mail.sender, to=to, link=link
            )
        except ValueError:
            raise NotSent(InvitationFault.bad_address, again=False) from None
        message["Date"] = format_datetime(clock.now())
        name = str(taken.letter["id"])
        await self.mail.send(name, message["To"].addresses[0].addr_spec, message)
        return {"state": PulseLetterState.sent, "last_error": None}

    async def _email_of(self, person_id: Any) -> str:
        """Where the person is reached today, as the registry says it to the program."""
        silent = NotSent(InvitationFault.registry_silent, again=True)
        wire = self.state.wire
        if wire is None or not wire.reaches("actors"):
            raise silent
        asked = {"caller": SENDER, "patience": PATIENCE_SECONDS}
        try:
            email = (await wire.ask("actors", "GET", f"/people/{person_id}", **asked)).json()[
                "email"
            ]
        except NotFound:
            email = None
        except Problem:
            raise silent from None
        if not email:
            raise NotSent(InvitationFault.no_address, again=False)
        return str(email)
