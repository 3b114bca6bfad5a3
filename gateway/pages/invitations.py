"""Invitations: who is called to a meeting by e-mail, and how each letter went."""

from collections.abc import Iterable
from typing import Any

from fastapi import Request, Response

from gateway.access import may
from gateway.areas import Area
from gateway.clients.councils import Councils
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.saving import saved
from gateway.visitor import Visitor
from services.councils.contract.invitation import InvitationSending, InvitationState
from services.kit import clock
from services.kit.contract import Sent
from services.kit.errors import Conflict, Stale

area = Area("invitations")
LATE = "Kallelsen har ändrats under tiden. Läs igenom listan och försök igen."


def asked(visitor: Visitor, councils: Councils, meeting_id: str) -> list[str]:
    """What is to be read of a meeting's letters; nothing where the visitor may not."""
    at = councils.meetings.at(meeting_id, "/invitations")
    return [at] if may(visitor, "invitations.send") else []


def newest(found: list[Found], seats: Iterable[Found]) -> list[Found]:
    """The newest letter to each person, with the seat; one that gave way only without another."""
    of = {seat["id"]: seat for seat in seats}
    told: dict[tuple[str, str], Found] = {}
    for letter in sorted(found[0]["items"], key=_gave_way) if found else []:
        seat = of.get(letter["seat_id"], {"actor_id": None, "post_id": None})
        told.setdefault((letter["seat_id"], letter["person_id"]), letter | {"seat": seat})
    return list(told.values())


def _gave_way(letter: Found) -> bool:
    return letter["state"] == InvitationState.skipped and not letter["last_error"]


@area.show("/moten/{id}/kallelse", "send")
async def ask_send(request: Request, house: Services, id: str) -> Response:
    """Who gets a letter, who has one, and who cannot get any."""
    return await _send_page(request, house, id, Form.empty(None))


@area.take("/moten/{id}/kallelse", "send")
async def send(request: Request, house: Services, id: str) -> Response:
    """Letters to everybody who has none, as they were shown; sent twice it is done once."""
    form = await Form.posted(request, InvitationSending)
    sending = house.councils.meetings.act(id, "invitations", form.sent, once=form.once)
    if await saved(form, sending):
        said = "Kallelserna skickas nu. Här ser du hur det går."
        return go(request, "meetings.show", id=id, notice=said)
    return await _send_page(request, house, id, form, status=422)


async def _send_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    meeting, found = await house.councils.batch(
        house.councils.meetings.at(id), house.councils.meetings.at(id, "/recipients")
    )
    recipients = found["items"]
    wanted = ids_in([meeting["council_id"], *(one["actor_id"] for one in recipients)],
                    [one["post_id"] for one in recipients])  # fmt: skip
    labels = await house.analysis.labels(wanted)
    return page(
        request, "meetings/invite.html", status=status, form=form, meeting=meeting,
        labels=labels, name=choices.name_in, letter=found["letter"], mark=found["mark"],
        new=[one for one in recipients if not one["why_not"] and not one["called"]],
        called=[one for one in recipients if one["called"]],
        others=[one for one in recipients if one["why_not"]],
        coming=meeting["status"] == "planned" and meeting["starts_at"] > clock.now().isoformat(),
    )  # fmt: skip


@area.take("/moten/{id}/kallelse/{letter_id}/igen", "again")
async def again(request: Request, house: Services, id: str, letter_id: str) -> Response:
    """One that did not go, or of which nobody knows, once more."""
    done = await _done(request, house, id, letter_id, "send-again")
    return go(request, "meetings.show", id=id, notice="Kallelsen skickas igen." if done else LATE)


@area.take("/moten/{id}/kallelse/{letter_id}/aterkalla", "revoke")
async def revoke(request: Request, house: Services, id: str, letter_id: str) -> Response:
    """Somebody's links take no answer any more."""
    said = "Länken är återkallad. Den som har den kan inte svara, och får inga fler utskick."
    done = await _done(request, house, id, letter_id, "revoke")
    return go(request, "meetings.show", id=id, notice=said if done else LATE)


async def _done(request: Request, house: House, id: str, letter_id: str, verb: str) -> bool:
    """Whether it is done; not where the letter was changed meanwhile."""
    form, path = await Form.received(request, Sent), f"invitations/{letter_id}/{verb}"
    try:
        await house.councils.meetings.act(id, path, once=form.once, version=form.version)
    except (Conflict, Stale):
        return False
    return True
