"""Seats: an actor's place in a council gets a post, ends, and stays readable."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.saving import saved
from services.councils.contract.council import SeatDraft
from services.kit import clock

area = Area("councils")


@area.show("/platser/{id}/andra", "edit_seat")
async def edit_seat(request: Request, house: Services, id: str) -> Response:
    """Which of the actor's posts has the seat, and in what role."""
    seat = await house.councils.seats.one(id)
    return await _seat_page(request, house, seat, Form.showing(SeatDraft, seat))


@area.take("/platser/{id}/andra", "edit_seat")
async def revise_seat(request: Request, house: Services, id: str) -> Response:
    """New values: whoever has the post is called to meetings."""
    seat = await house.councils.seats.one(id)
    form = await Form.posted(request, SeatDraft, kept=seat)
    sending = house.councils.seats.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        said = "Platsen är ändrad."
        return go(request, "councils.show", id=seat["council_id"], notice=said)
    return await _seat_page(request, house, seat, form, status=422)


async def _seat_page(
    request: Request, house: House, seat: Found, form: Form[Any], *, status: int = 200
) -> Response:
    """Offers the actor's own posts."""
    found = await house.actors.posts.list(actor_id=seat["actor_id"], limit=200, sort="title")
    labels = await house.analysis.labels(ids_in([seat["actor_id"], seat["post_id"]]))
    posts = choices.kept(
        [(one["id"], one["title"]) for one in found.items], seat["post_id"], labels
    )
    return page(
        request, "councils/edit_seat.html", status=status, form=form, seat=seat, posts=posts,
        labels=labels, name=choices.name_in,
    )  # fmt: skip


@area.show("/platser/{id}/avsluta", "end_seat")
async def ask_end_seat(request: Request, house: Services, id: str) -> Response:
    """When the seat ends."""
    seat = await house.councils.seats.one(id)
    form = Form.showing(SeatDraft, seat | {"valid_to": clock.today().isoformat()})
    return page(request, "councils/end_seat.html", form=form, seat=seat)


@area.take("/platser/{id}/avsluta", "end_seat")
async def end_seat(request: Request, house: Services, id: str) -> Response:
    """The seat ends that day and stays readable."""
    seat = await house.councils.seats.one(id)
    form = await Form.posted(request, SeatDraft, kept=seat)
    sending = house.councils.seats.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        said = "Platsen är avslutad."
        return go(request, "councils.show", id=seat["council_id"], notice=said)
    return page(request, "councils/end_seat.html", status=422, form=form, seat=seat)
