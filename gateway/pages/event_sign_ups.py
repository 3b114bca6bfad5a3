"""Sign-ups of an event: who comes, who waits, who came; signed up and cancelled for who rang."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area, named_in
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.events import has_begun
from gateway.pages.listing import KINDS, file_of
from gateway.pages.saving import saved
from gateway.swedish.codes import label
from services.councils.contract.event_sign_up import EventSignUpDraft
from services.kit.errors import Conflict, NotFound

area = Area("event_sign_ups")
CAME = {True: "ja", False: "nej", None: ""}


@area.show("/konferenser/{id}/anmalda", "list")
async def list_sign_ups(request: Request, house: Services, id: str) -> Response:
    """All of them in order."""
    return await _list_page(request, house, id, Form.empty(EventSignUpDraft))


async def _read(house: House, id: str) -> tuple[Found, Found]:
    event, found = await house.councils.batch(
        house.councils.events.at(id), house.councils.events.at(id, "/sign-ups")
    )
    return event, found


async def _list_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    event, found = await _read(house, id)
    return page(
        request, "events/sign_ups.html", status=status, form=form, event=event, found=found,
        begun=has_begun(event),
    )  # fmt: skip


@area.take("/konferenser/{id}/anmalda", "add")
async def add(request: Request, house: Services, id: str) -> Response:
    """Sign somebody up who rang."""
    form = await Form.posted(request, EventSignUpDraft)
    sending = house.councils.events.act(id, "sign-ups", form.sent, once=form.once)
    if made := await saved(form, sending):
        coming = made["state"] == "coming"
        said = "Personen är anmäld." if coming else "Det är fullt: personen är på väntelistan."
        return go(request, "event_sign_ups.list", id=id, notice=said)
    return await _list_page(request, house, id, form, status=422)


VERBS: dict[str, tuple[str, dict[str, Any], str]] = {
    "kom": ("attend", {"attended": True}, "Noterat att personen kom."),
    "kom-inte": ("attend", {"attended": False}, "Noterat att personen inte kom."),
    "okant": ("attend", {"attended": None}, "Närvaron är okänd igen."),
    "avanmal": ("cancel", {}, "Personen är avanmäld. Den som väntat längst fick platsen."),
}


@area.take("/konferenser/{id}/anmalda/{sign_up}/{verb}", "move")
async def move(request: Request, house: Services, id: str, sign_up: str, verb: str) -> Response:
    """Whether somebody came, or that they do not come."""
    action, body, said = named_in(VERBS, verb)
    try:
        await house.councils.post(f"/events/{id}/sign-ups/{sign_up}/{action}", body)
    except Conflict:
        said = "Läget hade redan ändrats. Här är det som gäller nu."
    return go(request, "event_sign_ups.list", id=id, notice=said)


@area.show("/konferenser/{id}/anmalda.{kind}", "file")
async def file(house: Services, id: str, kind: str) -> Response:
    """The list as CSV or Excel."""
    if kind not in KINDS:
        raise NotFound("there is no such file")
    _, found = await _read(house, id)
    rows = [_row(one) for one in found["items"]]
    return file_of(
        "anmalda", kind, ["Nummer", "Läge", "Namn", "Organisation", "E-post", "Kom"], rows
    )


def _row(one: Found) -> dict[str, Any]:
    return {
        "Nummer": one["number"],
        "Läge": label(one["state"], "SignUpState"),
        "Namn": one["name"],
        "Organisation": one["organisation"],
        "E-post": one["email"],
        "Kom": CAME[one["attended"]],
    }
