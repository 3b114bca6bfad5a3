"""Challenges: what has to be met, and the signals and trends that bear on each."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import post_choices
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.pages.scanning_forms import LIVING
from gateway.pages.sheets import Columns, in_words, named, yes_or_no
from services.analysis.contract.challenge import ChallengeDraft, ChallengeLinkDraft
from services.kit import clock

area = Area("challenges")
PATH = "/analys/utmaningar"
FILTERS = ("is_open", "ownerless", "as_of")
HELD = "Signaler eller trender är kopplade till utmaningen. Ta bort kopplingarna först."
COLUMNS: Columns = (
    ("Utmaning", "title"), ("Beskrivning", "description"), ("Antecknad den", "noted_on"),
    ("Mött den", "met_on"), ("Signaler", "signal_count"), ("Trender", "trend_count"),
    ("Ansvarig", "owner_post_id", named), ("Källa", "source"), ("Exempel", "example", yes_or_no),
)  # fmt: skip


@area.show(PATH, "list")
async def list_challenges(request: Request, house: Services) -> Response:
    """All challenges, narrowed by the filters."""
    shown = await listed(request, house.analysis.challenges, FILTERS)
    labels = await house.analysis.labels(ids_in([one["owner_post_id"] for one in shown.rows]))
    return page(request, "challenges/list.html", shown=shown, labels=labels)


files(area, PATH, lambda house: house.analysis.challenges, FILTERS, worded=in_words(COLUMNS))


@area.begin(f"{PATH}/ny", "new")
async def new_challenge(request: Request, house: Services) -> Response:
    """An empty form."""
    form = Form.begun(request, ChallengeDraft, noted_on=clock.today())
    return await _form_page(request, house, form)


@area.take(f"{PATH}/ny", "new")
async def make_challenge(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, ChallengeDraft)
    made = await saved(form, house.analysis.challenges.make(form.sent, once=form.once))
    if made:
        return go(request, "challenges.show", id=made["id"], notice="Utmaningen är sparad.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[ChallengeDraft],
    *,
    status: int = 200,
    challenge: Found | None = None,
) -> Response:
    posts = await post_choices.posts(house, form)
    return page(
        request, "challenges/form.html", status=status, form=form, challenge=challenge, posts=posts
    )


@area.show(f"{PATH}/{{id}}", "show")
async def show_challenge(request: Request, house: Services, id: str) -> Response:
    """One challenge, what bears on it, and what did."""
    look, analysis = times_of(request), house.analysis
    challenge, links = await asyncio.gather(
        analysis.challenges.one(id, **look.times),
        analysis.challenge_links.whole(challenge_id=id, **look.known),
    )
    signals, trends, labels = await asyncio.gather(
        things_by_id(analysis.signals, ids_in([one["signal_id"] for one in links]), look.known),
        things_by_id(analysis.trends, ids_in([one["trend_id"] for one in links]), look.known),
        analysis.labels(ids_in([challenge["owner_post_id"]])),
    )
    return page(
        request, "challenges/show.html", challenge=challenge, links=links, signals=signals,
        trends=trends, labels=labels, day=look.on.isoformat(),
    )  # fmt: skip


@area.show(f"{PATH}/{{id}}/andra", "edit")
async def edit_challenge(request: Request, house: Services, id: str) -> Response:
    """What is stored, to be changed."""
    challenge = await house.analysis.challenges.one(id)
    form = Form.showing(ChallengeDraft, challenge)
    return await _form_page(request, house, form, challenge=challenge)


@area.take(f"{PATH}/{{id}}/andra", "edit")
async def revise_challenge(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    challenge = await house.analysis.challenges.one(id)
    form = await Form.posted(request, ChallengeDraft, kept=challenge)
    sending = house.analysis.challenges.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "challenges.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, challenge=challenge)


asks_first(
    area, f"{PATH}/{{id}}/ta-bort", "remove", lambda house: house.analysis.challenges,
    ChallengeDraft, what="utmaningen", told=("title",), back="challenges.show",
)  # fmt: skip


@area.take(f"{PATH}/{{id}}/ta-bort", "remove")
async def remove_challenge(request: Request, house: Services, id: str) -> Response:
    """It was added by mistake."""
    form: Form[Any] = await Form.posted(request, ChallengeDraft)
    removing = house.analysis.challenges.remove(id, version=form.version)
    away, said = await taken_away(removing, "Utmaningen", held=HELD)
    if away:
        return go(request, "challenges.list", notice=said)
    return go(request, "challenges.show", id=id, notice=said)


@area.begin(f"{PATH}/{{id}}/koppla", "link")
async def ask_link(request: Request, house: Services, id: str) -> Response:
    """Which signal or trend bears on it, and how."""
    form = Form.begun(request, ChallengeLinkDraft, challenge_id=id, valid_from=clock.today())
    return await _link_page(request, house, id, form)


@area.take(f"{PATH}/{{id}}/koppla", "link")
async def make_link(request: Request, house: Services, id: str) -> Response:
    """It bears on it from a day."""
    form = await Form.posted(request, ChallengeLinkDraft, challenge_id=id)
    if await saved(form, house.analysis.challenge_links.make(form.sent, once=form.once)):
        return go(request, "challenges.show", id=id, notice="Kopplingen är sparad.")
    return await _link_page(request, house, id, form, status=422)


@area.show(f"{PATH}/{{id}}/kopplingar/{{link}}", "edit_link")
async def edit_link(request: Request, house: Services, id: str, link: str) -> Response:
    """How and for how long it bears on it."""
    kept = await house.analysis.challenge_links.one(link)
    form = Form.showing(ChallengeLinkDraft, kept)
    return await _link_page(request, house, id, form, link=kept)


@area.take(f"{PATH}/{{id}}/kopplingar/{{link}}", "edit_link")
async def revise_link(request: Request, house: Services, id: str, link: str) -> Response:
    """New values; what is not in the form stays."""
    kept = await house.analysis.challenge_links.one(link)
    form = await Form.posted(request, ChallengeLinkDraft, kept=kept)
    sending = house.analysis.challenge_links.replace(link, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "challenges.show", id=id, notice="Kopplingen är sparad.")
    return await _link_page(request, house, id, form, status=422, link=kept)


async def _link_page(
    request: Request,
    house: House,
    id: str,
    form: Form[ChallengeLinkDraft],
    *,
    status: int = 200,
    link: Found | None = None,
) -> Response:
    analysis = house.analysis
    challenge, signals, trends = await asyncio.gather(
        analysis.challenges.one(id),
        analysis.signals.list(state=LIVING, limit=200, sort="title"),
        analysis.trends.list(state=LIVING, limit=200, sort="title"),
    )
    return page(
        request, "challenges/link.html", status=status, form=form, challenge=challenge, link=link,
        signals=[(one["id"], one["title"]) for one in signals.items],
        trends=[(one["id"], one["title"]) for one in trends.items],
    )  # fmt: skip


asks_first(
    area, f"{PATH}/{{id}}/kopplingar/{{link}}/ta-bort", "remove_link",
    lambda house: house.analysis.challenge_links, ChallengeLinkDraft, what="kopplingen",
    told=("valid_from", "bearing"), back="challenges.edit_link", id="link",
)  # fmt: skip


@area.take(f"{PATH}/{{id}}/kopplingar/{{link}}/ta-bort", "remove_link")
async def remove_link(request: Request, house: Services, id: str, link: str) -> Response:
    """It never bore on it: it was noted by mistake."""
    form: Form[Any] = await Form.posted(request, ChallengeLinkDraft)
    removing = house.analysis.challenge_links.remove(link, version=form.version)
    _, said = await taken_away(removing, "Kopplingen")
    return go(request, "challenges.show", id=id, notice=said)
