"""Continuity: how often posts and seats change hands, and what rests on one process leader."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.clients.service import Found, Listing, Things
from gateway.forms import Form
from gateway.html import page
from gateway.lookback import DAY
from gateway.misread import demand_known, misread
from gateway.pages import actor_choices, choices
from gateway.pages.listing import SIZE, Shown, as_file, number_of, wanted
from services.analysis.contract.continuity import TurnoverNoun
from services.kit.errors import Malformed, NotFound

area = Area("continuity")
FILTERS = ("noun", "year", "actor_id", "council_id", "municipality_code")
NOTHING: Found = {"items": [], "years": [], "next": None, "count": 0}


@area.show("/kontinuitet", "list")
async def list_turnover(request: Request, house: Services) -> Response:
    """Turnover by actor, council and year, and of the selection over whole years."""
    form = Form.asked(request)
    (shown, told), actors, councils, municipalities = await asyncio.gather(
        _part(request, form, house.analysis.turnover, FILTERS),
        actor_choices.actors(house, form),
        choices.options(house.councils.councils, "name"),
        choices.municipalities(request),
    )
    years = sorted({one["year"] for one in told["years"]}, reverse=True)
    return page(
        request, "continuity/list.html", shown=shown, actors=actors, councils=councils,
        municipalities=municipalities, nouns=TurnoverNoun, trend=_trend(told["years"]),
        years=[(str(year), str(year)) for year in years],
    )  # fmt: skip


async def _part(
    request: Request, form: Form[Any], things: Things, filters: tuple[str, ...] = ()
) -> tuple[Shown, Found]:
    """A page of what is asked for; nothing where it cannot be read, and the form says so."""
    number = number_of(request)
    demand_known(request, form, {*filters, DAY})
    query = wanted(request, filters) | {"page": number, "limit": SIZE, "count": "true"}
    found = NOTHING
    try:
        found = await things.service.get(things.path, **query, **_day(form))
    except Malformed as problem:
        form.blame(problem)
    if form.wrong:
        misread(request, form)
        found = NOTHING
    part = Listing.of(found)
    return Shown(form, part.items, number, part.more, part.count or 0), found


def _day(form: Form[Any]) -> dict[str, str]:
    """Up to which day: of its own, as what analysis has copied is not known as of a moment."""
    day = form.value("as_of")
    return {"as_of": day} if day else {}


def _trend(years: list[Found]) -> list[tuple[str, str, list[tuple[int, float]]]]:
    """Lines of at least two whole years: of whom, of all or of key posts, and per cent by year."""
    told = [
        (noun, rate, [(one["year"], _percent(one[rate])) for one in _whole(years, noun, rate)])
        for noun in TurnoverNoun
        for rate in ("rate", "key_rate")
    ]
    return [line for line in told if len(line[2]) > 1]


def _whole(years: list[Found], noun: str, rate: str) -> list[Found]:
    return [
        one for one in years if one["noun"] == noun and one["complete"] and one[rate] is not None
    ]


def _percent(rate: str) -> float:
    return round(float(rate) * 100, 1)


@area.show("/kontinuitet.{kind}", "file")
async def turnover_file(request: Request, house: Services, kind: str) -> Response:
    """The same list as a file."""
    day = _day(Form.asked(request))
    return await as_file(request, house.analysis.turnover, kind, (*FILTERS, DAY), **day)


@area.show("/kontinuitet/rad", "councils")
async def list_councils(request: Request, house: Services) -> Response:
    """How far each council rests on its process leader alone, the highest first."""
    shown, _ = await _part(request, Form.asked(request), house.analysis.respiration)
    return page(request, "continuity/councils.html", shown=shown)


@area.show("/kontinuitet/rad.{kind}", "councils_file")
async def councils_file(request: Request, house: Services, kind: str) -> Response:
    """The same list as a file."""
    day = _day(Form.asked(request))
    return await as_file(request, house.analysis.respiration, kind, (DAY,), **day)


@area.show("/kontinuitet/rad/{id}", "council")
async def show_council(request: Request, house: Services, id: str) -> Response:
    """One council: its index, what stops without the leader, and every tie."""
    form = Form.asked(request)
    asked = {"council_id": id, "ties": "true"}
    try:
        found = await house.analysis.respiration.list(**asked, **_day(form))
    except Malformed as problem:
        if not _day(form):
            raise NotFound("there is no such council") from None
        form.blame(problem)
        misread(request, form)
        found = await house.analysis.respiration.list(**asked)
    if not found.items:
        raise NotFound("there is no such council on that day")
    return page(request, "continuity/council.html", asked=form, one=found.items[0])
