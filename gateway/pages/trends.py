"""Trends: which way things go, how sure somebody is and why, and the signals that carry each."""

import asyncio

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import scanning_forms
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved
from gateway.pages.scanning_forms import LIVING, SHARED
from gateway.pages.sheets import Columns, coded, in_words, named, yes_or_no
from services.analysis.contract import scanning as codes
from services.analysis.contract.scanning import TrendDraft
from services.kit import clock

area = Area("trends")
PATH = "/analys/trender"
FILTERS = ("direction", "ground", *SHARED)
COLUMNS: Columns = (
    ("Trend", "title"), ("Riktning", "direction", coded("TrendDirection")),
    ("Läge", "state", coded("ScanningState")), ("Grund", "ground", coded("TrendGround")),
    ("Säkerhet", "confidence", coded("Confidence")), ("Varför", "confidence_reason"),
    ("Antecknad den", "noted_on"), ("Gäller till och med", "expires_on"),
    ("Signaler som gäller", "living_signal_count"), ("Beskrivning", "description"),
    ("Branscher", "industries"), ("Kommuner", "municipality_codes"), ("Yrken", "occupation_codes"),
    ("Ansvarig", "owner_post_id", named), ("Källa", "source"), ("Avslutad", "ended_on"),
    ("Varför avslutad", "ended_reason"), ("Exempel", "example", yes_or_no),
)  # fmt: skip


@area.show(PATH, "list")
async def list_trends(request: Request, house: Services) -> Response:
    """All trends, the latest first, narrowed by the filters."""
    shown, offered = await asyncio.gather(
        listed(request, house.analysis.trends, FILTERS), scanning_forms.choices_of(request, house)
    )
    return page(request, "trends/list.html", shown=shown, codes=codes, **offered)


files(area, PATH, lambda house: house.analysis.trends, FILTERS, worded=in_words(COLUMNS))


@area.begin(f"{PATH}/ny", "new")
async def new_trend(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a signal."""
    begun = {"signal_ids": request.query_params.getlist("signal_ids")}
    form = Form.begun(request, TrendDraft, noted_on=clock.today(), **begun)
    return await _form_page(request, house, form)


@area.take(f"{PATH}/ny", "new")
async def make_trend(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await scanning_forms.posted(request, house, TrendDraft)
    made = await saved(form, house.analysis.trends.make(form.sent, once=form.once))
    if made:
        return go(request, "trends.show", id=made["id"], notice="Trenden är sparad.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[TrendDraft],
    *,
    status: int = 200,
    trend: Found | None = None,
) -> Response:
    found, chosen = await asyncio.gather(
        house.analysis.signals.list(state=LIVING, limit=200),
        things_by_id(house.analysis.signals, form.chosen("signal_ids")),
    )
    signals = {one["id"]: one["title"] for one in (*chosen.values(), *found.items)}
    return await scanning_forms.form_page(
        request, house, "scanning/trend_form.html", form, status, trend=trend,
        signals=list(signals.items()),
    )  # fmt: skip


@area.show(f"{PATH}/{{id}}", "show")
async def show_trend(request: Request, house: Services, id: str) -> Response:
    """One trend: where it goes, why that is believed, and what carries it."""
    look = times_of(request)
    trend = await house.analysis.trends.one(id, **look.times)
    signals, around = await asyncio.gather(
        things_by_id(house.analysis.signals, trend["signal_ids"], look.times),
        scanning_forms.surroundings(request, house, trend, "trend_id"),
    )
    return page(request, "scanning/trend.html", trend=trend, signals=signals.values(), **around)


@area.show(f"{PATH}/{{id}}/andra", "edit")
async def edit_trend(request: Request, house: Services, id: str) -> Response:
    """What is stored, to be changed."""
    trend = await house.analysis.trends.one(id)
    return await _form_page(request, house, Form.showing(TrendDraft, trend), trend=trend)


@area.take(f"{PATH}/{{id}}/andra", "edit")
async def revise_trend(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    trend = await house.analysis.trends.one(id)
    form = await scanning_forms.posted(request, house, TrendDraft, trend)
    sending = house.analysis.trends.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "trends.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, trend=trend)


scanning_forms.ends(area, PATH, lambda house: house.analysis.trends, TrendDraft, what="trenden")
