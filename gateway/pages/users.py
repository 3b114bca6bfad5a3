"""Users: the administrator lets people in, gives them roles, and shuts them out."""

from typing import Any
from uuid import UUID

from fastapi import Request, Response

from gateway import accounts
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.drafts import AccountDraft
from gateway.forms import Form
from gateway.html import full_address, go, page, pages_of, visitor_of
from gateway.pages import person_choices
from gateway.seeking import seeks
from gateway.tables import AccountRow
from services.kit.blame import problem_of
from services.kit.errors import Conflict, Problem, Rejected, Stale
from services.kit.store import Record, get_row

area = Area("users")


@area.show("/anvandare", "list")
async def list_users(request: Request) -> Response:
    """Every user."""
    async with request.app.state.database.reading() as db:
        users = await accounts.listed(db)
    return page(request, "gateway/users.html", users=users)


@area.show("/anvandare/ny", "new")
async def new_user(request: Request, house: Services) -> Response:
    """An empty form."""
    return await _form_page(request, house, Form.empty(AccountDraft))


@area.take("/anvandare/ny", "new")
async def let_in(request: Request, house: Services) -> Response:
    """A new user, and the link to hand over."""
    form = await Form.posted(request, AccountDraft)
    if form.draft and not seeks(form):
        try:
            async with request.app.state.database.writing(visitor_of(request).caller) as db:
                account, token = await accounts.open_account(db, form.draft)
        except Exception as failure:
            form.blame(_problem(failure))
        else:
            return _link_page(request, account, token)
    return await _form_page(request, house, form, status=422)


@area.show("/anvandare/{id:uuid}", "user")
async def show_user(request: Request, house: Services, id: UUID) -> Response:
    """The form with what is stored."""
    user = await _user(request, id)
    return await _form_page(request, house, Form.showing(AccountDraft, user), user=user)


@area.take("/anvandare/{id:uuid}", "user")
async def change_user(request: Request, house: Services, id: UUID) -> Response:
    """New values; new rights sign the user out."""
    user = await _user(request, id)
    form = await Form.posted(request, AccountDraft, kept=user)
    if form.draft and not seeks(form):
        try:
            async with request.app.state.database.writing(visitor_of(request).caller) as db:
                await accounts.change(db, id, form.draft, form.version)
        except Exception as failure:
            form.blame(_problem(failure))
        else:
            return go(request, "users.list", notice="Användaren är ändrad.")
    return await _form_page(request, house, form, user=user, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[AccountDraft],
    *,
    user: Record | None = None,
    status: int = 200,
) -> Response:
    if seeks(form):
        form.wrong.clear()  # who is meant is chosen first
    people = await person_choices.people(house, form)
    return page(
        request, "gateway/user_form.html", status=status, form=form, user=user, people=people
    )


@area.take("/anvandare/{id:uuid}/lank", "link")
async def new_link(request: Request, id: UUID) -> Response:
    """A new link to hand over; the old one stops working."""
    user = await _user(request, id)
    async with request.app.state.database.writing(visitor_of(request).caller) as db:
        token = await accounts.make_link(db, id)
    return _link_page(request, user, token)


@area.show("/anvandare/{id:uuid}/stang", "close")
async def ask_to_close(request: Request, id: UUID) -> Response:
    """What closing does, before it is done."""
    user = await _user(request, id)
    return page(request, "gateway/user_close.html", user=user, form=Form.empty(None))


@area.take("/anvandare/{id:uuid}/stang", "close")
async def close(request: Request, id: UUID) -> Response:
    """Shut out, now."""
    try:
        async with request.app.state.database.writing(visitor_of(request).caller) as db:
            await accounts.close(db, id)
    except Conflict as problem:
        user = await _user(request, id)
        form: Form[Any] = Form.empty(None)
        form.blame(problem)
        return page(request, "gateway/user_close.html", status=422, user=user, form=form)
    undo = pages_of(request).addresses.to("users.reopen", id=id)
    return go(request, "users.list", notice="Kontot är stängt.", undo=undo)


@area.take("/anvandare/{id:uuid}/oppna", "reopen")
async def reopen(request: Request, id: UUID) -> Response:
    """Let in again."""
    async with request.app.state.database.writing(visitor_of(request).caller) as db:
        await accounts.reopen(db, id)
    notice = "Kontot är öppet igen. Skapa en ny länk så att användaren kan välja lösenord."
    return go(request, "users.list", notice=notice)


async def _user(request: Request, id: UUID) -> Record:
    async with request.app.state.database.reading() as db:
        return await get_row(db, AccountRow, id)


def _problem(failure: Exception) -> Problem:
    problem = failure if isinstance(failure, Problem) else problem_of(failure)
    if not isinstance(problem, Rejected | Conflict | Stale):
        raise failure
    return problem


def _link_page(request: Request, user: Record, token: str) -> Response:
    address = full_address(request, "door.link", token=token)
    return page(request, "gateway/user_link.html", user=user, address=address)
