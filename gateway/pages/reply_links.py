"""Reply links: whoever is called to a meeting answers, without an account, by a secret address.

Looking changes nothing, for mail programs look at links before people do. The services are asked by
the hash of the address, so that it stands in no log and no database.
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
from services.councils.contract.invitation import ReplyLinkAnswer
from services.councils.contract.meeting import AttendanceAnswer
from services.kit.errors import NotFound

area = Area("reply_links")


@area.show("/svar/{token}", "answer")
async def ask_answer(request: Request, token: str) -> Response:
    """The meeting, and what was answered before."""
    await counted(request)
    councils, kept = kept_of(request, token)
    try:
        found = await councils.reply_links.one(kept)
    except NotFound:
        return _unknown(request)
    noted = {name: found[name] for name in ("answer", "substitute")}
    anew = noted["answer"] == AttendanceAnswer.unknown or found["answered_for"]
    begun = {} if anew else noted
    return _page(request, token, found, Form.empty(ReplyLinkAnswer, **begun))


@area.take("/svar/{token}", "answer")
async def answer(request: Request, token: str) -> Response:
    """What is answered stands as the attendance of the seat; it may be answered anew."""
    councils, kept = kept_of(request, token)
    await counted(request, kept)
    form = await Form.posted(request, ReplyLinkAnswer)
    try:
        if await saved(form, councils.reply_links.act(kept, "reply", form.sent, once=form.once)):
            gone = go(request, "reply_links.answer", token=token, notice="Tack, svaret är sparat.")
            gone.headers.update(UNTOLD)
            return gone
        found = await councils.reply_links.one(kept)
    except NotFound:
        return _unknown(request)
    return _page(request, token, found, form, status=422)


def kept_of(request: Request, token: str) -> tuple[Councils, str]:
    """The councils service as the door itself asks it, and what is kept of the address."""
    return Councils(request.app.state.switchboard, DOOR), digest(token).hex()


async def counted(request: Request, kept: str = "") -> None:
    """Throttled where somebody looks at too many, or answers too often."""
    address = request.client.host if request.client else ""
    async with request.app.state.database.writing(DOOR) as db:
        await throttle.count(db, throttle.link_buckets(address, kept))


def _unknown(request: Request) -> Response:
    return page(request, "meetings/reply_over.html", status=404, headers=UNTOLD)


def _page(
    request: Request, token: str, found: Found, form: Form[Any], *, status: int = 200
) -> Response:
    answers = [
        (AttendanceAnswer.yes, "Ja, jag kommer"),
        (AttendanceAnswer.no, "Nej, jag kommer inte"),
        (AttendanceAnswer.substitute, "Jag sänder en ersättare"),
    ]
    return page(
        request, "meetings/reply.html", status=status, headers=UNTOLD, form=form, meeting=found,
        token=token, answers=answers,
    )  # fmt: skip
