"""Sending: the letters that are due leave the house one after another, by however many of us."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from services.councils.contract.invitation import InvitationFault
from services.councils.invitation import claims
from services.councils.invitation.claims import Claim
from services.councils.invitation.recipients import holds_the_seat, title_of
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import NotFound, Problem, Unavailable
from services.kit.identity import Caller
from services.kit.log import log
from services.kit.mail import Mail, NotSent, Unsure

SENDER = Caller("service", "svc:councils", request_id="invitations")
EVERY_SECONDS, HOUR_SECONDS = 2.0, 3600.0
# What is being sent when the program is to leave may be finished.
LEAVE_SECONDS = 10.0
PATIENCE_SECONDS = 5.0


class _PassedOver(Exception):
    """A letter that is not to go."""

    def __init__(self, fault: InvitationFault | None) -> None:
        super().__init__(fault)
        self.fault = fault


class Sender:
    """Sends what is due, and asks the registry for each address when it is needed."""

    def __init__(self, state: Any, mail: Mail, address: str) -> None:
        self.state, self.mail, self.address = state, mail, address
        self._under_way: asyncio.Task[bool] | None = None
        # Letters of other rooms, which go when none of ours is due.
        self.beside: list[Callable[[], Awaitable[bool]]] = []

    @property
    def database(self) -> Database:
        """The councils service's own."""
        found: Database = self.state.database
        return found

    async def run(self) -> None:
        """Until the service leaves. A database that is away is asked again."""
        swept = 0.0
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                if time.monotonic() - swept > HOUR_SECONDS or not swept:
                    await self._sweep()
                    swept = time.monotonic()
                while await self._next():
                    pass
            except Exception as failure:
                log.warning("invitations.not_sent", error=type(failure).__name__)

    async def _sweep(self) -> None:
        async with self.database.writing(SENDER) as db:
            await claims.forget_links(db)

    async def _next(self) -> bool:
        """One letter, which is finished also where we are told to leave meanwhile."""
        self._under_way = asyncio.create_task(self._any())
        return await asyncio.shield(self._under_way)

    async def _any(self) -> bool:
        for send in (self.send_one, *self.beside):
            if await send():
                return True
        return False

    async def close(self) -> None:
        """Leave: what has been begun gets a moment to be finished, before the database goes."""
        if self._under_way is None or self._under_way.done():
            return
        done, _ = await asyncio.wait([self._under_way], timeout=LEAVE_SECONDS)
        if not done:
            self._under_way.cancel()
            await asyncio.gather(self._under_way, return_exceptions=True)

    async def send_one(self) -> bool:
        """Take a letter, send it, say how that went. False where none was due."""
        async with self.database.writing(SENDER) as db:
            await claims.give_up_forgotten(db)
            taken = await claims.claim(db)
        if taken is None:
            return False
        try:
            await self._deliver(taken)
            became = claims.sent()
        except Unsure:
            became = claims.unsure()
        except _PassedOver as left:
            became = claims.passed_over(left.fault)
        except NotSent as failure:
            fault = InvitationFault(failure.code)
            became = claims.failed(fault, taken.letter["tries"], again=failure.again)
        async with self.database.writing(SENDER) as db:
            await claims.settle(db, taken, became)
        log.info("invitation.tried", key=taken.letter["id"], reason=str(became["state"]))
        return True

    async def _deliver(self, taken: Claim) -> None:
        from services.councils.invitation.letter import Told, written  # noqa: PLC0415 - heavy

        if taken.meeting["starts_at"] <= clock.now():
            raise NotSent(InvitationFault.too_late, again=False)
        if not taken.so:
            raise _PassedOver(None)
        to, leader = await self._address_of(taken), await self._leader_of(taken)
        told = Told(taken.letter["method"], taken.council_name, leader, taken.points, taken.before)
        link = f"{self.address}/svar/{taken.token}" if taken.token else None
        try:
            message = written(
                taken.letter["id"],
                taken.meeting,
                told,
                sender=self.mail.sender,
                to=to,
                link=link,
            )
        except ValueError:
            raise NotSent(InvitationFault.bad_address, again=False) from None
        await self.mail.send(str(taken.letter["id"]), message["To"].addresses[0].addr_spec, message)

    async def _address_of(self, taken: Claim) -> str:
        """Where the person is reached today, as the registry says it to the program."""
        silent = NotSent(InvitationFault.registry_silent, again=True)
        if taken.token and not await self._is_theirs(taken):
            raise _PassedOver(InvitationFault.left)
        wire = self.state.wire
        if wire is None or not wire.reaches("actors"):
            raise silent
        path = f"/people/{taken.letter['person_id']}"
        asked = {"caller": SENDER, "patience": PATIENCE_SECONDS}
        try:
            email = (await wire.ask("actors", "GET", path, **asked)).json()["email"]
        except NotFound:
            email = None
        except Problem:
            raise silent from None
        if not email:
            raise NotSent(InvitationFault.no_address, again=False)
        return str(email)

    async def _leader_of(self, taken: Claim) -> str | None:
        """The post that the letter comes from; a letter goes also where nobody says its name."""
        try:
            return await title_of(self.state.wire, SENDER, taken.leader_post_id)
        except Unavailable:
            return None

    async def _is_theirs(self, taken: Claim) -> bool:
        """Whether who was called has the seat still: else the link would be a stranger's."""
        try:
            return await holds_the_seat(self.state.wire, SENDER, taken.letter)
        except Unavailable:
            raise NotSent(InvitationFault.registry_silent, again=True) from None
