"""History: everything dated about an actor, by year, and what was corrected afterwards."""

import asyncio
from itertools import groupby
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.lookback import Lookback, times_of
from gateway.misread import demand_choice, misread_at
from gateway.pages.known_names import labels_then
from gateway.whom import staff
from services.kit.errors import Malformed, Unavailable

area = Area("actors")
SIZE, MOST = 50, 200
COUNCILS = "council"
ABOUT = (
    ("standing", "Nivå och läge"), ("post", "Befattningar"), ("holding", "Innehav"),
    ("relation", "Relationer"), ("relation_rating", "Skattningar"),
    ("contact", "Kontakter"), ("mandate", "Mandat"),
    ("role_trial", "Rollprövningar"), ("readiness", "Förutsättningar"), ("gain", "Vinster"),
    ("priority", "Prioriteringar"), ("joining", "Påkopplingar"),
    ("carried_issue", "Burna frågor"),
    ("pledge", "Bidrag"), ("leader_assignment", "Processledare"),
    ("actor", "Sammanslagningar"), (COUNCILS, "Branschråd"),
)  # fmt: skip
PAGES = {
    "post": "posts.show", "contact": "contacts.show", "mandate": "mandates.show",
    "leader_assignment": "leader_assignments.show", "priority": "priorities.show",
    "role_trial": "role_trials.show", "joining": "joinings.show", COUNCILS: "councils.show",
}  # fmt: skip


class Read(NamedTuple):
    """A page of events, the cursor of the next, and the day before which it goes on."""

    events: list[Found]
    after: str | None
    until: str | None
    away: bool = False


@area.show("/aktorer/{id}/historik", "history")
async def show_history(request: Request, house: Services, id: str) -> Response:
    """The latest first, narrowed by what it is about, a page at a time."""
    form = Form.asked(request)
    demand_choice(request, "about", dict(ABOUT), form)
    form.values["about"] = [one for one in form.chosen("about") if one in dict(ABOUT)]
    look = times_of(request)
    actor = await house.actors.actors.one(id, **look.times)
    if actor["id"] != id:
        return go(request, "actors.history", id=actor["id"], **look.times)
    try:
        read = await _read(house, actor, form, look)
    except Malformed:
        misread_at(request, "after")
        form.values.pop("after", None)
        read = await _read(house, actor, form, look)
    corrected = await _corrected(request, house, actor, form)
    named = ids_in(_named(read.events, corrected["items"]))
    labels, standings = await asyncio.gather(
        labels_then(house, named, look), _standings(house, actor, read.events, look.known)
    )
    years = [(year, list(events)) for year, events in groupby(read.events, lambda e: e["on"][:4])]
    return page(
        request, "actors/history.html", actor=actor, form=form, years=years, read=read,
        corrected=corrected, labels=labels, standings=standings, about=ABOUT, pages=PAGES,
        today=look.on.isoformat(),
    )  # fmt: skip


async def _read(house: House, actor: Found, form: Form[Any], look: Lookback) -> Read:
    nouns = [noun for noun in form.chosen("about") if noun != COUNCILS]
    if form.chosen("about") and not nouns:
        found: Found = {"items": [], "next": None}
    else:
        found = await house.actors.get(
            f"/actors/{actor['id']}/timeline",
            noun=nouns,
            after=form.value("after"),
            limit=SIZE,
            **look.times,
        )
    events, after = found["items"], _cursor(found["next"])
    until = events[-1]["on"] if after else None
    try:
        seats = await _in_councils(house, actor, form, look.known)
    except Unavailable:
        return Read(events, after, until, away=True)
    told = [one for one in seats if not look.day or one["on"] <= look.day]
    shown = [one for one in told if _between(one["on"], until, form.value("fore"))]
    together = sorted([*events, *shown], key=lambda one: str(one["on"]), reverse=True)
    return Read(together, after, until)


async def _standings(
    house: House, actor: Found, events: list[Found], known: dict[str, str]
) -> dict[str, Found]:
    """The levels and statuses told, by id, each with whose it was where that was another's."""
    if not actor["merged_ids"] or not any(one["noun"] == "standing" for one in events):
        return {}
    actors = house.actors
    standings, merged = await actors.whole(
        actors.standings.asked(actor_id=actor["id"], limit=MOST, **known),
        actors.actors.asked(merged_into_id=actor["id"], limit=MOST, **known),
    )
    former = {one["id"]: one["name"] for one in merged["items"]}
    return {one["id"]: one | {"former": former.get(one["actor_id"])} for one in standings["items"]}


def _between(day: str, first: str | None, end: str) -> bool:
    """Whether a council's day belongs on this page, between those of the registry."""
    return (first is None or day >= first) and (not end or day < end)


def _cursor(address: str | None) -> str | None:
    return address.partition("after=")[2] if address else None


async def _in_councils(
    house: House, actor: Found, form: Form[Any], known: dict[str, str]
) -> list[Found]:
    """Seats taken and left, and the councils that it leads, as events."""
    if form.chosen("about") and COUNCILS not in form.chosen("about"):
        return []
    family, councils = [actor["id"], *actor["merged_ids"]], house.councils
    seats, led = await councils.whole(
        councils.seats.asked(actor_id=family, limit=MOST, **known),
        councils.councils.asked(leader_actor_id=family, limit=MOST, **known),
    )
    days = [
        event
        for seat in seats["items"]
        for event in _days("seat", seat["council_id"], seat, seat["valid_from"], seat["valid_to"])
    ]
    days += [
        event
        for one in led["items"]
        for event in _days("led", one["id"], one, one["starts_on"], one["closed_on"])
    ]
    return days


def _days(kind: str, council_id: str, thing: Found, first: str | None, end: str | None) -> Any:
    told = {"noun": COUNCILS, "thing_id": council_id, "title": thing.get("name"), "party": None}
    told |= {"code": thing.get("role"), "party_id": None, "written_at": None}
    if first:
        yield told | {"kind": f"{kind}_begun", "on": first, "written_at": thing["created_at"]}
    if end:
        yield told | {"kind": f"{kind}_ended", "on": end}


async def _corrected(
    request: Request, house: House, actor: Found, form: Form[Any]
) -> dict[str, Any]:
    """What was changed afterwards, for staff."""
    if not staff(visitor_of(request)):
        return {"items": [], "after": None, "shown": False}
    path, known = f"/actors/{actor['id']}/corrections", times_of(request).known
    try:
        found = await house.actors.get(path, after=form.value("rattat"), **known)
    except Malformed:
        misread_at(request, "rattat")
        found = await house.actors.get(path, **known)
    return {"items": found["items"], "after": _cursor(found["next"]), "shown": True}


def _named(events: list[Found], corrected: list[Found]) -> list[str]:
    """Ids that the page says by name."""
    asked = [one["thing_id"] for one in events if one["noun"] == COUNCILS and not one["title"]]
    for one in corrected:
        for field in one["fields"]:
            if field["field"].endswith("_id"):
                asked += [field["before"], field["after"]]
    return asked
