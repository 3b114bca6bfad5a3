"""Saved filters: a selection of the list of actors is kept under a name, renamed, taken away."""

from uuid import UUID

from fastapi import Request, Response

from gateway import saved_filters
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.drafts import SavedFilterDraft
from gateway.forms import Form
from gateway.here import Here
from gateway.html import go, go_to, page, pages_of, visitor_of
from gateway.misread import misread
from gateway.pages import actors
from gateway.pages.listing import wanted
from gateway.swedish.problems import ANYWHERE
from services.kit.blame import problem_of
from services.kit.errors import Conflict, Malformed, Problem, Rejected

area = Area("saved_filters")


def _chosen(request: Request) -> str:
    here = Here.of(request.url.path, request.url.query)
    return saved_filters.query_in(here, actors.SAVED)


def _list_of(request: Request, query: str) -> str:
    path = pages_of(request).addresses.to(actors.PAGE)
    return f"{path}?{query}" if query else path


@area.begin("/aktorer/urval/nytt", "new")
async def new_filter(request: Request, house: Services) -> Response:
    """An empty name for what the address has chosen, as far as the list can read it."""
    form = Form.begun(request, SavedFilterDraft)
    if not await _is_readable(request, house):
        form.fail(ANYWHERE, "no_such_choice")
        misread(request, form)
    return _new_page(request, form)


async def _is_readable(request: Request, house: House) -> bool:
    """Whether the list knows the choices: what it refuses is no selection to come back to."""
    try:
        await house.actors.actors.list(**wanted(request, actors.FILTERS), limit=1)
    except Malformed:
        return False
    return True


@area.take("/aktorer/urval/nytt", "new")
async def save(request: Request, house: Services) -> Response:
    """Keep it, and back to the list."""
    form, visitor = await Form.posted(request, SavedFilterDraft), visitor_of(request)
    query = _chosen(request)
    if not await _is_readable(request, house):
        form.fail(ANYWHERE, "no_such_choice")
        form.draft = None
    if form.draft:
        try:
            async with request.app.state.database.writing(visitor.caller) as db:
                own = (visitor.account_id, actors.PAGE)
                await saved_filters.save(db, *own, form.draft.name, query)
        except Exception as failure:
            form.blame(_problem(failure))
        else:
            return go_to(request, _list_of(request, query), notice="Urvalet är sparat.")
    return _new_page(request, form, status=422)


def _new_page(request: Request, form: Form[SavedFilterDraft], *, status: int = 200) -> Response:
    back = _list_of(request, _chosen(request))
    return page(request, "actors/save_filter.html", status=status, form=form, back=back)


@area.show("/aktorer/urval/{id:uuid}", "edit")
async def edit_filter(request: Request, id: UUID) -> Response:
    """Its name, and what taking it away does."""
    async with request.app.state.database.reading() as db:
        kept = await saved_filters.one(db, visitor_of(request).account_id, id)
    form = Form.empty(SavedFilterDraft, name=kept["name"])
    return _edit_page(request, form, kept["name"], kept["query"])


@area.take("/aktorer/urval/{id:uuid}", "edit")
async def rename(request: Request, id: UUID) -> Response:
    """Another name."""
    form, visitor = await Form.posted(request, SavedFilterDraft), visitor_of(request)
    async with request.app.state.database.reading() as db:
        kept = await saved_filters.one(db, visitor.account_id, id)
    if form.draft:
        try:
            async with request.app.state.database.writing(visitor.caller) as db:
                await saved_filters.rename(db, visitor.account_id, id, form.draft.name)
        except Exception as failure:
            form.blame(_problem(failure))
        else:
            return go_to(request, _list_of(request, kept["query"]), notice="Namnet är ändrat.")
    return _edit_page(request, form, kept["name"], kept["query"], status=422)


def _edit_page(
    request: Request, form: Form[SavedFilterDraft], name: str, query: str, *, status: int = 200
) -> Response:
    back = _list_of(request, query)
    return page(request, "actors/saved_filter.html", status=status, form=form, name=name, back=back)


@area.show("/aktorer/urval/{id:uuid}/ta-bort", "remove")
async def ask_remove(request: Request, id: UUID) -> Response:
    """Whether it is to go: neither the list nor its actors do."""
    async with request.app.state.database.reading() as db:
        kept = await saved_filters.one(db, visitor_of(request).account_id, id)
    return page(
        request, "actors/saved_filter_remove.html", form=Form.empty(None), id=id, lead=kept["name"]
    )


@area.take("/aktorer/urval/{id:uuid}/ta-bort", "remove")
async def remove(request: Request, id: UUID) -> Response:
    """Away; the list and its actors are as they were."""
    visitor = visitor_of(request)
    async with request.app.state.database.writing(visitor.caller) as db:
        await saved_filters.remove(db, visitor.account_id, id)
    return go(request, actors.PAGE, notice="Urvalet är borttaget.")


def _problem(failure: Exception) -> Problem:
    problem = failure if isinstance(failure, Problem) else problem_of(failure)
    if not isinstance(problem, Rejected | Conflict):
        raise failure
    return problem
