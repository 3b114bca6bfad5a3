"""Standings: an actor's new level and status, and its return."""

from fastapi import Request, Response

from gateway import swedish
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import Lookback
from gateway.pages.saving import saved
from gateway.pages.withdrawals import Left, left_by
from services.actors.contract.actor import GONE, StandingDraft
from services.actors.contract.departure import ActorReturn
from services.kit import clock

area = Area("actors")


@area.show("/aktorer/{id}/lage", "place")
async def ask_standing(request: Request, house: Services, id: str) -> Response:
    """Which level and status the actor has from a day on."""
    actor = await house.actors.actors.one(id)
    status = None if actor["status"] in GONE else actor["status"]
    form = Form.empty(StandingDraft, level=actor["level"], status=status, valid_from=clock.today())
    return await _place_page(request, house, actor, form)


@area.take("/aktorer/{id}/lage", "place")
async def place(request: Request, house: Services, id: str) -> Response:
    """The standing before ends that day."""
    actor = await house.actors.actors.one(id)
    form = await Form.posted(request, StandingDraft, actor_id=id)
    sending = house.actors.actors.act(id, "place", form.sent, once=form.once)
    if await saved(form, sending):
        return go(request, "actors.show", id=id, notice="Läget är sparat.")
    return await _place_page(request, house, actor, form, status=422)


async def _place_page(
    request: Request,
    house: House,
    actor: Found,
    form: Form[StandingDraft],
    *,
    status: int = 200,
) -> Response:
    settled = await house.actors.standings.list(actor_id=actor["id"], sort="-valid_from", limit=20)
    return page(
        request, "actors/place.html", status=status, form=form, actor=actor, gone=GONE,
        settled=[one for one in settled.items if one["counting_periods"]],
    )  # fmt: skip


@area.show("/aktorer/{id}/atervand", "return")
async def ask_return(request: Request, house: Services, id: str) -> Response:
    """From when the actor takes part again, and what others took over."""
    left = await _left_by_living(house, id)
    form = Form.empty(ActorReturn, returned_on=clock.today(), level=left.actor["level"])
    return _return_page(request, left, form)


@area.take("/aktorer/{id}/atervand", "return")
async def come_back(request: Request, house: Services, id: str) -> Response:
    """Active again."""
    form = await Form.posted(request, ActorReturn)
    sending = house.actors.actors.act(id, "return", form.sent, once=form.once)
    if await saved(form, sending):
        day = form.draft.returned_on if form.draft else clock.today()
        coming = f"blir med i samverkan igen {swedish.day(day)}"
        said = coming if day > clock.today() else "är med i samverkan igen"
        return go(request, "actors.show", id=id, notice=f"Aktören {said}.")
    return _return_page(request, await _left_by_living(house, id), form, status=422)


async def _left_by_living(house: House, id: str) -> Left:
    """What the actor left, or the one that it lives on in by now."""
    return await left_by(house, (await house.actors.actors.one(id))["id"], Lookback())


def _return_page(
    request: Request, left: Left, form: Form[ActorReturn], *, status: int = 200
) -> Response:
    return page(
        request, "actors/return.html", status=status, form=form, actor=left.actor,
        taken=left.taken, aftermath=left.aftermath,
    )  # fmt: skip
