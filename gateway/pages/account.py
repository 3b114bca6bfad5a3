"""My account: who I am here, my password, and signing out everywhere."""

from fastapi import Request, Response

from gateway import accounts, throttle
from gateway.areas import Area
from gateway.drafts import ChangedPassword
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.passwords import demand_good
from gateway.tables import AccountRow
from gateway.throttle import Bucket
from services.kit.errors import Rejected
from services.kit.store import Record, get_row

area = Area("account")


async def _mine(request: Request) -> Record:
    async with request.app.state.database.reading() as db:
        return await get_row(db, AccountRow, visitor_of(request).account_id)


@area.show("/konto", "show")
async def show(request: Request) -> Response:
    """What is known of me."""
    account = await _mine(request)
    return page(request, "gateway/account.html", account=account, form=Form.empty(ChangedPassword))


@area.take("/konto/losenord", "password")
async def change_password(request: Request) -> Response:
    """A new password; every other session of mine ends, and this one gets a new id."""
    form, account = await Form.posted(request, ChangedPassword), await _mine(request)
    if form.draft:
        try:
            return await _change(request, account, form.draft)
        except Rejected as problem:
            form.blame(problem)
    return page(request, "gateway/account.html", status=422, account=account, form=form)


async def _change(request: Request, account: Record, draft: ChangedPassword) -> Response:
    state, caller = request.app.state, visitor_of(request).caller
    bucket = Bucket(f"password {account['id']}", 20)
    async with state.database.writing(caller) as db:
        await throttle.count(db, [bucket])
    if not await state.passwords.fits(draft.present, account["password_hash"]):
        raise Rejected("not the present password", field="present", reason="wrong_password")
    demand_good(draft.password, draft.password_again, email=account["email"])
    stored = await state.passwords.make(draft.password)
    async with state.database.writing(caller) as db:
        await throttle.forget(db, bucket)
        await accounts.set_password(db, account["id"], stored)
        token = await state.sessions.start(db, account)
    answer = go(request, "account.show", notice="Lösenordet är ändrat.")
    return state.sessions.keep(answer, token)  # type: ignore[no-any-return]


@area.take("/konto/logga-ut-overallt", "everywhere")
async def sign_out_everywhere(request: Request) -> Response:
    """Every session of mine ends, this one too."""
    state, caller = request.app.state, visitor_of(request).caller
    async with state.database.writing(caller) as db:
        await accounts.end_sessions(db, visitor_of(request).account_id)
    return state.sessions.forget(go(request, "door.sign_in"))  # type: ignore[no-any-return]
