"""Sending: links that are to go by e-mail leave with the invitations, one after another.

As a letter of theirs each is taken before it goes and given back afterwards, and gets a new secret
in each try; where nobody gives it back nobody knows whether it went, and another link is made.
"""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.approval.queries import COUNCIL, INTERVIEW, LINK
from services.councils.contract.approval import ApprovalLinkState
from services.councils.contract.interview import InterviewStatus
from services.councils.contract.invitation import InvitationFault
from services.councils.invitation.rules import wait_after
from services.councils.invitation.sending import PATIENCE_SECONDS, SENDER
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import NotFound, Problem
from services.kit.log import log
from services.kit.mail import Mail, NotSent, Unsure
from services.kit.store import Record

# Longer than a message may take, with the registry asked before it.
HELD = timedelta(minutes=5)
LIVING = (InterviewStatus.sent, InterviewStatus.approved)


class ApprovalSender:
    """Sends what is due, and asks the registry for each address when it is needed."""

    def __init__(self, state: Any, mail: Mail, address: str) -> None:
        self.state, self.mail, self.address = state, mail, address

    async def send_one(self) -> bool:
        """Take a link, send it, say how that went. False where none was due."""
        database: Database = self.state.database
        token = token_urlsafe(32)
        async with database.writing(SENDER) as db:
            await _give_up_forgotten(db)
            taken = await _claim(db, token)
        if taken is None:
            return False
        became = await self._became(taken, token)
        async with database.writing(SENDER) as db:
            await _settle(db, taken, became)
        log.info("approval_link.tried", key=taken["id"], reason=str(became["state"]))
        return True

    async def _became(self, taken: Record, token: str) -> dict[str, Any]:
        try:
            await self._deliver(taken, token)
        except Unsure:
            return {"state": ApprovalLinkState.unsure}
        except NotSent as failure:
            wait = wait_after(taken["tries"]) if failure.again else None
            state = ApprovalLinkState.failed if wait is None else ApprovalLinkState.queued
            when = None if wait is None else clock.now() + wait
            fault = InvitationFault(failure.code)
            return {"state": state, "next_try_at": when, "last_error": fault}
        return {"state": ApprovalLinkState.sent, "sent_at": clock.now(), "last_error": None}

    async def _deliver(self, taken: Record, token: str) -> None:
        from services.councils.approval.letter import written  # noqa: PLC0415 - heavy

        to = await self._address_of(taken)
        told = {name: taken[name] for name in ("held_on", "council", "expires_at")}
        link = f"{self.address}/intervjusvar/{token}"
        try:
            message = written(taken["id"], **told, sender=self.mail.sender, to=to, link=link)
        except ValueError:
            raise NotSent(InvitationFault.bad_address, again=False) from None
        await self.mail.send(str(taken["id"]), message["To"].addresses[0].addr_spec, message)

    async def _address_of(self, taken: Record) -> str:
        """Where the person is reached today, as the registry says it to the program."""
        silent = NotSent(InvitationFault.registry_silent, again=True)
        wire = self.state.wire
        if wire is None or not wire.reaches("actors"):
            raise silent
        asked: dict[str, Any] = {"caller": SENDER, "patience": PATIENCE_SECONDS}
        try:
            path = f"/people/{taken['person_id']}"
            email = (await wire.ask("actors", "GET", path, **asked)).json()["email"]
        except NotFound:
            email = None
        except Problem:
            raise silent from None
        if not email:
            raise NotSent(InvitationFault.no_address, again=False)
        return str(email)


def _changed(values: dict[str, Any]) -> Any:
    always = {"version": LINK.c.version + 1, "updated_at": clock.now()}
    return update(LINK).values(values | always)


async def _claim(db: AsyncConnection, token: str) -> Record | None:
    """The link that has waited longest, of an interview that is to be read; taken by us alone."""
    now = clock.now()
    living = select(INTERVIEW.c.id).where(INTERVIEW.c.status.in_(LIVING))
    due = (
        LINK.c.state == ApprovalLinkState.queued,
        LINK.c.next_try_at <= now,
        LINK.c.revoked.is_(False),
        LINK.c.interview_id.in_(living),
    )
    first = select(LINK.c.id).where(*due).order_by(LINK.c.next_try_at, LINK.c.id).limit(1)
    mine = LINK.c.id == first.with_for_update(skip_locked=True).scalar_subquery()
    taken = {"state": ApprovalLinkState.sending, "claimed_until": now + HELD, "next_try_at": None}
    values = taken | {"tries": LINK.c.tries + 1, "hash": sha256(token.encode()).digest()}
    found = (await db.execute(_changed(values).where(mine).returning(LINK))).mappings().first()
    return dict(found) | await _told(db, found["interview_id"]) if found else None


async def _told(db: AsyncConnection, interview_id: Any) -> Record:
    whole = INTERVIEW.outerjoin(COUNCIL, COUNCIL.c.id == INTERVIEW.c.council_id)
    asked = select(INTERVIEW.c.held_on, COUNCIL.c.name.label("council")).select_from(whole)
    return dict((await db.execute(asked.where(INTERVIEW.c.id == interview_id))).mappings().one())


async def _settle(db: AsyncConnection, taken: Record, values: dict[str, Any]) -> None:
    """What became of a link that we had taken; nothing where it is not ours any more."""
    of = LINK.c.id == taken["id"], LINK.c.tries == taken["tries"]
    ours = (*of, LINK.c.state == ApprovalLinkState.sending)
    await db.execute(_changed(values | {"claimed_until": None}).where(*ours))


async def _give_up_forgotten(db: AsyncConnection) -> None:
    """Links that nobody gave back in time: whoever had taken them is gone."""
    forgotten = LINK.c.state == ApprovalLinkState.sending, LINK.c.claimed_until < clock.now()
    unsure = {"state": ApprovalLinkState.unsure, "claimed_until": None}
    await db.execute(_changed(unsure).where(*forgotten))
