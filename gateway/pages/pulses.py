"""Pulses: rounds that are opened and closed, and what came of them beside what a council says."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from fastapi import Request, Response

from gateway.access import may
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import full_address, go, page, visitor_of
from gateway.pages import choices
from gateway.pages.listing import files, listed
from gateway.pages.quality_circles import NAMES
from gateway.pages.saving import saved, taken_away
from gateway.pages.sheets import coded, in_words
from gateway.swedish import day
from gateway.swedish.codes import label
from gateway.visitor import Visitor
from services.councils.contract.pulse import (
    FEWEST,
    QUESTIONS,
    STILL_HERE,
    PulseDraft,
    PulseLevel,
    PulseState,
)
from services.councils.contract.quality_circle import MARKS
from services.kit import clock
from services.kit.contract import Sent
from services.kit.errors import Conflict, Forbidden, NotFound, Stale

area = Area("pulses")
FILTERS = ("council_id", "state", "asked_from", "asked_until")
LEVELS = tuple(f"{name}_level" for name in QUESTIONS)
# What the ranges are called, from the lowest: they are drawn as 1–5.
WORDS = {place: label(level) for place, level in enumerate(PulseLevel, 1)}
PLACES = {str(level): place for place, level in enumerate(PulseLevel, 1)}
OPEN_FOR, MOST = timedelta(days=14), 200
LATE = "Omgången har ändrats under tiden. Läs sidan igen."
SHEET = in_words([
    ("Råd", "council_id"), ("Frågades den", "asked_on"), ("Sista dag", "closes_on"),
    ("Läge", "state", coded("PulseState")), ("Stängdes", "closed_on"),
    ("Tillfrågade", "asked_count"), ("Nya på sin plats", "seats_new"),
    ("Borta från sin plats", "seats_gone"),
    ("Svarade", "outcome", coded("PulseOutcome")),
    *((f"{name}: andel 4–5", level, coded("PulseLevel"))
      for name, level in zip(NAMES, LEVELS, strict=True)),
])  # fmt: skip


@area.show("/pulser", "list")
async def list_pulses(request: Request, house: Services) -> Response:
    """All rounds, narrowed by the filters, the latest first."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.pulses, FILTERS),
        choices.options(house.councils.councils, "name"),
    )
    return page(
        request, "pulses/list.html", shown=shown, councils=councils, called=dict(councils),
        levels=LEVELS, names=NAMES, states=[(str(one), label(one)) for one in PulseState],
    )  # fmt: skip


files(area, "/pulser", lambda house: house.councils.pulses, FILTERS, worded=SHEET)


@area.show("/branschrad/{id}/samarbete", "council")
async def of_council(request: Request, house: Services, id: str) -> Response:
    """Both halves over time: what each answered unseen, and what the council says together."""
    council, pulses, circles = await house.councils.batch(
        house.councils.councils.at(id),
        house.councils.pulses.asked(council_id=id, limit=MOST, sort="asked_on"),
        house.councils.quality_circles.asked(council_id=id, limit=MOST, sort="judged_on"),
    )
    over = [one for one in pulses["items"] if one["outcome"]]
    return page(
        request, "pulses/council.html", council=council, pulses=pulses["items"][::-1],
        circles=circles["items"][::-1], rounds=[_drawn(one) for one in over], words=WORDS,
        names=NAMES, levels=LEVELS, marks=MARKS, steps=_steps(over), fewest=FEWEST,
        told=any(one["outcome"] == "shown" for one in over),
    )  # fmt: skip


def _drawn(pulse: Found) -> tuple[str, list[int | None], str]:
    """A round as it is drawn: its day, its ranges, and who is new or gone since the one before."""
    changed = (("+", pulse["seats_new"]), ("\N{MINUS SIGN}", pulse["seats_gone"]))
    turnover = " ".join(f"{sign}{count}" for sign, count in changed if count)
    return day(pulse["asked_on"]), [PLACES.get(pulse[name]) for name in LEVELS], turnover


def _steps(over: Sequence[Found]) -> list[tuple[str, int | None]]:
    """The last round that is shown, as a circle."""
    last = next((one for one in reversed(over) if one["outcome"] == "shown"), {})
    places = (PLACES.get(last.get(level, "")) for level in LEVELS)
    return list(zip(NAMES, places, strict=True))


