"""The door of an event: for everybody who has its address, without an account.

They see the programme, sign up, and say afterwards what they thought. Who has signed up is asked
for by the hash of a link of their own, so that it stands in no log and no database.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from fastapi import Request, Response

from gateway import throttle
from gateway.accounts import digest
from gateway.admission import UNTOLD
from gateway.areas import Area
from gateway.clients.analysis import Analysis
from gateway.clients.councils import Councils
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.keys import Pepper
from gateway.pages.saving import saved
from gateway.session import DOOR, cookie_name
from services.councils.contract.event_feedback import EventFeedbackDraft
from services.councils.contract.event_sign_up import EventSignUpByLink, EventSignUpDraft
from services.kit.errors import Conflict, NotFound

area = Area("event_door")
# The address is handed out, but no search engine is to have it.
UNFOUND: Mapping[str, str] = {"X-Robots-Tag": "noindex"}
COOKIE = "listener"
YEAR = 365 * 24 * 3600


def councils_of(request: Request) -> Councils:
    """The councils service as the door itself asks it."""
    return Councils(request.app.state.switchboard, DOOR)


def door_page(request: Request, template: str, /, *, status: int = 200, **context: Any) -> Response:
    """A page of the door: its browser is given what its forms, and its votes, are known by."""
    shown = page(request, template, status=status, headers=UNFOUND, **context)
    name = cookie_name(https=request.app.state.sessions.https, kind=COOKIE)
    if own := request.scope.get(COOKIE):
        shown.set_cookie(
            name, own, max_age=YEAR, secure=request.app.state.sessions.https, httponly=True,
            samesite="lax",
        )  # fmt: skip
    kept: Response = request.app.state.sessions.keep_form(shown, request)
    return kept


def browser_of(request: Request, address: str) -> str:
    """What is kept of a browser at one event: of two events nobody can tell that it is the same.

    It has a cookie that we have signed; one that we have not gets another.
    """
    pepper = Pepper.of(request.app.state.settings)
    name = cookie_name(https=request.app.state.sessions.https, kind=COOKIE)
    number, _, proof = request.cookies.get(name, "").partition(".")
    if not number or not hmac.compare_digest(proof.encode(), _proof(pepper, number).encode()):
        number = token_urlsafe(16)
        request.scope[COOKIE] = f"{number}.{_proof(pepper, number)}"
    return sha256(f"{address}\0{number}".encode()).hexdigest()


def _proof(pepper: Pepper, number: str) -> str:
    return pepper.hash(number, b"event listener").hex()[:32]


async def count(request: Request, *buckets: throttle.Bucket) -> None:
    """Throttled where one browser, or one place, does too much."""
    async with request.app.state.database.writing(DOOR) as db:
        await throttle.count(db, list(buckets))


def place_of(request: Request) -> str:
    """From where somebody asks."""
    return request.client.host if request.client else ""


async def shown_at(request: Request, address: str) -> Found:
    """What everybody is shown of the event at an address. NotFound."""
    found: Found = await councils_of(request).event_doors.one(address)
    return found


@area.show("/konferens/{address}", "show")
async def show_event(request: Request, address: str) -> Response:
    """The event and its programme."""
    door = await shown_at(request, address)
    ids = ids_in(*(one["speaker_post_ids"] for one in door["sessions"]))
    labels = await Analysis(request.app.state.switchboard, DOOR).labels(ids) if ids else {}
    named = [one | {"speakers": _named(one, labels)} for one in door["sessions"]]
    return door_page(request, "event_door/show.html", door=door, programme=named, address=address)


def _named(session: Found, labels: Mapping[str, Found]) -> list[str]:
    posts = (labels.get(one) for one in session["speaker_post_ids"])
    return [*(str(one["label"]) for one in posts if one), *session["speakers"]]


@area.begin("/konferens/{address}/anmalan", "sign_up")
async def ask_sign_up(request: Request, address: str) -> Response:
    """Who comes."""
    form = Form.begun(request, EventSignUpDraft)
    return _sign_up_page(request, address, await shown_at(request, address), form)


@area.take("/konferens/{address}/anmalan", "sign_up")
async def sign_up(request: Request, address: str) -> Response:
    """A place, or one in the line; and a link by which it is cancelled."""
    own = browser_of(request, address)
    await count(
        request,
        throttle.Bucket(f"event sign-up {own}", 20),
        throttle.Bucket(f"event sign-ups from {place_of(request)}", 300),
    )
    form = await Form.posted(request, EventSignUpDraft)
    token = _token(request, address, form.once)
    body = _with_link(form, token)
    once = digest(token).hex()
    sending = councils_of(request).event_doors.act(address, "sign-ups", body, once=once)
    if await saved(form, sending):
        gone = go(request, "event_door.own", token=token)
        gone.headers.update(UNTOLD)
        return gone
    door = await shown_at(request, address)
    return _sign_up_page(request, address, door, form, status=422)


def _token(request: Request, address: str, once: str) -> str:
    """The secret of a sign-up's own link: the same, however often its form is sent.

    And another for each browser: `once` stands in the form's address, which people pass on.
    """
    asked = f"{address}\0{once}\0{visitor_of(request).secret.hex()}"
    raw = Pepper.of(request.app.state.settings).hash(asked, b"event sign-up")
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _with_link(form: Form[EventSignUpDraft], token: str) -> Any:
    kept = digest(token).hex()
    sent = form.sent
    if isinstance(sent, EventSignUpDraft):
        return EventSignUpByLink(**sent.model_dump(), link_hash=kept)
    return {**sent, "link_hash": kept}


def _sign_up_page(
    request: Request, address: str, door: Found, form: Form[Any], *, status: int = 200
) -> Response:
    return door_page(
        request, "event_door/sign_up.html", status=status, door=door, form=form, address=address
    )


@area.show("/konferensanmalan/{token}", "own")
async def show_own(request: Request, token: str) -> Response:
    """One's own sign-up: a place, or which one in the line."""
    # Whoever signs up comes here at once, and a hall does from one place.
    await count(request, throttle.Bucket(f"event link from {place_of(request)}", 1000))
    try:
        found = await councils_of(request).event_sign_ups.one(digest(token).hex())
    except NotFound:
        return page(request, "event_door/unknown.html", status=404, headers=UNTOLD)
    return page(
        request, "event_door/own.html", headers=UNTOLD, own=found, token=token,
        form=Form.empty(None),
    )  # fmt: skip


