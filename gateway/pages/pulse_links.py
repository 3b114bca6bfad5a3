"""Pulse links: whoever is asked answers four questions, without an account, by a secret address.

The page never tells what was answered by it, nor whether: it opens empty. What is typed goes to the
service with no key to repeat it by, and no count of answers is kept by address.
"""

from typing import Any

from fastapi import Request, Response

from gateway import throttle
from gateway.accounts import digest
from gateway.admission import UNTOLD
from gateway.areas import Area
from gateway.clients.councils import Councils
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.saving import saved
from gateway.session import DOOR
from services.councils.contract.pulse import FEWEST, PulseAnswer
from services.kit.errors import NotFound

area = Area("pulse_links")
# Each question with what it asks, and whether it is of the half that is not seen.
ASKED = (
    ("relations", "Hur bra är våra relationer?", True),
    ("thinking", "Hur bra tänker vi tillsammans?", True),
    ("acting", "Hur bra handlar vi tillsammans?", False),
    ("results", "Hur bra är våra resultat?", False),
)
SCALE = [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5")]


@area.show("/puls/{token}", "answer")
async def ask(request: Request, token: str) -> Response:
    """The four questions, unanswered."""
    await _count(request)
    councils, kept = _kept(request, token)
    try:
        pulse = await councils.pulse_links.one(kept)
    except NotFound:
        return _unknown(request)
    return _page(request, token, pulse, Form.empty(PulseAnswer))


@area.take("/puls/{token}", "answer")
async def answer(request: Request, token: str) -> Response:
    """It takes the place of what the same address answered before."""
    councils, kept = _kept(request, token)
    await _count(request)
    form = await Form.posted(request, PulseAnswer)
    try:
        if await saved(form, councils.pulse_links.act(kept, "answer", form.sent)):
            gone = go(request, "pulse_links.thanks", token=token)
            gone.headers.update(UNTOLD)
            return gone
        pulse = await councils.pulse_links.one(kept)
    except NotFound:
        return _unknown(request)
    return _page(request, token, pulse, form, status=422)


@area.show("/puls/{token}/tack", "thanks")
async def thanks(request: Request, token: str) -> Response:
    """What happens now. It is the same page whether anything was answered or not.

    It is not counted: whoever has answered comes here at once, and was counted then.
    """
    councils, kept = _kept(request, token)
    try:
        pulse = await councils.pulse_links.one(kept)
    except NotFound:
        return _unknown(request)
    return page(
        request, "pulses/thanks.html", headers=UNTOLD, pulse=pulse, token=token, fewest=FEWEST
    )


def _kept(request: Request, token: str) -> tuple[Councils, str]:
    """The councils service as the door itself asks it, and what is kept of the address."""
    return Councils(request.app.state.switchboard, DOOR), digest(token).hex()


async def _count(request: Request) -> None:
    """Throttled where somebody looks at too many. What link it was is not counted."""
    address = request.client.host if request.client else ""
    async with request.app.state.database.writing(DOOR) as db:
        await throttle.count(db, throttle.link_buckets(address))


def _unknown(request: Request) -> Response:
    return page(request, "pulses/no_link.html", status=404, headers=UNTOLD)


def _page(
    request: Request, token: str, pulse: Found, form: Form[Any], *, status: int = 200
) -> Response:
    return page(
        request, "pulses/answer.html", status=status, headers=UNTOLD, form=form, pulse=pulse,
        token=token, asked=ASKED, scale=SCALE, fewest=FEWEST,
    )  # fmt: skip
