"""Pledges: what actors have promised to contribute, until when, and whether it came."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.lookback import times_of
from gateway.pages import actor_choices, post_choices
from gateway.pages.holdings import names, things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved
from services.actors.contract.pledge import PledgeDelivery, PledgeDraft
from services.kit import clock
from services.kit.errors import Forbidden

area = Area("pledges")
FILTERS = (
    "actor_id", "owner_post_id", "open", "overdue", "owned", "due_from", "due_until", "as_of",
)  # fmt: skip


@area.show("/bidrag", "list")
async def list_pledges(request: Request, house: Services) -> Response:
    """All pledges, narrowed by the filters, the soonest due first."""
    shown, actors, seers = await asyncio.gather(
        listed(request, house.actors.pledges, FILTERS),
        actor_choices.actors(house, Form.asked(request)),
        post_choices.posts(house, Form.asked(request), look=times_of(request)),
    )
    owners, times = ids_in([one["owner_post_id"] for one in shown.rows]), times_of(request).times
    promisers, posts = await asyncio.gather(
        things_by_id(house.actors.actors, ids_in([one["actor_id"] for one in shown.rows])),
        things_by_id(house.actors.posts, owners, times),
    )
    return page(
        request, "pledges/list.html", shown=shown, actors=actors, promisers=names(promisers),
        posts=posts, seers=seers, mine=_mine(request),
    )  # fmt: skip


def _mine(request: Request) -> set[str]:
    return set(map(str, visitor_of(request).caller.post_ids))


files(area, "/bidrag", lambda house: house.actors.pledges, FILTERS)


@area.show("/bidrag/nytt", "new")
async def new_pledge(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from an actor."""
    actor = request.query_params.get("actor_id") or None
    return await _form_page(request, house, Form.empty(PledgeDraft, actor_id=actor))


@area.take("/bidrag/nytt", "new")
async def promise(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, PledgeDraft)
    made = await saved(form, house.actors.pledges.make(form.sent, once=form.once))
    if made:
        return go(request, "actors.show", id=made["actor_id"], notice="Bidraget är sparat.")
    return await _form_page(request, house, form, status=422)


@area.show("/bidrag/{id}/andra", "edit")
async def edit_pledge(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    pledge = await house.actors.pledges.one(id)
    return await _form_page(request, house, Form.showing(PledgeDraft, pledge), pledge=pledge)


@area.take("/bidrag/{id}/andra", "edit")
async def revise_pledge(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the pledge meanwhile."""
    pledge = await house.actors.pledges.one(id)
    form = await Form.posted(request, PledgeDraft, kept=pledge, actor_id=pledge["actor_id"])
    sending = house.actors.pledges.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "actors.show", id=pledge["actor_id"], notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, pledge=pledge)


async def _form_page(
    request: Request,
    house: House,
    form: Form[Any],
    *,
    status: int = 200,
    pledge: Found | None = None,
) -> Response:
    actors, posts = await asyncio.gather(
        actor_choices.actors(house, form), post_choices.posts(house, form)
    )
    return page(
        request, "pledges/form.html", status=status, form=form, pledge=pledge, actors=actors,
        posts=posts, names=dict(actors),
    )  # fmt: skip


@area.show("/bidrag/{id}/levererat", "deliver")
async def ask_delivery(request: Request, house: Services, id: str) -> Response:
    """When it came, and what it was; for its owner and for those who stand in for everybody."""
    form = Form.empty(PledgeDelivery, delivered_on=clock.today())
    return await _delivery_page(request, house, id, form)


@area.take("/bidrag/{id}/levererat", "deliver")
async def deliver(request: Request, house: Services, id: str) -> Response:
    """The pledge is delivered."""
    form = await Form.posted(request, PledgeDelivery)
    done = await saved(form, house.actors.pledges.act(id, "deliver", form.sent, once=form.once))
    if done:
        said = "Bidraget är levererat."
        return go(request, "actors.show", id=done["actor_id"], notice=said)
    return await _delivery_page(request, house, id, form, status=422)


async def _delivery_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    pledge = await house.actors.pledges.one(id)
    visitor = visitor_of(request)
    stands_in = visitor.has_role("process_leader", "administrator")
    if not stands_in and pledge["owner_post_id"] not in _mine(request):
        raise Forbidden("only its owner's")
    return page(request, "pledges/deliver.html", status=status, form=form, pledge=pledge)
