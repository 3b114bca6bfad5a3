"""Appointments: somebody gets a post, and the holding ends, is mended or is taken away."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import person_choices
from gateway.pages.holdings import names, things_by_id
from gateway.pages.losses import losses_of
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from services.actors.contract.post import HoldingCover, HoldingDraft
from services.kit import clock

area = Area("posts")


@area.show("/befattningar/{id}/tillsatt", "appoint")
async def ask_whom(request: Request, house: Services, id: str) -> Response:
    """Who is to hold or cover the post, and from when: the day its holder leaves, or today."""
    _, last = await _post_and_last(house, id)
    begins = (last or {}).get("valid_to") or ""
    asked = {name: request.query_params.get(name) or None for name in ("person_id", "cover")}
    covers = asked["cover"] == HoldingCover.substitute
    asked["cover"] = HoldingCover.substitute if covers else HoldingCover.ordinary
    starts = max("" if covers else begins, clock.today().isoformat())
    form = Form.empty(HoldingDraft, valid_from=starts, **asked)
    return await _appoint_page(request, house, id, form)


@area.take("/befattningar/{id}/tillsatt", "appoint")
async def appoint(request: Request, house: Services, id: str) -> Response:
    """The post has a holder."""
    form = await Form.posted(request, HoldingDraft, post_id=id)
    if await saved(form, house.actors.holdings.make(form.sent, once=form.once)):
        return go(request, "posts.show", id=id, notice="Befattningen är tillsatt.")
    return await _appoint_page(request, house, id, form, status=422)


async def _appoint_page(
    request: Request, house: House, id: str, form: Form[HoldingDraft], *, status: int = 200
) -> Response:
    (post, last), people, losses = await asyncio.gather(
        _post_and_last(house, id),
        person_choices.people(house, form),
        losses_of(house, [id], clock.today()),
    )
    before = [last["person_id"]] if last else []
    return page(
        request, "posts/appoint.html", status=status, form=form, post=post, last=last,
        people=people, parts=losses.of(id),
        held=last is not None and last["valid_to"] is None,
        names=names(await things_by_id(house.actors.people, before)),
    )  # fmt: skip


async def _post_and_last(house: House, id: str) -> tuple[Found, Found | None]:
    """A post and its latest ordinary holding."""
    actors = house.actors
    post, held = await actors.batch(
        actors.posts.at(id),
        actors.holdings.asked(post_id=id, cover=HoldingCover.ordinary, sort="-valid_from", limit=1),
    )
    return post, next(iter(held["items"]), None)


@area.show("/innehav/{id}/avsluta", "end_holding")
async def ask_end(request: Request, house: Services, id: str) -> Response:
    """When the holding ends, and what the next holder needs to know."""
    holding = await house.actors.holdings.one(id)
    today = clock.today().isoformat()
    day = holding["valid_to"] or (today if holding["valid_from"] < today else None)
    form = Form.showing(HoldingDraft, holding, valid_to=day)
    return await _end_page(request, house, holding, form)


@area.take("/innehav/{id}/avsluta", "end_holding")
async def end(request: Request, house: Services, id: str) -> Response:
    """The holding ends that day and stays readable."""
    holding = await house.actors.holdings.one(id)
    form = await Form.posted(
        request, HoldingDraft, kept=holding, post_id=holding["post_id"],
        person_id=holding["person_id"],
    )  # fmt: skip
    sending = house.actors.holdings.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "posts.show", id=holding["post_id"], notice="Innehavet är sparat.")
    return await _end_page(request, house, holding, form, status=422)


async def _end_page(
    request: Request, house: House, holding: Found, form: Form[Any], *, status: int = 200
) -> Response:
    post_id, actors = holding["post_id"], house.actors
    (post, person), losses = await asyncio.gather(
        actors.batch(actors.posts.at(post_id), actors.people.at(holding["person_id"])),
        losses_of(house, [post_id], clock.today()),
    )
    return page(
        request, "posts/end_holding.html", status=status, form=form, holding=holding, post=post,
        person=person, parts=losses.of(post_id),
    )  # fmt: skip


asks_first(
    area,
    "/innehav/{id}/ta-bort",
    "remove_holding",
    lambda house: house.actors.holdings,
    HoldingDraft,
    what="innehavet",
    told=("person_id", "post_id", "valid_from"),
    back="posts.end_holding",
)


@area.take("/innehav/{id}/ta-bort", "remove_holding")
async def remove(request: Request, house: Services, id: str) -> Response:
    """The holding never was: it was written by mistake."""
    holding = await house.actors.holdings.one(id)
    form: Form[Any] = await Form.posted(request, HoldingDraft)
    removing = house.actors.holdings.remove(id, version=form.version)
    _away, said = await taken_away(removing, "Innehavet")
    return go(request, "posts.show", id=holding["post_id"], notice=said)
