"""Scanning: the signals that were seen outside, and what each means here."""

import asyncio

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import choices, scanning_forms
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved
from gateway.pages.scanning_forms import SHARED
from gateway.pages.sheets import Columns, coded, in_words, named, yes_or_no
from services.analysis.contract import scanning as codes
from services.analysis.contract.scanning import SignalDraft
from services.kit import clock

area = Area("signals")
PATH = "/analys/omvarld"
FILTERS = SHARED
COLUMNS: Columns = (
    ("Signal", "title"), ("Läge", "state", coded("ScanningState")), ("Sågs den", "observed_on"),
    ("Gäller till och med", "expires_on"), ("Säkerhet", "confidence", coded("Confidence")),
    ("Varför", "confidence_reason"), ("Vad det betyder här", "meaning"), ("Källa", "source"),
    ("Adress", "source_url"), ("Branscher", "industries"), ("Kommuner", "municipality_codes"),
    ("Yrken", "occupation_codes"), ("Ansvarig", "owner_post_id", named),
    ("Trender", "trend_count"), ("Avslutad", "ended_on"), ("Varför avslutad", "ended_reason"),
    ("Exempel", "example", yes_or_no),
)  # fmt: skip


@area.show(PATH, "list")
async def list_signals(request: Request, house: Services) -> Response:
    """All signals, the latest first, narrowed by the filters."""
    shown, offered = await asyncio.gather(
        listed(request, house.analysis.signals, FILTERS), scanning_forms.choices_of(request, house)
    )
    return page(request, "signals/list.html", shown=shown, codes=codes, **offered)


files(area, PATH, lambda house: house.analysis.signals, FILTERS, worded=in_words(COLUMNS))


@area.begin(f"{PATH}/ny", "new")
async def new_signal(request: Request, house: Services) -> Response:
    """An empty form."""
    form = Form.begun(request, SignalDraft, observed_on=clock.today())
    return await _form_page(request, house, form)


@area.take(f"{PATH}/ny", "new")
async def make_signal(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await scanning_forms.posted(request, house, SignalDraft)
    made = await saved(form, house.analysis.signals.make(form.sent, once=form.once))
    if made:
        return go(request, "signals.show", id=made["id"], notice="Signalen är sparad.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[SignalDraft],
    *,
    status: int = 200,
    signal: Found | None = None,
) -> Response:
    sources = await choices.options(house.analysis.sources, "name")
    return await scanning_forms.form_page(
        request, house, "scanning/signal_form.html", form, status, signal=signal, sources=sources
    )


@area.show(f"{PATH}/{{id}}", "show")
async def show_signal(request: Request, house: Services, id: str) -> Response:
    """One signal: where it was seen, what it means, and what it carries."""
    look = times_of(request)
    signal, trends = await asyncio.gather(
        house.analysis.signals.one(id, **look.times),
        house.analysis.trends.whole(signal_id=id, **look.times),
    )
    around = await scanning_forms.surroundings(request, house, signal, "signal_id")
    register = (
        await house.analysis.sources.one(signal["source_id"]) if signal["source_id"] else None
    )
    return page(
        request, "scanning/signal.html", signal=signal, trends=trends, register=register, **around
    )


@area.show(f"{PATH}/{{id}}/andra", "edit")
async def edit_signal(request: Request, house: Services, id: str) -> Response:
    """What is stored, to be changed."""
    signal = await house.analysis.signals.one(id)
    return await _form_page(request, house, Form.showing(SignalDraft, signal), signal=signal)


@area.take(f"{PATH}/{{id}}/andra", "edit")
async def revise_signal(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    signal = await house.analysis.signals.one(id)
    form = await scanning_forms.posted(request, house, SignalDraft, signal)
    sending = house.analysis.signals.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "signals.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, signal=signal)


scanning_forms.ends(area, PATH, lambda house: house.analysis.signals, SignalDraft, what="signalen")
