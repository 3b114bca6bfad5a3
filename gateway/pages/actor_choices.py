"""Choices of actors: all of them where they are few, else what a part of the name finds."""

import asyncio
import re
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_among
from gateway.forms import Form
from gateway.html import go, is_htmx, page
from gateway.pages.choices import MOST
from gateway.pages.holdings import things_by_id
from gateway.pages.need_choices import is_need
from gateway.pages.post_choices import is_post
from gateway.pages.thing_choices import is_thing
from gateway.seeking import Choices, offered
from services.actors.contract.actor import GONE
from services.kit.errors import Forbidden, Malformed, Unavailable

area = Area("actors")
FEW = 30
FIELD, PLACE = re.compile(r"[a-z_.]{1,60}"), re.compile(r"[a-z]{1,20}")
_OURS = re.compile(r".*(_actor_ids?|actor_id|around)")


async def actors(
    house: House,
    form: Form[Any],
    *,
    there: bool = False,
    first: str | None = None,
    most: int | None = None,
) -> Choices:
    """For every field of actors in a form: what is chosen, and what is written or comes first.

    `there`: nobody who has left the collaboration is offered. Those of the kind `first` come first.
    `most`: fewer than a list holds, where each is a row with a box, or stands in every row.
    """

    async def find(text: str) -> Choices:
        of_kinds = [{"kind": first}, {}] if first else [{}]
        limit = most or MOST
        lists = await asyncio.gather(*(_list(house, text, limit, **kind) for kind in of_kinds))
        found = list({one["id"]: one for part in lists for one in part["items"]}.values())
        items = _there(found) if there else found
        return Choices(((one["id"], one["name"]) for one in items), more=bool(lists[-1]["next"]))

    try:
        options = await offered([form], _is_actor, find)
        chosen = [one for one in _chosen(form) if one not in dict(options)]
        kept = await things_by_id(house.actors.actors, chosen) if chosen else {}
    except (Forbidden, Malformed, Unavailable):
        return Choices()
    if form.kind:
        _live_on(form, {key: one["id"] for key, one in kept.items()})
    now = set(_chosen(form))
    known = {key: one["name"] for one in kept.values() for key in now & _ids_of(one)}
    again = {one["id"] for one in kept.values() if one["id"] not in now}
    others = {key: name for key, name in options if key not in again}
    return Choices((known | others).items(), more=options.more)


def _ids_of(actor: Found) -> set[str]:
    return {actor["id"], *actor.get("merged_ids", ())}


def _is_actor(field: str) -> bool:
    """Also of rows that have an actor each, whatever they are called."""
    return not (is_post(field) or is_need(field) or is_thing(field))


def _there(items: list[Found]) -> list[Found]:
    return [one for one in items if one["status"] not in GONE]


async def called(house: House, name: str) -> list[str]:
    """The ids of the actors of just that name; none where nobody can say."""
    try:
        found = await _list(house, name, MOST)
    except (Forbidden, Malformed, Unavailable):
        return []
    return [one["id"] for one in found["items"] if one["name"] == name]


async def _list(house: House, text: str, limit: int, **kind: str) -> Found:
    query = house.actors.then | kind | ({"q": text} if text else {})
    found: Found = await house.actors.get("/actors", limit=limit, sort="name", **query)
    return found


def _chosen(form: Form[Any]) -> list[str]:
    """The ids that stand in the form's fields of actors."""
    return ids_among(one for name in _fields(form) for one in form.chosen(name))


def _fields(form: Form[Any]) -> list[str]:
    return [name for name in form.values if _OURS.fullmatch(name)]


def _live_on(form: Form[Any], living: dict[str, str]) -> None:
    """Whoever was merged into another is chosen as that one: nothing new is of the merged.

    What hangs on it already stays there, so that a merge can be undone: docs/decisions/0011.
    """
    stored = {one for texts in form.stored.values() for one in texts}
    for name in _fields(form):
        form.values[name] = [
            one if one in stored else living.get(one, one) for one in form.chosen(name)
        ]


@area.show("/aktorer/val", "choices")
async def narrowed(request: Request, house: Services) -> Response:
    """What a field of actors offers, while a part of the name is written."""
    query = request.query_params
    field, place = query.get("field", ""), query.get("at", "f")
    if not (is_htmx(request) and FIELD.fullmatch(field) and PLACE.fullmatch(place)):
        return go(request, "actors.list")
    form = Form.asked(request)
    form.at = place
    many = "many" in query
    found = await actors(house, form, most=FEW if many else None)
    return page(
        request, "actors/choices.html", form=form, field=field, options=found, many=many,
        nothing=query.get("nothing", ""),
    )  # fmt: skip
