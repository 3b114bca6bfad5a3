"""People: who holds and has held posts. Personal data: never a part of an address."""

from fastapi import Request, Response
from pydantic import BaseModel

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import DAY, Lookback, times_of
from gateway.pages.holdings import MOST, names, posts_held
from gateway.pages.listing import Shown, listed
from gateway.pages.saving import saved
from services.actors.contract.person import PersonDraft
from services.actors.contract.post import HoldingCover
from services.kit import clock
from services.kit.contract import Line

area = Area("people")
MOST_FOUND = 50
LANGUAGES = [
    ("sv", "Svenska"), ("en", "Engelska"), ("fi", "Finska"), ("no", "Norska"), ("da", "Danska"),
    ("de", "Tyska"), ("ar", "Arabiska"), ("so", "Somaliska"), ("uk", "Ukrainska"),
]  # fmt: skip


class Sought(BaseModel):
    """What a person is looked for by; sent in a form, for a name does not belong in an address."""

    q: Line = ""


@area.show("/personer", "list")
async def list_people(request: Request, house: Services) -> Response:
    """Everybody in the registry."""
    return await _list_page(request, house, await listed(request, house.actors.people, (DAY,)))


@area.take("/personer", "list")
async def find_people(request: Request, house: Services) -> Response:
    """Those whose name has the words that were sent."""
    form = await Form.posted(request, Sought)
    if not form.draft:
        return await _list_page(request, house, Shown(form, [], 1, False, 0), status=422)
    found = await house.actors.people.list(
        q=form.draft.q, sort="name", limit=MOST_FOUND, count="true"
    )
    shown = Shown(form, found.items, 1, False, found.count or 0)
    return await _list_page(request, house, shown)


async def _list_page(
    request: Request, house: House, shown: Shown, *, status: int = 200
) -> Response:
    held = await _held_by(house, shown.rows, times_of(request))
    return page(
        request, "people/list.html", status=status, shown=shown, held=held,
        sought=shown.asked.value("q"),
    )  # fmt: skip


async def _held_by(
    house: House, people: list[Found], look: Lookback
) -> dict[str, list[tuple[str, str, str]]]:
    """What each of some people holds on the day: the post's id, its title and its actor's name."""
    ids = [person["id"] for person in people if person["post_count"]]
    if not ids:
        return {}
    holdings = await house.actors.holdings.whole(
        person_id=ids, as_of=look.day or clock.today(), **look.known
    )
    posts, actors = await posts_held(house.actors, holdings)
    owners = names(actors)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for holding in holdings:
        if post := posts.get(holding["post_id"]):
            covers = " (vikarie)" if holding["cover"] == HoldingCover.substitute else ""
            told = (post["id"], post["title"] + covers, owners.get(post["actor_id"], ""))
            found.setdefault(holding["person_id"], []).append(told)
    return found


@area.begin("/personer/ny", "new")
async def new_person(request: Request) -> Response:
    """An empty form; begun from a post it leads on to appointing the person there."""
    form = Form.begun(request, PersonDraft, language="sv")
    form.next = request.query_params.get("post_id", "")
    return _form_page(request, form)


@area.take("/personer/ny", "new")
async def make_person(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, PersonDraft)
    made = await saved(form, house.actors.people.make(form.sent, once=form.once))
    if made:
        return _go_on(request, made["id"], form.next)
    return _form_page(request, form, status=422)


def _go_on(request: Request, person_id: str, post_id: str) -> Response:
    said = "Personen är sparad."
    if post_id:
        return go(request, "posts.appoint", id=post_id, person_id=person_id, notice=said)
    return go(request, "people.show", id=person_id, notice=said)


def _form_page(
    request: Request, form: Form[PersonDraft], *, status: int = 200, person: Found | None = None
) -> Response:
    return page(
        request, "people/form.html", status=status, form=form, person=person,
        languages=_languages(form.value("language")),
    )  # fmt: skip


def _languages(present: str) -> list[tuple[str, str]]:
    """The usual languages, and the one that is stored."""
    known = present in dict(LANGUAGES) or not present
    return LANGUAGES if known else [*LANGUAGES, (present, present)]


@area.show("/personer/{id}", "show")
async def show_person(request: Request, house: Services, id: str) -> Response:
    """One person: what they hold and have held, and how they are reached."""
    actors, look = house.actors, times_of(request)
    person, held = await actors.whole(
        actors.people.at(id, **look.times),
        actors.holdings.asked(person_id=id, sort="-valid_from", limit=MOST, **look.known),
    )
    posts, owners = await posts_held(actors, held["items"])
    today = look.day or clock.today().isoformat()
    ends = [one["valid_to"] for one in held["items"]]
    return page(
        request, "people/show.html", person=person, holdings=held["items"], posts=posts,
        owners=names(owners), today=today, ended=any(ends),
        lasting=any(end is None or end > today for end in ends),
    )  # fmt: skip


@area.show("/personer/{id}/andra", "edit")
async def edit_person(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    person = await house.actors.people.one(id)
    return _form_page(request, Form.showing(PersonDraft, person), person=person)


@area.take("/personer/{id}/andra", "edit")
async def revise_person(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the person meanwhile."""
    person = await house.actors.people.one(id)
    form = await Form.posted(request, PersonDraft, kept=person)
    sending = house.actors.people.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "people.show", id=id, notice="Ändringen är sparad.")
    return _form_page(request, form, status=422, person=person)
