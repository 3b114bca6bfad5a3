"""People: who holds and has held posts. Personal data: never a part of an address."""

from fastapi import Request, Response
from pydantic import BaseModel

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import page
from gateway.pages.holdings import MOST, names, posts_held
from gateway.pages.listing import SIZE, Shown, listed
from services.kit import clock
from services.kit.contract import Line

area = Area("people")
MOST_FOUND = 50


class Sought(BaseModel):
    """What a person is looked for by; sent in a form, for a name does not belong in an address."""

    q: Line = ""


@area.show("/personer", "list")
async def list_people(request: Request, house: Services) -> Response:
    """Everybody in the registry."""
    return await _list_page(request, house, await listed(request, house.actors.people, ()))


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
    held = await _held_by(house, shown.rows)
    return page(
        request, "people/list.html", status=status, shown=shown, held=held, size=SIZE,
        sought=shown.asked.value("q"),
    )  # fmt: skip


async def _held_by(house: House, people: list[Found]) -> dict[str, list[tuple[str, str, str]]]:
    """What each of some people holds today: the post's id, its title and its actor's name."""
    ids = [person["id"] for person in people if person["post_count"]]
    if not ids:
        return {}
    holdings = await house.actors.holdings.list(person_id=ids, as_of=clock.today(), limit=MOST)
    posts, actors = await posts_held(house.actors, holdings.items)
    owners = names(actors)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for holding in holdings.items:
        if post := posts.get(holding["post_id"]):
            told = (post["id"], post["title"], owners.get(post["actor_id"], ""))
            found.setdefault(holding["person_id"], []).append(told)
    return found


@area.show("/personer/{id}", "show")
async def show_person(request: Request, house: Services, id: str) -> Response:
    """One person: what they hold and have held, and how they are reached."""
    actors = house.actors
    person, held = await actors.batch(
        actors.people.at(id),
        actors.holdings.asked(person_id=id, sort="-valid_from", limit=MOST),
    )
    posts, owners = await posts_held(actors, held["items"])
    return page(
        request, "people/show.html", person=person, holdings=held["items"], posts=posts,
        owners=names(owners), today=clock.today().isoformat(),
    )  # fmt: skip
