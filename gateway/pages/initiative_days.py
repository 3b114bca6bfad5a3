"""What was turned too soon is taken back, and the days of an initiative's turns are put right."""

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, go_to, page
from gateway.pages.initiative_board import board_at
from gateway.pages.saving import saved
from gateway.pages.ticking import seen
from gateway.swedish import counted
from services.councils.contract.initiative import INITIATIVE_ENDS, InitiativeDays
from services.kit.errors import Conflict, Stale

area = Area("initiative_days")
KEPT = "Läget har ändrats, eller så finns ett resultat. Här är det som gäller nu."


@area.take("/initiativ/{id}/angra", "undo")
async def undo(request: Request, house: Services, id: str) -> Response:
    """It is as it was before the turn."""
    initiative, board = await house.councils.initiatives.one(id), request.query_params.get("board")
    verb = "resume" if initiative["status"] in INITIATIVE_ENDS else "back"
    try:
        await house.councils.initiatives.act(id, verb, version=seen(request.query_params))
    except (Conflict, Stale):
        return go(request, "initiatives.show", id=id, notice=KEPT)
    if board:
        return go_to(request, board_at(request, board, id), notice="Flytten är ångrad.")
    return go(request, "initiatives.show", id=id, notice="Det är ångrat.")


@area.show("/initiativ/{id}/dagar", "correct")
async def ask_days(request: Request, house: Services, id: str) -> Response:
    """The days of the turns that it has taken."""
    initiative = await house.councils.initiatives.one(id)
    return _page(request, Form.showing(InitiativeDays, initiative), initiative)


@area.take("/initiativ/{id}/dagar", "correct")
async def correct_days(request: Request, house: Services, id: str) -> Response:
    """It was so on other days."""
    form = await Form.posted(request, InitiativeDays)
    sending = house.councils.initiatives.act(id, "days", form.sent, version=form.version)
    if await saved(form, sending):
        said = f"Dagarna är rättade.{await _left_outside(house, id)}"
        return go(request, "initiatives.show", id=id, notice=said)
    return _page(request, form, await house.councils.initiatives.one(id), status=422)


async def _left_outside(house: House, id: str) -> str:
    """That some steps were done outside the days, which is right of them or wrong of the days."""
    steps = await house.councils.steps.whole(initiative_id=id, done="true")
    outside = sum(1 for one in steps if one["outside"])
    many = counted(outside, "steg är gjort", "steg är gjorda")
    return f" {many} utanför dem." if outside else ""


def _page(
    request: Request, form: Form[InitiativeDays], initiative: Found, *, status: int = 200
) -> Response:
    return page(
        request, "initiatives/days.html", status=status, form=form, initiative=initiative,
        fields=[name for name in InitiativeDays.model_fields if initiative[name]],
    )  # fmt: skip
