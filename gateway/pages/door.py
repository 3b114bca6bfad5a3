"""The door: signing in and out, and the link by which a user chooses a password."""

from fastapi import Request, Response

from gateway import accounts, throttle
from gateway.addresses import is_local
from gateway.areas import Area
from gateway.drafts import NewPassword, SignIn
from gateway.forms import Form
from gateway.html import go, go_to, page, visitor_of
from gateway.passwords import demand_good
from gateway.session import DOOR
from services.kit.errors import NotFound, Rejected

area = Area("door")
HOME = "/"


@area.show("/logga-in", "sign_in")
async def sign_in_page(request: Request) -> Response:
    """The form; those who are signed in already go on."""
    wanted = local(request.query_params.get("next", ""))
    if visitor_of(request).signed_in:
        return go_to(request, wanted)
    form = Form.empty(SignIn)
    form.next = wanted if wanted != HOME else ""
    return await _sign_in_page(request, form)


@area.take("/logga-in", "sign_in")
async def sign_in(request: Request) -> Response:
    """Count the try, check the password, begin a session: or say no without saying why."""
    form = await Form.posted(request, SignIn)
    if form.draft is None:
        return await _sign_in_page(request, form, status=422)
    state, address = request.app.state, request.client.host if request.client else ""
    buckets = throttle.sign_in_buckets(form.draft.email.lower(), address)
    async with state.database.writing(DOOR) as db:
        await throttle.count(db, buckets)
    async with state.database.reading() as db:
        account = await accounts.by_email(db, form.draft.email)
    stored = account["password_hash"] if account else None
    if not await state.passwords.fits(form.draft.password, stored) or account is None:
        form.fail("", "wrong_sign_in")
        return await _sign_in_page(request, form, status=422)
    async with state.database.writing(DOOR) as db:
        await throttle.forget(db, buckets[0])
        await state.sessions.end(db, request)
        token = await state.sessions.start(db, account)
    return state.sessions.keep(go_to(request, local(form.next)), token)  # type: ignore[no-any-return]


async def _sign_in_page(request: Request, form: Form[SignIn], *, status: int = 200) -> Response:
    async with request.app.state.database.reading() as db:
        house = await accounts.house(db)
    shown = page(request, "gateway/sign_in.html", status=status, form=form, house=house)
    return request.app.state.sessions.keep_form(shown, request)  # type: ignore[no-any-return]


def local(address: str) -> str:
    """Where to go on to: an address of this house, or its first page."""
    return address if is_local(address) else HOME


@area.take("/logga-ut", "sign_out")
async def sign_out(request: Request) -> Response:
    """The session ends, and the browser forgets."""
    state = request.app.state
    async with state.database.writing(DOOR) as db:
        await state.sessions.end(db, request)
    return state.sessions.forget(go(request, "door.sign_in"))  # type: ignore[no-any-return]


@area.show("/valkommen/{token}", "link")
async def link_page(request: Request, token: str) -> Response:
    """The form behind a link; reading it does not use the link up."""
    return await _link_page(request, token, Form.empty(NewPassword))


@area.take("/valkommen/{token}", "link")
async def follow_link(request: Request, token: str) -> Response:
    """A password is chosen, the link is used up, and the user is signed in."""
    form = await Form.posted(request, NewPassword)
    state = request.app.state
    if form.draft:
        try:
            return await _choose(request, token, form.draft)
        except Rejected as problem:
            form.blame(problem)
        except NotFound:
            return page(request, "gateway/link_over.html", status=404)
    shown = await _link_page(request, token, form, status=422)
    return state.sessions.keep_form(shown, request)  # type: ignore[no-any-return]


async def _choose(request: Request, token: str, draft: NewPassword) -> Response:
    state = request.app.state
    async with state.database.reading() as db:
        account = await accounts.behind_link(db, token)
    demand_good(draft.password, draft.password_again, email=account["email"])
    stored = await state.passwords.make(draft.password)
    async with state.database.writing(DOOR) as db:
        account = await accounts.behind_link(db, token, use=True)
        await accounts.set_password(db, account["id"], stored)
        session = await state.sessions.start(db, account)
    answer = go_to(request, HOME, notice="Lösenordet är sparat. Välkommen!")
    return state.sessions.keep(answer, session)  # type: ignore[no-any-return]


async def _link_page(
    request: Request, token: str, form: Form[NewPassword], *, status: int = 200
) -> Response:
    try:
        async with request.app.state.database.reading() as db:
            account = await accounts.behind_link(db, token)
    except NotFound:
        return page(request, "gateway/link_over.html", status=404)
    shown = page(
        request, "gateway/link.html", status=status, form=form, account=account, token=token
    )
    return request.app.state.sessions.keep_form(shown, request)  # type: ignore[no-any-return]
