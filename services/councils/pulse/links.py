"""Links: whom a round asks, and the secret that each gets once.

A secret is in the database only while nobody may have it: whoever takes it, to send it or to hand
it over, takes it away from there, and puts it back only where it is known not to have gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from services.councils.contract.invitation import Recipient, UncalledWhy
from services.councils.contract.pulse import STILL_HERE, PulseLetterState
from services.councils.invitation.recipients import recipients
from services.councils.pulse import rules
from services.councils.tables.pulse import PulseLetterRow, PulseRow
from services.kit import clock
from services.kit.errors import Conflict, NotFound
from services.kit.http import Work
from services.kit.store import Record, change_row, get_row

# A round and a link of it.
Named = tuple[UUID, UUID]


@dataclass(frozen=True)
class NewLink:
    """A link, as it waits for whoever is asked, and what is kept of it to know it by."""

    letter: Record
    hash: bytes


async def links_for(work: Work, seats: Sequence[Any]) -> list[NewLink]:
    """One for each person who has a seat. Unavailable: nobody says who they are."""
    found = await recipients(work.wire, work.caller, seats, set())
    known: set[UUID] = set()
    asked = []
    for one in found:
        if one.why_not is UncalledWhy.vacant or one.person_id in known:
            continue
        known |= {one.person_id} if one.person_id else set()
        asked.append(_new(one))
    return asked


def _new(one: Recipient) -> NewLink:
    token = token_urlsafe(32)
    by_mail = {"state": PulseLetterState.queued, "next_try_at": clock.now()}
    way = by_mail if one.email else {"state": PulseLetterState.to_copy, "next_try_at": None}
    who = {"seat_id": one.seat_id, "person_id": one.person_id, "why_not": one.why_not}
    return NewLink(who | way | {"tries": 0, "token": token}, sha256(token.encode()).digest())


async def _locked(work: Work, pulse_id: UUID, id: UUID) -> Record:
    """A link of a round that is open; both are locked."""
    pulse = await get_row(work.db, PulseRow, pulse_id, lock=True)
    rules.demand_open(pulse, clock.today(), field="state")
    letter = await get_row(work.db, PulseLetterRow, id, lock=True)
    if letter["pulse_id"] != pulse_id:
        raise NotFound(f"the round has no link {id}")
    return letter


async def take_link(work: Work, pulse_id: UUID, id: UUID, version: int | None) -> str:
    """The secret of a link that could not go by e-mail, for the last time."""
    letter = await _locked(work, pulse_id, id)
    if letter["state"] not in STILL_HERE:
        raise Conflict("the link has gone", field="state", reason="pulse_link_gone")
    told = rules.demand_link(letter["token"])
    given = {"state": PulseLetterState.copied, "token": None}
    await change_row(work.db, PulseLetterRow, id, version=version, **given)
    return told


async def send_again(work: Work, pulse_id: UUID, id: UUID, version: int | None) -> Named:
    """A link that is known not to have gone is sent once more."""
    letter = await _locked(work, pulse_id, id)
    if letter["state"] != PulseLetterState.failed or letter["token"] is None:
        raise Conflict("it has gone, or nobody knows", field="state", reason="pulse_not_failed")
    told = {"state": PulseLetterState.queued, "tries": 0, "next_try_at": clock.now()}
    await change_row(work.db, PulseLetterRow, id, version=version, last_error=None, **told)
    return pulse_id, id
