"""Standings: an actor's new level and status, its withdrawal with what follows, its return."""

import asyncio
from datetime import date
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.holdings import MOST, names, things_by_id
from gateway.pages.losses import losses_of
from gateway.pages.saving import saved
from services.actors.contract.actor import StandingDraft
from services.actors.contract.departure import ActorReturn, ActorWithdrawal
from services.actors.contract.relation import RelationState
from services.kit import clock

area = Area("actors")


@area.show("/aktorer/{id}/lage", "place")
async def ask_standing(request: Request, house: Services, id: str) -> Response:
    """Which level and status the actor has from a day on."""
    actor = await house.actors.actors.one(id)
    form = Form.empty(
        StandingDraft, level=actor["level"], status=actor["status"], valid_from=clock.today()
    )
    return page(request, "actors/place.html", form=form, actor=actor)


@area.take("/aktorer/{id}/lage", "place")
async def place(request: Request, house: Services, id: str) -> Response:
    """The standing before ends that day."""
    actor = await house.actors.actors.one(id)
    form = await Form.posted(request, StandingDraft, actor_id=id)
    if form.draft:
        sending = house.actors.actors.act(id, "place", form.draft, once=form.once)
        if await saved(form, sending):
            return go(request, "actors.show", id=id, notice="Läget är sparat.")
    return page(request, "actors/place.html", status=422, form=form, actor=actor)


@area.show("/aktorer/{id}/lamna", "withdraw")
async def ask_withdrawal(request: Request, house: Services, id: str) -> Response:
    """What hangs on the actor, and a form for the day and the reason."""
    form = Form.empty(ActorWithdrawal, withdrawn_on=clock.today())
    return await _withdrawal(request, house, id, form)


@area.take("/aktorer/{id}/lamna", "withdraw")
async def withdraw(request: Request, house: Services, id: str) -> Response:
    """Its standing changes; posts and holders stay, relations are to be built up again."""
    form = await Form.posted(request, ActorWithdrawal)
    if form.draft:
        sending = house.actors.actors.act(id, "withdraw", form.draft, once=form.once)
        if await saved(form, sending):
            said = "Aktören har lämnat samverkan. Relationerna är märkta att byggas upp igen."
            return go(request, "actors.show", id=id, notice=said)
    return await _withdrawal(request, house, id, form, status=422)


async def _withdrawal(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    actor = await house.actors.actors.one(id)
    day = form.draft.withdrawn_on if form.draft else clock.today()
    return page(
        request, "actors/withdraw.html", status=status, form=form, actor=actor,
        **await _hanging_on(house, id, day),
    )  # fmt: skip


async def _hanging_on(house: House, id: str, day: date) -> dict[str, Any]:
    """The actor's posts with what hangs on each, and the relations that wear."""
    actors = house.actors
    posts, relations = await actors.batch(
        actors.posts.asked(actor_id=id, limit=MOST),
        actors.relations.asked(actor_id=id, limit=MOST, as_of=day),
    )
    wearing = [one for one in relations["items"] if one["state"] != RelationState.rebuild]
    losses, others = await asyncio.gather(
        losses_of(house, ids_in([post["id"] for post in posts["items"]]), day),
        things_by_id(actors.actors, _sides(wearing)),
    )
    return {
        "posts": posts["items"], "relations": wearing, "losses": losses, "others": names(others),
    }  # fmt: skip


def _sides(relations: list[Found]) -> list[str]:
    return ids_in(*([one["actor_id"], one["other_actor_id"]] for one in relations))


@area.show("/aktorer/{id}/atervand", "return")
async def ask_return(request: Request, house: Services, id: str) -> Response:
    """From when the actor takes part again."""
    actor = await house.actors.actors.one(id)
    form = Form.empty(ActorReturn, returned_on=clock.today(), level=actor["level"])
    return page(request, "actors/return.html", form=form, actor=actor)


@area.take("/aktorer/{id}/atervand", "return")
async def come_back(request: Request, house: Services, id: str) -> Response:
    """Active again."""
    actor = await house.actors.actors.one(id)
    form = await Form.posted(request, ActorReturn)
    if form.draft:
        sending = house.actors.actors.act(id, "return", form.draft, once=form.once)
        if await saved(form, sending):
            return go(request, "actors.show", id=id, notice="Aktören är med i samverkan igen.")
    return page(request, "actors/return.html", status=422, form=form, actor=actor)
