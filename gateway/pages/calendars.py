"""Calendars: meetings by a secret address that a calendar program follows, without signing in."""

from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from fastapi import Request, Response

from gateway import calendar_addresses as addresses
from gateway import throttle
from gateway.admission import UNTOLD
from gateway.areas import Area
from gateway.clients.councils import Councils
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import full_address, go, page, visitor_of
from gateway.session import DOOR
from services.kit.contract import Sent
from services.kit.errors import Conflict, NotFound
from services.kit.http import matches_tag
from services.kit.identity import Caller
from services.kit.store import Record

area = Area("calendars")
MEDIA = "text/calendar; charset=utf-8"


@area.show("/branschrad/{id:uuid}/prenumerera", "council")
async def ask_council(request: Request, house: Services, id: UUID) -> Response:
    """The user's own addresses to a council's meetings."""
    return await _page(request, await _council(house, id))


@area.take("/branschrad/{id:uuid}/prenumerera", "council")
async def make_for_council(request: Request, house: Services, id: UUID) -> Response:
    """One more, shown this once."""
    return await _made(request, await _council(house, id))


@area.show("/kalender/mina", "mine")
async def ask_mine(request: Request) -> Response:
    """The user's own addresses to the meetings of all councils that the user leads."""
    return await _page(request, None)


@area.take("/kalender/mina", "mine")
async def make_mine(request: Request) -> Response:
    """One more, shown this once."""
    return await _made(request, None)


async def _council(house: House, id: UUID) -> Found:
    return await house.councils.councils.one(id)


async def _made(request: Request, council: Found | None) -> Response:
    form, caller = await Form.received(request, Sent), visitor_of(request).caller
    council_id = UUID(council["id"]) if council else None
    token = addresses.secret_of(visitor_of(request).secret, council_id, form.once)
    try:
        async with request.app.state.database.writing(caller) as db:
            await addresses.make(db, visitor_of(request).account_id, council_id, token)
    except Conflict as problem:
        form.blame(problem)
        return await _page(request, council, form=form, status=422)
    address = full_address(request, "calendars.feed", token=token)
    return await _page(request, council, address=address)


async def _page(
    request: Request,
    council: Found | None,
    *,
    form: Form[Sent] | None = None,
    address: str = "",
    status: int = 200,
) -> Response:
    council_id = UUID(council["id"]) if council else None
    async with request.app.state.database.reading() as db:
        kept = await addresses.own(db, visitor_of(request).account_id, council_id)
    form = form or Form(Sent, {})
    return page(
        request, "meetings/subscribe.html", status=status, form=form, council=council, kept=kept,
        address=address,
    )  # fmt: skip


@area.take("/kalender/adresser/{id:uuid}/ta-tillbaka", "revoke")
async def revoke(request: Request, id: UUID) -> Response:
    """It leads nowhere from now on."""
    form, visitor = await Form.received(request, Sent), visitor_of(request)
    async with request.app.state.database.writing(visitor.caller) as db:
        await addresses.revoke(db, visitor.account_id, id)
    said, council = "Adressen är återtagen. Den slutade gälla nu.", form.value("council_id")
    if council:
        return go(request, "calendars.council", id=council, notice=said)
    return go(request, "calendars.mine", notice=said)


@area.show("/kalender/{token}.ics", "feed")
async def feed(request: Request, token: str) -> Response:
    """What the address's user may see now; what has not changed is not sent again."""
    state = request.app.state
    try:
        async with state.database.reading() as db:
            found, account = await addresses.behind(db, token)
        body = await _meetings(request, found, await _caller(request, account))
    except NotFound:
        await _count_miss(request)
        return Response("Not found", 404, UNTOLD, "text/plain")
    async with state.database.writing(DOOR) as db:
        await addresses.note_fetched(db, found["id"])
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    told = {"ETag": tag, "Cache-Control": "private, no-cache", **UNTOLD}
    if matches_tag(request, tag):
        return Response(status_code=304, headers=told)
    return Response(body, 200, told, MEDIA)


async def _meetings(request: Request, found: Record, caller: Caller) -> bytes:
    councils = Councils(request.app.state.switchboard, caller)
    at = f"/councils/{found['council_id']}" if found["council_id"] else "/meetings/led"
    reply = await councils.send("GET", f"{at}/ical")
    if reply.status != 200:  # noqa: PLR2004
        raise reply.problem()
    return reply.body


async def _caller(request: Request, account: Record) -> Caller:
    """The address's user with the rights of now: roles, and the posts that its person holds."""
    caller = Caller(
        kind="user",
        subject=f"user:{account['id']}",
        roles=tuple(account["roles"]),
        municipality_code=account["municipality_code"],
        person_id=account["person_id"] and UUID(str(account["person_id"])),  # not the driver's
        request_id=request.scope.get("request_id", "-"),
    )
    posts_of = request.app.state.sessions.posts_of
    if account["person_id"] is None or posts_of is None:
        return caller
    # Where the registry is away nothing is told: an empty calendar would look like the truth.
    return replace(caller, post_ids=tuple(await posts_of(account["person_id"], caller)))


async def _count_miss(request: Request) -> None:
    """Throttled where somebody guesses; programs that ask for what there is are not counted."""
    address = request.client.host if request.client else ""
    async with request.app.state.database.writing(DOOR) as db:
        await throttle.count(db, throttle.link_buckets(address))
