"""Posts: functions that stay when their holders go; who holds them, and what hangs on them."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import actor_choices, choices
from gateway.pages.aftermath import aftermath_of
from gateway.pages.carried_issues import carried_of
from gateway.pages.handovers import losses_then
from gateway.pages.holdings import MOST, holders_of, names, terms_of, things_by_id
from gateway.pages.led_works import Work, led_works
from gateway.pages.listing import files, listed
from gateway.pages.mandate_parties import parties_of
from gateway.pages.saving import saved
from services.actors.contract import post as codes
from services.actors.contract.post import PostDraft
from services.kit import clock
from services.kit.errors import Malformed, Unavailable

area = Area("posts")
FILTERS = (
    "actor_id",
    "municipality_code",
    "function",
    "is_key",
    "vacant",
    "ordinary",
    "substitute",
    "as_of",
)


@area.show("/befattningar", "list")
async def list_posts(request: Request, house: Services) -> Response:
    """All posts, narrowed by the filters, as they are or were on a day."""
    shown, actors, municipalities, led = await asyncio.gather(
        listed(request, house.actors.posts, FILTERS),
        actor_choices.actors(house, Form.asked(request)),
        choices.municipalities(request),
        _led_from(request, house),
    )
    owners, holders = await _around(house, shown.rows)
    return page(
        request, "posts/list.html", shown=shown, actors=actors, owners=owners, holders=holders,
        codes=codes, municipalities=municipalities, led=led,
    )  # fmt: skip


class Led(NamedTuple):
    """What goes on and some actors lead, and those actors by id; unknown without councils."""

    works: list[Work] | None
    leaders: Mapping[str, Found]


async def _led_from(request: Request, house: House) -> Led | None:
    """What the chosen municipality's actors lead on the day."""
    code, look = request.query_params.get("municipality_code"), times_of(request)
    if not code:
        return None
    try:
        works = await led_works(house, look)
    except Malformed:  # the list says what is wrong with the times
        return None
    except Unavailable:
        return Led(None, {})
    known = await things_by_id(house.actors.actors, ids_in(*(one.leaders for one in works)))
    there = {key: one for key, one in known.items() if one["municipality_code"] == code}
    return Led([one for one in works if there.keys() & set(one.leaders)], there)


async def _around(house: House, posts: list[Found]) -> tuple[dict[str, str], dict[str, str]]:
    """The names of the posts' actors and of those who hold them."""
    owners, holders = await asyncio.gather(
        things_by_id(house.actors.actors, ids_in([post["actor_id"] for post in posts])),
        things_by_id(house.actors.people, holders_of(posts)),
    )
    return names(owners), names(holders)


files(area, "/befattningar", lambda house: house.actors.posts, FILTERS)


@area.begin("/befattningar/ny", "new")
async def new_post(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from an actor."""
    actor = request.query_params.get("actor_id") or None
    return await _form_page(request, house, Form.begun(request, PostDraft, actor_id=actor))


@area.take("/befattningar/ny", "new")
async def make_post(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, PostDraft)
    made = await saved(form, house.actors.posts.make(form.sent, once=form.once))
    if made:
        return go(request, "posts.show", id=made["id"], notice="Befattningen är sparad.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[PostDraft],
    *,
    status: int = 200,
    post: Found | None = None,
) -> Response:
    actors = await actor_choices.actors(house, form)
    return page(request, "posts/form.html", status=status, form=form, post=post, actors=actors)


@area.show("/befattningar/{id}", "show")
async def show_post(request: Request, house: Services, id: str) -> Response:
    """One post: its time, its holder, and what hangs on it."""
    look, actors = times_of(request), house.actors
    today = date.fromisoformat(look.day) if look.day else clock.today()
    post, held, mandates, leads, issues = await actors.whole(
        actors.posts.at(id, **look.times),
        actors.holdings.asked(post_id=id, sort="valid_from", limit=MOST, **look.known),
        actors.mandates.asked(post_id=id, limit=MOST, **look.times),
        actors.leader_assignments.asked(post_id=id, as_of=today, limit=MOST, **look.known),
        actors.carried_issues.asked(ambassador_post_id=id, limit=MOST, **look.times),
    )
    actor, people, losses, parties, led, carried = await asyncio.gather(
        actors.actors.one(post["actor_id"], **look.known),
        things_by_id(actors.people, ids_in([one["person_id"] for one in held["items"]])),
        losses_then(house, id, look),
        parties_of(house, mandates["items"], look),
        things_by_id(actors.actors, ids_in([one["actor_id"] for one in leads["items"]])),
        carried_of(house, issues["items"], look),
    )
    waiting = losses.of(id) if post["vacant"] and not look.active else {}
    hanging = [loss for things in waiting.values() for loss in things]
    aftermath = await aftermath_of(house, hanging, posts=[id]) if hanging else None
    return page(
        request, "posts/show.html", post=post, actor=actor, people=names(people),
        aftermath=aftermath, terms=terms_of(held["items"], today), losses=losses,
        today=today.isoformat(), mandates=parties, leads=leads["items"], carried=carried,
        labels={key: {"label": one["name"]} for key, one in led.items()},
    )  # fmt: skip


@area.show("/befattningar/{id}/andra", "edit")
async def edit_post(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    post = await house.actors.posts.one(id)
    return await _form_page(request, house, Form.showing(PostDraft, post), post=post)


@area.take("/befattningar/{id}/andra", "edit")
async def revise_post(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the post meanwhile."""
    post = await house.actors.posts.one(id)
    form = await Form.posted(request, PostDraft, kept=post)
    sending = house.actors.posts.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "posts.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, post=post)