@area.take("/konferensanmalan/{token}", "cancel")
async def cancel_own(request: Request, token: str) -> Response:
    """They do not come."""
    kept = digest(token).hex()
    await count(request, *throttle.link_buckets(place_of(request), kept))
    try:
        await councils_of(request).event_sign_ups.act(kept, "cancel")
        said = "Du är avanmäld. Platsen går till den som väntat längst."
    except Conflict:
        said = "Det går inte att avanmäla sig längre."
    except NotFound:
        return page(request, "event_door/unknown.html", status=404, headers=UNTOLD)
    gone = go(request, "event_door.own", token=token, notice=said)
    gone.headers.update(UNTOLD)
    return gone


@area.show("/konferens/{address}/omdome", "feedback")
async def ask_feedback(request: Request, address: str) -> Response:
    """What somebody thought."""
    browser_of(request, address)
    door = await shown_at(request, address)
    return _feedback_page(request, address, door, Form.empty(EventFeedbackDraft))


@area.take("/konferens/{address}/omdome", "feedback")
async def give_feedback(request: Request, address: str) -> Response:
    """It is kept; what the same browser said before gives way."""
    own = browser_of(request, address)
    await count(
        request,
        throttle.Bucket(f"event feedback {own}", 20),
        throttle.Bucket(f"event feedback from {place_of(request)}", 600),
    )
    form = await Form.posted(request, EventFeedbackDraft)
    sent = form.sent.model_dump() if isinstance(form.sent, EventFeedbackDraft) else form.sent
    body = {**sent, "browser": own}
    sending = councils_of(request).event_doors.act(address, "feedback", body, once=form.once)
    if await saved(form, sending):
        said = "Tack, det du tyckte är sparat."
        return go(request, "event_door.show", address=address, notice=said)
    door = await shown_at(request, address)
    return _feedback_page(request, address, door, form, status=422)


def _feedback_page(
    request: Request, address: str, door: Found, form: Form[Any], *, status: int = 200
) -> Response:
    return door_page(
        request, "event_door/feedback.html", status=status, door=door, form=form,
        address=address,
    )  # fmt: skip
