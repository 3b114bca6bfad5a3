"""Fast tracks beside each other: how long each took, how it ended, and what was learned."""

from datetime import timedelta
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import occupation_field
from gateway.pages.listing import KINDS, file_of
from gateway.pages.saving import saved
from gateway.pages.sheets import Columns, coded, in_words, yes_or_no
from gateway.swedish import clock_of
from services.councils.contract.fast_track import FastTrackDays, ShortageSignal
from services.kit.errors import NotFound

area = Area("fast_tracks")
PATH = "/fast-tracks"
COLUMNS: Columns = (
    ("Råd", "council_name"), ("Bransch", "industry"), ("Yrke", "occupation_name"),
    ("Antal som saknades", "headcount"), ("Larm", "signalled_on"), ("Behövs senast", "needed_by"),
    ("Dagar till sammankallat", "days_to_convened"),
    ("Dagar till första insatsen", "days_to_first_measure"),
    ("Dagar till platserna fyllda", "days_to_seats_filled"),
    ("Dagar till behovet mött", "days_to_need_met"), ("Dagar", "days"),
    ("Pågår", "running", yes_or_no), ("För sent", "late", yes_or_no), ("Avslutat den", "closed_on"),
    ("Skäl", "closing_reason", coded("ClosingReason")), ("Resultat", "result"),
    ("Lärdomar", "lessons"), ("Källa", "source"), ("Exempel", "example", yes_or_no),
)  # fmt: skip
DAYS = tuple(FastTrackDays.model_fields)
OCCUPATION = "occupation_code"


@area.show("/snabbspar", "list")
async def compare(request: Request, house: Services) -> Response:
    """All of them, the newest first, with what is usual."""
    found = await house.councils.get(PATH)
    learned = [one for one in found["items"] if one["lessons"]]
    return page(
        request, "fast_tracks/list.html", items=found["items"], median=found["median"], days=DAYS,
        learned=learned,
    )  # fmt: skip


@area.show("/snabbspar.{kind}", "file")
async def as_file(house: Services, kind: str) -> Response:
    """The same rows as a file."""
    if kind not in KINDS:
        raise NotFound("there is no such file")
    rows = (await house.councils.get(PATH))["items"]
    return file_of("snabbspar", kind, *await in_words(COLUMNS)(house, rows))


@area.show("/larm/{id}/ratta", "edit")
async def edit_signal(request: Request, house: Services, id: str) -> Response:
    """What the shortage signal says, to be put right."""
    signal = await house.councils.shortage_signals.one(id)
    return await _signal_page(request, house, signal, Form.showing(ShortageSignal, signal))


@area.take("/larm/{id}/ratta", "edit")
async def correct_signal(request: Request, house: Services, id: str) -> Response:
    """The clock goes by what is right now."""
    signals = house.councils.shortage_signals
    signal = await signals.one(id)
    form = await occupation_field.posted(request, house, ShortageSignal, OCCUPATION, kept=signal)
    if await saved(form, signals.replace(id, form.sent, version=form.version)):
        said = "Larmet är rättat."
        return go(request, "councils.show", id=signal["council_id"], notice=said)
    return await _signal_page(request, house, signal, form, status=422)


async def _signal_page(
    request: Request, house: House, signal: Found, form: Form[Any], *, status: int = 200
) -> Response:
    await occupation_field.shown(house, form, OCCUPATION)
    before = await _before(house, signal)
    return page(
        request, "fast_tracks/edit.html", status=status, form=form, signal=signal, before=before
    )


async def _before(house: House, signal: Found) -> Found | None:
    """What the signal said before it was put right last; nothing where it never was."""
    if signal["version"] == 1:
        return None
    moment = clock_of(signal["updated_at"]) - timedelta(milliseconds=1)
    return await house.councils.shortage_signals.one(signal["id"], known_at=moment.isoformat())
