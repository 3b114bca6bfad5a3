"""Choices of decisions, initiatives, mandates, programmes and starts: all where they are few.

Of many what comes first, and what a text finds. What is chosen stays, however it is with it now.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, Things, ids_among, ids_in
from gateway.forms import Form
from gateway.html import go, is_htmx, page
from gateway.pages.choices import intake_called
from gateway.pages.holdings import names, things_by_id
from gateway.pages.post_choices import PLACE
from gateway.seeking import Choices, offered
from gateway.swedish import day
from services.kit.errors import Forbidden, Malformed, Unavailable

area = Area("things")
MOST, MOST_AROUND, LONGEST = 100, 50, 120
Told = dict[str, str]


class Sort(NamedTuple):
    """One sort of things: where they are, what a text finds of them, and what they are called.

    What is found for a council has its own first.
    """

    things: Callable[[House], Things]
    find: Callable[[House, str, str], Awaitable[list[Listing]]]
    called: Callable[[House, list[Found]], Awaitable[Told]]


def is_thing(field: str) -> bool:
    """Whether a field is chosen among these."""
    return field in SORTS


async def things(house: House, form: Form[Any], field: str, council: str = "") -> Choices:
    """For one field of a form: what can be chosen in it, and what is chosen."""
    sort, chosen = SORTS[field], ids_among(form.chosen(field))
    near = next(iter(ids_among([council])), "")

    async def find(text: str) -> Choices:
        parts = await sort.find(house, text, near)
        rows = {one["id"]: one for part in parts for one in part.items}
        told = await sort.called(house, list(rows.values()))
        return Choices(told.items(), more=any(part.more for part in parts))

    try:
        options = await offered([form], lambda name: name == field, find)
        others = [one for one in chosen if one not in dict(options)]
        kept = await _kept(house, sort, others) if others else {}
    except (Forbidden, Malformed, Unavailable):
        return Choices(((one, "Nuvarande val") for one in chosen), page="")
    asked = {"council_id": near} if near else {}
    listed = (kept | dict(options)).items()
    return Choices(listed, more=options.more, page="things.choices", asked=asked)


async def _kept(house: House, sort: Sort, ids: list[str]) -> Told:
    return await sort.called(house, list((await things_by_id(sort.things(house), ids)).values()))


def _words(text: str) -> dict[str, str]:
    return {"q": text} if text else {}


def _by(field: str) -> Callable[[House, list[Found]], Awaitable[Told]]:
    """Things that are called by one of their fields."""

    async def called(_house: House, rows: list[Found]) -> Told:
        return {one["id"]: one[field][:LONGEST] for one in rows}

    return called


def _in_order(
    of: Callable[[House], Things], order: str
) -> Callable[[House, str, str], Awaitable[list[Listing]]]:
    """Things that have words of their own to be found by."""

    async def find(house: House, text: str, _council: str) -> list[Listing]:
        known = of(house).service.then
        return [await of(house).list(sort=order, limit=MOST, **known, **_words(text))]

    return find


async def _decisions(house: House, text: str, council: str) -> list[Listing]:
    """Those that stand, the latest first; by their words, or by the council's name."""
    asked = {"superseded": "false", "sort": "-decided_on", "limit": MOST}
    near = [council] if council else []
    if text:
        bodies = await house.councils.councils.list(q=text, limit=MOST_AROUND)
        near = [one["id"] for one in bodies.items]
    every, theirs = asked | _words(text), asked | {"council_id": near}
    parts = [theirs, every] if near else [every]  # what is near comes first
    return await asyncio.gather(*(house.councils.decisions.list(**one) for one in parts))


async def _decisions_called(house: House, rows: list[Found]) -> Told:
    """By the day, the council and the beginning of the text."""
    bodies = ids_in(one["council_id"] for one in rows)
    known = names(await things_by_id(house.councils.councils, bodies) if bodies else {})
    return {
        one["id"]: f"{day(one['decided_on'])}, {known.get(one['council_id'], 'ett råd')}: "
        f"{one['text'][:LONGEST]}"
        for one in rows
    }


async def _intakes(house: House, text: str, _council: str) -> list[Listing]:
    """The latest first; by what their programmes are called."""
    asked: dict[str, Any] = {"sort": "-starts_on", "limit": MOST}
    if text:
        found = await house.actors.programmes.list(q=text, limit=MOST_AROUND)
        asked["programme_id"] = [one["id"] for one in found.items]
        if not found.items:
            return []
    return [await house.actors.intakes.list(**asked)]


async def _intakes_called(house: House, rows: list[Found]) -> Told:
    """By their programmes and their first days."""
    programmes = ids_in(one["programme_id"] for one in rows)
    known = names(await things_by_id(house.actors.programmes, programmes) if programmes else {})
    return {one["id"]: intake_called(one, known) for one in rows}


def _sort(of: Callable[[House], Things], order: str, field: str) -> Sort:
    return Sort(of, _in_order(of, order), _by(field))


SORTS = {
    "decision_id": Sort(lambda house: house.councils.decisions, _decisions, _decisions_called),
    "initiative_id": _sort(lambda house: house.councils.initiatives, "title", "title"),
    "intake_id": Sort(lambda house: house.actors.intakes, _intakes, _intakes_called),
    "mandate_id": _sort(lambda house: house.actors.mandates, "-valid_from", "scope"),
    "programme_id": _sort(lambda house: house.actors.programmes, "name", "name"),
}


@area.show("/val", "choices")
async def narrowed(request: Request, house: Services) -> Response:
    """What a field of these offers, while a part of a name is written."""
    query = request.query_params
    field, place = query.get("field", ""), query.get("at", "f")
    if not (is_htmx(request) and is_thing(field) and PLACE.fullmatch(place)):
        return go(request, "overview.start")
    form = Form.asked(request)
    form.at = place
    return page(
        request, "actors/choices.html", form=form, field=field, many=False,
        options=await things(house, form, field, query.get("council_id", "")),
        nothing=query.get("nothing", ""),
    )  # fmt: skip
