"""Priorities: who is taken into the collaboration, who is not, why, and when it is looked at."""

import asyncio
from datetime import date
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.form_fields import compact
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import actor_choices, post_choices
from gateway.pages.holdings import names, things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.swedish import number
from services.actors.contract import priority as codes
from services.actors.contract.priority import PriorityDraft
from services.kit import clock
from services.kit.rows import alphabetical

area = Area("priorities")
FILTERS = (
    "actor_id", "choice", "current", "review_overdue", "decided_from", "decided_until", "as_of",
)  # fmt: skip
MARKS = [("1", "1, inte alls"), ("2", "2, lite"), ("3", "3, delvis"), ("4", "4, väl"),
         ("5", "5, helt")]  # fmt: skip


def weighed(priority: Found) -> str:
    """What the scores come to: 17–37 av 40; empty where there were no criteria."""
    lowest, highest = priority["weighted_lowest"], priority["weighted_highest"]
    if lowest is None:
        return ""
    told = number(lowest) if lowest == highest else f"{number(lowest)}–{number(highest)}"
    return f"{told} av {number(priority['weighted_most'])}"


@area.show("/prioriteringar", "list")
async def list_priorities(request: Request, house: Services) -> Response:
    """All decisions, the latest first, narrowed by the filters."""
    shown, actors = await asyncio.gather(
        listed(request, house.actors.priorities, FILTERS),
        actor_choices.actors(house, Form.asked(request)),
    )
    weighed_actors, posts = await asyncio.gather(
        things_by_id(house.actors.actors, ids_in([one["actor_id"] for one in shown.rows])),
        _deciders(house, shown.rows),
    )
    return page(
        request, "priorities/list.html", shown=shown, actors=actors, codes=codes, posts=posts,
        called=names(weighed_actors), weighed=weighed,
    )  # fmt: skip


async def _deciders(house: House, priorities: list[Found]) -> dict[str, Found]:
    ids = ids_in([one["decided_by_post_id"] for one in priorities])
    return await things_by_id(house.actors.posts, ids)


files(area, "/prioriteringar", lambda house: house.actors.priorities, FILTERS)


