"""Where pulses are opened, closed, answered and read over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.pulse import (
    Pulse,
    PulseAnswer,
    PulseLetter,
    PulseLetters,
    PulseLines,
    PulseLink,
    PulseSecret,
)
from services.councils.pulse import actions, links, rules
from services.councils.pulse.queries import (
    PULSES,
    behind_link,
    letters_of,
    lines_of,
    shown_letter,
)
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.http import Calling, Work, answer, etag_of, uuid_or_missing
from services.kit.openapi import action_doc, read_doc
from services.kit.resources import resource, shown

pulses = resource(
    PULSES,
    create=actions.open_round,
    replace=actions.move_closing,
    remove=actions.call_off,
    judge=actions.judge,
)
router = APIRouter(tags=["pulse"])


@router.post("/pulses/{id}/close", **action_doc("Close a round", "pulse.write", Pulse))
async def close(call: Calling, id: str) -> Response:
    """It is counted at once, and never again."""
    call.demand("pulse", "write")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.close_now, *asked, show=shown(PULSES, call))


@router.get("/pulses/{id}/lines", **read_doc("What was written", "pulse_line.read", PulseLines))
async def lines(call: Calling, id: str) -> Response:
    """The free lines of a round that five or more answered, in no order."""
    call.demand("pulse_line", "read")
    async with call.reading() as db:
        pulse = await get_thing(db, PULSES, uuid_or_missing(id), call.caller)
        return answer({"items": await lines_of(db, pulse["id"])})


@router.get(
    "/pulses/{id}/letters", **read_doc("A round's links", "pulse_letter.read", PulseLetters)
)
async def letters(call: Calling, id: str) -> Response:
    """How each went. Nothing tells whether it was used."""
    call.demand("pulse_letter", "read")
    async with call.reading() as db:
        pulse = await get_thing(db, PULSES, uuid_or_missing(id), call.caller)
        return answer({"items": await letters_of(db, pulse["id"])})


async def _one(db: AsyncConnection, named: tuple[UUID, UUID]) -> Response:
    found = await shown_letter(db, *named)
    return answer(found, tag=etag_of(found))


@router.post(
    "/pulses/{id}/letters/{letter}/send-again",
    **action_doc("Send a link again", "pulse_letter.write", PulseLetter),
)
async def again(call: Calling, id: str, letter: str) -> Response:
    """One that is known not to have gone."""
    call.demand("pulse_letter", "write")
    asked = uuid_or_missing(id), uuid_or_missing(letter), call.version_if_given
    return await call.perform(links.send_again, *asked, show=_one)


# The two below are not remembered by an Idempotency-Key: what it keeps would bind an answer to a
# link, and a link to a person, for three days.
@router.post(
    "/pulses/{id}/letters/{letter}/take",
    **action_doc("Take a link to hand it over", "pulse_letter.write", PulseSecret),
)
async def take(call: Calling, id: str, letter: str) -> Response:
    """Told once, for one that could not go by e-mail."""
    call.demand("pulse_letter", "write")
    asked = uuid_or_missing(id), uuid_or_missing(letter), call.version_if_given
    async with call.database.writing(call.caller) as db:
        work = Work(db, call.caller, call.request.app.state.wire)
        return answer({"token": await links.take_link(work, *asked)})


@router.get("/pulse-links/{hash}", **read_doc("What a link shows", "pulse_link.read", PulseLink))
async def link(call: Calling, hash: str) -> Response:
    """The round alone. The door asks, by what is kept of a link and leads to none."""
    call.demand("pulse_link", "read")
    async with call.reading() as db:
        return await _link(db, rules.hash_in(hash))


@router.post("/pulse-links/{hash}/answer", **action_doc("Answer", "pulse_link.write", PulseLink))
async def give(call: Calling, hash: str, given: PulseAnswer) -> Response:
    """It may be answered anew until the round is over."""
    call.demand("pulse_link", "write")
    kept = rules.hash_in(hash)
    async with call.database.writing(call.caller) as db:
        await actions.answer(Work(db, call.caller), kept, given)
        return await _link(db, kept)


async def _link(db: AsyncConnection, hash: bytes) -> Response:
    pulse = await behind_link(db, hash)
    told = {name: pulse[name] for name in PulseLink.model_fields if name in pulse}
    return answer(told | {"state": rules.state_of(pulse, clock.today())})