@area.begin("/pulser/ny", "new")
async def new_pulse(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a council: today, for two weeks."""
    council, today = request.query_params.get("council_id") or None, clock.today()
    begun = {"council_id": council, "asked_on": today, "closes_on": today + OPEN_FOR}
    return await _form_page(request, house, Form.begun(request, PulseDraft, **begun))


@area.take("/pulser/ny", "new")
async def make_pulse(request: Request, house: Services) -> Response:
    """Everybody gets a link, or the form is shown again."""
    form = await Form.posted(request, PulseDraft)
    made = await saved(form, house.councils.pulses.make(form.sent, once=form.once))
    if made:
        return go(request, "pulses.show", id=made["id"], notice="Länkarna skickas nu.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[PulseDraft],
    *,
    status: int = 200,
    pulse: Found | None = None,
) -> Response:
    chosen = pulse["council_id"] if pulse else form.value("council_id")
    councils = await choices.councils(house, chosen)
    return page(
        request, "pulses/form.html", status=status, form=form, pulse=pulse, councils=councils,
        called=dict(councils), fewest=FEWEST,
    )  # fmt: skip


@area.show("/pulser/{id}", "show")
async def show_pulse(request: Request, house: Services, id: str) -> Response:
    """What came of a round; for who leads it while it is open, how the links went."""
    pulse = await house.councils.pulses.one(id)
    lines, letters = await asyncio.gather(
        _lines(house, pulse), _letters(visitor_of(request), house, pulse)
    )
    seats = await house.councils.seats.whole(id=[one["seat_id"] for one in letters] or [id])
    actor = {seat["id"]: seat["actor_id"] for seat in seats}
    letters = [one | {"actor_id": actor.get(one["seat_id"])} for one in letters]
    people = [value for one in letters for value in (one["person_id"], one["actor_id"])]
    labels = await house.analysis.labels(ids_in([pulse["council_id"], *people]))
    places = [PLACES.get(pulse[level]) for level in LEVELS]
    return page(
        request, "pulses/show.html", pulse=pulse, lines=lines, letters=letters, labels=labels,
        name=choices.name_in, steps=list(zip(NAMES, places, strict=True)), words=WORDS,
        fewest=FEWEST, still_here=STILL_HERE,
    )  # fmt: skip


async def _lines(house: House, pulse: Found) -> list[Found] | None:
    """What was written; None for who may not read it."""
    if pulse["outcome"] != "shown":
        return []
    try:
        found = await house.councils.get(house.councils.pulses.at(pulse["id"], "/lines"))
    except Forbidden:
        return None
    lines: list[Found] = found["items"]
    return lines


async def _letters(visitor: Visitor, house: House, pulse: Found) -> list[Found]:
    """How the links of an open round went, for who may hand them over."""
    if pulse["state"] != PulseState.open or not may(visitor, "pulses.take"):
        return []
    found = await house.councils.get(house.councils.pulses.at(pulse["id"], "/letters"))
    letters: list[Found] = found["items"]
    return letters


@area.take("/pulser/{id}/lankar/{letter_id}/lamna", "take")
async def take_link(request: Request, house: Services, id: str, letter_id: str) -> Response:
    """The link, once, on the page that answers: nothing leads back to it."""
    form, path = await Form.received(request, Sent), f"letters/{letter_id}/take"
    try:
        told = await house.councils.pulses.act(id, path, version=form.version)
    except (Conflict, Stale, NotFound):
        return go(request, "pulses.show", id=id, notice="Länken är redan skickad eller lämnad.")
    pulse = await house.councils.pulses.one(id)
    link = full_address(request, "pulse_links.answer", token=told["token"])
    labels = await house.analysis.labels([pulse["council_id"]])
    return page(request, "pulses/link.html", pulse=pulse, link=link, labels=labels,
                name=choices.name_in)  # fmt: skip


@area.take("/pulser/{id}/lankar/{letter_id}/igen", "again")
async def again(request: Request, house: Services, id: str, letter_id: str) -> Response:
    """One that is known not to have gone is sent once more."""
    form, path = await Form.received(request, Sent), f"letters/{letter_id}/send-again"
    sending = house.councils.pulses.act(id, path, once=form.once, version=form.version)
    return await _done(request, id, sending, "Länken skickas igen.")


async def _done(request: Request, id: str, doing: Any, said: str) -> Response:
    try:
        await doing
    except (Conflict, Stale):
        said = LATE
    return go(request, "pulses.show", id=id, notice=said)


@area.show("/pulser/{id}/stang", "close")
async def ask_close(request: Request, house: Services, id: str) -> Response:
    """What it means."""
    return await _asked(request, house, id, "pulses/close.html")


@area.take("/pulser/{id}/stang", "close")
async def close(request: Request, house: Services, id: str) -> Response:
    """Counted at once, and never again."""
    form: Form[Any] = await Form.posted(request, PulseDraft)
    closing = house.councils.pulses.act(id, "close", once=form.once, version=form.version)
    return await _done(request, id, closing, "Omgången är stängd, och svaren är räknade.")


async def _asked(request: Request, house: House, id: str, template: str) -> Response:
    pulse = await house.councils.pulses.one(id)
    labels = await house.analysis.labels([pulse["council_id"]])
    form = Form.showing(PulseDraft, pulse)
    return page(request, template, form=form, pulse=pulse, labels=labels, fewest=FEWEST)


@area.show("/pulser/{id}/andra", "edit")
async def edit_pulse(request: Request, house: Services, id: str) -> Response:
    """Another last day."""
    pulse = await house.councils.pulses.one(id)
    return await _form_page(request, house, Form.showing(PulseDraft, pulse), pulse=pulse)


@area.take("/pulser/{id}/andra", "edit")
async def revise_pulse(request: Request, house: Services, id: str) -> Response:
    """While it is open."""
    pulse = await house.councils.pulses.one(id)
    form = await Form.posted(request, PulseDraft, kept=pulse)
    if await saved(form, house.councils.pulses.replace(id, form.sent, version=form.version)):
        return go(request, "pulses.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, pulse=pulse)


@area.show("/pulser/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to be called off."""
    return await _asked(request, house, id, "pulses/remove.html")


@area.take("/pulser/{id}/ta-bort", "remove")
async def remove_pulse(request: Request, house: Services, id: str) -> Response:
    """Nobody has seen an answer, and nobody will."""
    form: Form[Any] = await Form.posted(request, PulseDraft)
    removing = house.councils.pulses.remove(id, version=form.version)
    away, said = await taken_away(removing, "Omgången", held="att den är stängd")
    if away:
        return go(request, "pulses.list", notice=said)
    return go(request, "pulses.show", id=id, notice=said)