@area.begin("/prioriteringar/ny", "new")
async def new_priority(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from an actor."""
    actor = request.query_params.get("actor_id") or None
    form = Form.begun(request, PriorityDraft, actor_id=actor, decided_on=clock.today())
    return await _form_page(request, house, form)


@area.take("/prioriteringar/ny", "new")
async def decide(request: Request, house: Services) -> Response:
    """Store it, or show the form again; a later decision counts before those made earlier."""
    form = await _posted(request)
    made = await saved(form, house.actors.priorities.make(form.sent, once=form.once))
    if made:
        return go(request, "priorities.show", id=made["id"], notice="Prioriteringen är sparad.")
    return await _form_page(request, house, form, status=422)


async def _posted(request: Request, priority: Found | None = None) -> Form[PriorityDraft]:
    """What was sent, without the criteria of another day whose scores were taken away."""
    form = await Form.received(request, PriorityDraft)
    left = form.values.pop("left", [])
    for place in form.rows("scores", spare=0):
        row = f"scores.{place}"
        if form.value(f"{row}.criterion_id") in left and not form.value(f"{row}.score"):
            del form.values[f"{row}.criterion_id"]
    form.values = compact(form.values)
    fixed = {"actor_id": priority["actor_id"]} if priority else {}
    form.take_in(PriorityDraft, priority, **fixed)
    return form


async def _form_page(
    request: Request,
    house: House,
    form: Form[Any],
    *,
    status: int = 200,
    priority: Found | None = None,
) -> Response:
    actors, posts, criteria = await asyncio.gather(
        actor_choices.actors(house, form),
        post_choices.posts(house, form),
        _criteria(house, form, priority),
    )
    left = await _scored_besides(house, form, criteria)
    _line_up(form, [*criteria, *left])
    return page(
        request, "priorities/form.html", status=status, form=form, priority=priority,
        actors=actors, posts=posts, criteria=criteria, left=left, marks=MARKS,
        names=dict(actors),
    )  # fmt: skip


async def _criteria(house: House, form: Form[Any], priority: Found | None) -> list[Found]:
    """What a decision was weighed by; of a new one, or another day, what counts that day."""
    day = _day_in(form)
    if priority and priority["decided_on"] == day:
        return await _weighed_by(house, priority)
    return await house.actors.criteria.whole(sort="name", as_of=day)


async def _weighed_by(house: House, priority: Found) -> list[Found]:
    found = await things_by_id(house.actors.criteria, priority["criterion_ids"])
    return sorted(found.values(), key=lambda one: alphabetical(one["name"]))


async def _scored_besides(house: House, form: Form[Any], criteria: list[Found]) -> list[Found]:
    """What was scored and does not count on the day that is typed: nothing typed is lost."""
    known, scores = {one["id"] for one in criteria}, _scores_in(form)
    besides = [one for one, score in scores.items() if any(score) and one not in known]
    return [*(await things_by_id(house.actors.criteria, besides)).values()] if besides else []


def _scores_in(form: Form[Any]) -> dict[str, list[str]]:
    rows = [f"scores.{place}" for place in form.rows("scores", spare=0)]
    return {form.value(f"{row}.criterion_id"): form.chosen(f"{row}.score") for row in rows}


def _day_in(form: Form[Any]) -> str:
    """The day that is typed: its criteria are those that are asked for."""
    try:
        return date.fromisoformat(form.value("decided_on")).isoformat()
    except ValueError:
        return clock.today().isoformat()


def _line_up(form: Form[Any], criteria: list[Found]) -> None:
    """The scores in the order of the criteria that are shown, one row each."""
    given = _scores_in(form)
    others = {name: said for name, said in form.values.items() if not name.startswith("scores.")}
    form.values = others | {
        f"scores.{place}.score": given.get(one["id"], []) for place, one in enumerate(criteria)
    }


@area.show("/prioriteringar/{id}", "show")
async def show_priority(request: Request, house: Services, id: str) -> Response:
    """One decision: why, by what criteria, and what else was decided about the actor."""
    look, actors = times_of(request), house.actors
    priority = await actors.priorities.one(id, **look.times)
    actor, criteria, others, posts = await asyncio.gather(
        things_by_id(actors.actors, [priority["actor_id"]]),
        _weighed_by(house, priority),
        actors.priorities.whole(actor_id=priority["actor_id"], **look.times),
        _deciders(house, [priority]),
    )
    scores = {one["criterion_id"]: one["score"] for one in priority["scores"]}
    return page(
        request, "priorities/show.html", priority=priority, called=names(actor), posts=posts,
        criteria=criteria, scores=scores, weighed=weighed(priority),
        others=[one for one in others if one["id"] != id],
    )  # fmt: skip


@area.show("/prioriteringar/{id}/andra", "edit")
async def edit_priority(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    one = await house.actors.priorities.one(id)
    return await _form_page(request, house, Form.showing(PriorityDraft, one), priority=one)


@area.take("/prioriteringar/{id}/andra", "edit")
async def revise_priority(request: Request, house: Services, id: str) -> Response:
    """What was written wrong is corrected."""
    one = await house.actors.priorities.one(id)
    form = await _posted(request, one)
    if await saved(form, house.actors.priorities.replace(id, form.sent, version=form.version)):
        return go(request, "priorities.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, priority=one)


asks_first(
    area,
    "/prioriteringar/{id}/ta-bort",
    "remove",
    lambda house: house.actors.priorities,
    PriorityDraft,
    what="prioriteringen",
    told=("actor_id", "decided_on"),
    back="priorities.edit",
)


@area.take("/prioriteringar/{id}/ta-bort", "remove")
async def remove_priority(request: Request, house: Services, id: str) -> Response:
    """It was never decided: it was written by mistake."""
    form: Form[Any] = await Form.posted(request, PriorityDraft)
    removing = house.actors.priorities.remove(id, version=form.version)
    away, said = await taken_away(removing, "Prioriteringen")
    if away:
        return go(request, "priorities.list", notice=said)
    return go(request, "priorities.show", id=id, notice=said)
