"""The floor of an event, for everybody who has its address: they ask, vote, and follow.

The list is drawn once for all who listen. What differs between them, their form's token and what
they have voted for, is put in at marks that nobody guesses.
"""

import re
from collections.abc import Collection
from secrets import token_hex
from typing import Any, NamedTuple

from fastapi import Request, Response
from markupsafe import Markup

from gateway import throttle
from gateway.areas import Area, named_in
from gateway.clients.service import Found
from gateway.floor import Floor, Live, Seen, seen_of
from gateway.forms import Form
from gateway.html import fragment, go, visitor_of
from gateway.pages.event_door import (
    browser_of,
    councils_of,
    count,
    door_page,
    place_of,
    shown_at,
)
from gateway.pages.saving import saved
from services.councils.contract.event_question import EventQuestionDraft
from services.kit.errors import Conflict, NotFound

area = Area("event_floor")
CUT, TOKEN = token_hex(12), token_hex(12)
TEMPLATE = "event_door/floor.html"
ASKED_MOST, VOTED_MOST = 10, 200
NUMBER, MINE_MOST = re.compile(r"\b[0-9]{1,6}\b"), 3000
PLACE_MOST = 3000  # of a hall full of people behind one address


class Pieces(NamedTuple):
    """A list as it is drawn: each question twice, without and with one's own vote."""

    head: str
    each: list[tuple[int, str, str]]
    tail: str

    def joined(self, mine: Collection[int], csrf: str) -> str:
        """For somebody."""
        own = (voted if number in mine else plain for number, plain, voted in self.each)
        return "".join((self.head, *own, self.tail)).replace(TOKEN, csrf)


def _draw(request: Request, address: str, told: Found) -> Pieces:
    whole = fragment(request, TEMPLATE, "list", told=told, address=address, cut=CUT, csrf=TOKEN)
    head, *parts, tail = whole.split(CUT)
    numbers = (one["number"] for one in told["items"])
    return Pieces(head, list(zip(numbers, parts[::2], parts[1::2], strict=True)), tail)


def _drawn(request: Request, address: str, seen: Seen, mine: Collection[int], csrf: str) -> str:
    pieces: Pieces = seen.once("floor", lambda told: _draw(request, address, told))
    return pieces.joined(mine, csrf)


@area.show("/konferens/{address}/pass/{session}", "questions")
async def show_questions(request: Request, address: str, session: str) -> Response:
    """What is shown now, and a form to ask."""
    return await _floor_page(request, address, session, Form.empty(EventQuestionDraft))


async def _floor_page(
    request: Request, address: str, session: str, form: Form[Any], *, status: int = 200
) -> Response:
    own = browser_of(request, address)
    door, part = await _part(request, address, session)
    councils = councils_of(request)
    live, votes = await councils.batch(
        f"/live-questions/{session}",
        f"/event-doors/{address}/sessions/{session}/votes/{own}",
    )
    mine = votes["numbers"]
    drawn = _drawn(request, address, seen_of(live["items"][0]), mine, visitor_of(request).csrf)
    return door_page(
        request, TEMPLATE, status=status, door=door, part=part, form=form, address=address,
        questions=Markup(drawn), mine=",".join(map(str, mine)),  # noqa: S704 (drawn by the template)
        told=live["items"][0], cut="", csrf="",
    )  # fmt: skip


async def _part(request: Request, address: str, session: str) -> tuple[Found, Found]:
    door = await shown_at(request, address)
    part = next((one for one in door["sessions"] if one["id"] == session), None)
    if part is None or not part["takes_questions"]:
        raise NotFound("there is no such session")
    return door, part


@area.take("/konferens/{address}/pass/{session}", "ask")
async def ask(request: Request, address: str, session: str) -> Response:
    """It waits until somebody lets it through."""
    own = browser_of(request, address)
    await count(
        request,
        throttle.Bucket(f"event question {own}", ASKED_MOST),
        throttle.Bucket(f"event questions from {place_of(request)}", PLACE_MOST),
    )
    form = await Form.posted(request, EventQuestionDraft)
    sent = form.sent if isinstance(form.sent, dict) else form.sent.model_dump()
    sending = councils_of(request).event_doors.act(
        address, f"sessions/{session}/questions", {**sent, "browser": own}, once=form.once
    )
    if await saved(form, sending):
        said = "Tack, frågan är skickad. Den visas när någon har läst den."
        return go(request, "event_floor.questions", address=address, session=session, notice=said)
    return await _floor_page(request, address, session, form, status=422)


VOTES = {"rosta": ("vote", "Din röst är räknad."), "angra": ("take-back", "Rösten är tillbaka.")}


@area.take("/konferens/{address}/pass/{session}/fragor/{question}/{verb}", "vote")
async def vote(request: Request, address: str, session: str, question: str, verb: str) -> Response:
    """One vote of a browser, or none."""
    action, said = named_in(VOTES, verb)
    own = browser_of(request, address)
    await count(
        request,
        throttle.Bucket(f"event vote {own}", VOTED_MOST),
        throttle.Bucket(f"event votes from {place_of(request)}", 10 * PLACE_MOST),
    )
    path = f"questions/{question}/{action}"
    try:
        await councils_of(request).event_doors.act(address, path, {"browser": own})
    except Conflict:
        said = "Frågan visas inte längre."
    return go(request, "event_floor.questions", address=address, session=session, notice=said)


def _mine(text: str) -> frozenset[int]:
    return frozenset(int(one) for one in NUMBER.findall(text[:MINE_MOST]))


@area.show("/konferens/{address}/pass/{session}/nytt", "live")
async def live(request: Request, address: str, session: str) -> Response:
    """The list each time it changes; the page says what its browser has voted for."""
    floor: Floor = request.app.state.floor
    await floor.demand(address, session, place_of(request))
    mine, csrf = _mine(request.query_params.get("mina", "")), visitor_of(request).csrf
    last = request.headers.get("last-event-id", "")

    def draw(seen: Seen) -> str:
        return _drawn(request, address, seen, mine, csrf)

    return Live(floor.listen(session, last, draw, place=place_of(request)))


@area.show("/konferens/{address}/pass/{session}/skarm", "screen")
async def show_screen(request: Request, address: str, session: str) -> Response:
    """Large, for the projector: what is shown, and nothing to press."""
    _, part = await _part(request, address, session)
    found = await councils_of(request).get(f"/live-questions/{session}")
    return door_page(
        request, "event_door/screen.html", part=part, told=found["items"][0], address=address
    )


@area.show("/konferens/{address}/pass/{session}/skarm/nytt", "screen_live")
async def screen_live(request: Request, address: str, session: str) -> Response:
    """The same each time it changes."""
    floor: Floor = request.app.state.floor
    await floor.demand(address, session, place_of(request))
    last = request.headers.get("last-event-id", "")

    def draw(told: Found) -> str:
        return fragment(request, "event_door/screen.html", "list", told=told)

    def drawn(seen: Seen) -> str:
        return str(seen.once("screen", draw))

    return Live(floor.listen(session, last, drawn, place=place_of(request)))
