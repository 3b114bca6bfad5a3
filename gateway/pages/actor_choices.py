"""Choices of actors: all of them where they are few, else what a part of the name finds."""

import asyncio
import re
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, is_htmx, page
from gateway.pages.choices import MOST
from gateway.pages.holdings import things_by_id
from gateway.seeking import Choices, narrow, seeks, sought
from services.actors.contract.actor import GONE
from services.kit.errors import Forbidden, Malformed, Unavailable

area = Area("actors")
FIELD, PLACE = re.compile(r"[a-z_.]{1,60}"), re.compile(r"[a-z]{1,20}")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OURS = re.compile(r".*(_actor_ids?|actor_id|around)")


async def actors(house: House, form: Form[Any], *, there: bool = False) -> Choices:
    """For every field of actors in a form: what is chosen, and what is written or comes first.

    `there`: nobody who has left the collaboration is offered.
    Where a text of a form that was sent is new, the form now has the only one it means, or says
    that there are several.
    """
    texts, new = sought(form), seeks(form)
    try:
        lists = await asyncio.gather(*(_list(house, q) for q in {"": "", **texts}.values()))
        first, *found = [_there(part) if there else part for part in lists]
        options = {one["id"]: one["name"] for part in (found or [first]) for one in part["items"]}
        for field, part in zip(texts, found, strict=True):
            if form.kind and field in new:
                narrow(form, field, [(one["id"], one["name"]) for one in part["items"]])
        chosen = [one for one in _chosen(form) if one not in options]
        kept = await things_by_id(house.actors.actors, chosen) if chosen else {}
    except (Forbidden, Malformed, Unavailable):
        return Choices()
    if form.kind:
        _live_on(form, {key: one["id"] for key, one in kept.items()})
    known = {one["id"] if form.kind else key: one["name"] for key, one in kept.items()}
    return Choices((known | options).items(), more=bool(first["next"]))


def _there(part: Found) -> Found:
    items = [one for one in part["items"] if one["status"] not in GONE]
    return part | {"items": items}


async def called(house: House, name: str) -> list[str]:
    """The ids of the actors of just that name; none where nobody can say."""
    try:
        found = await _list(house, name)
    except (Forbidden, Malformed, Unavailable):
        return []
    return [one["id"] for one in found["items"] if one["name"] == name]


async def _list(house: House, text: str) -> Found:
    query = {"q": text} if text else {}
    found: Found = await house.actors.get("/actors", limit=MOST, sort="name", **query)
    return found


def _chosen(form: Form[Any]) -> list[str]:
    """The ids that stand in the form's fields of actors."""
    ids = (one for name in _fields(form) for one in form.chosen(name))
    return list(dict.fromkeys(one for one in ids if _ID.fullmatch(one)))


def _fields(form: Form[Any]) -> list[str]:
    return [name for name in form.values if _OURS.fullmatch(name)]


def _live_on(form: Form[Any], living: dict[str, str]) -> None:
    """Whoever was merged into another is chosen as that one: nothing new is of the merged."""
    for name in _fields(form):
        form.values[name] = [living.get(one, one) for one in form.chosen(name)]


@area.show("/aktorer/val", "choices")
async def narrowed(request: Request, house: Services) -> Response:
    """What a field of actors offers, while a part of the name is written."""
    query = request.query_params
    field, place = query.get("field", ""), query.get("at", "f")
    if not (is_htmx(request) and FIELD.fullmatch(field) and PLACE.fullmatch(place)):
        return go(request, "actors.list")
    form = Form.asked(request)
    form.at = place
    offered = await actors(house, form)
    return page(
        request, "actors/choices.html", form=form, field=field, options=offered,
        many="many" in query, nothing=query.get("nothing", ""),
    )  # fmt: skip
