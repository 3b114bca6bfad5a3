"""Seats: an actor's place in a council ends and stays readable."""

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.saving import saved
from services.councils.contract.council import SeatDraft
from services.kit import clock

area = Area("councils")


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
