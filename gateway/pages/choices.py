"""Choices: the options of fields that point at something, as (id, name)."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Request

from gateway import accounts
from gateway.clients.house import House
from gateway.clients.service import Found, Things, ids_among
from gateway.forms import Form
from gateway.swedish import day, moment
from gateway.swedish.municipalities import MUNICIPALITIES, municipality
from services.councils.contract.meeting import MinutesState
from services.councils.contract.need import LIVING_NEEDS, NeedStatus
from services.kit import clock
from services.kit.contract import MUNICIPALITY
from services.kit.errors import Forbidden, Unavailable
from services.kit.rows import alphabetical

MOST, MOST_OF_A_NEED = 200, 120
_CODE = re.compile(MUNICIPALITY)
Options = list[tuple[str, str]]


async def options(things: Things, name: str, **query: object) -> Options:
    """The things of a list by one of their fields; empty where the service is away.

    On a page that looks back they are those that were known then.
    """
    try:
        found = await things.whole(sort=name, **things.service.then | query)
    except (Unavailable, Forbidden):
        return []
    return [(item["id"], item[name]) for item in found]


async def councils(house: House, chosen: str = "") -> Options:
    """The councils that still take things in, and the one that was chosen."""
    try:
        found = await house.councils.councils.whole(sort="name")
    except (Unavailable, Forbidden):
        return []
    return [
        (one["id"], one["name"]) for one in found if not one["closed_on"] or one["id"] == chosen
    ]


def locked(thing: Found) -> str:
    """What is said of a meeting, or a point of one, that does not change; empty where it may."""
    approved = thing["minutes_state"] == MinutesState.approved
    return "Protokollet är justerat och låst. Rättelser görs som nya beslut." if approved else ""


async def closed_council(house: House, form: Form[Any]) -> Found | None:
    """The council that a new form begins with, where it is closed and takes nothing in."""
    if "council_id" in form.wrong or not form.value("council_id"):
        return None
    found = await house.councils.councils.list(id=form.value("council_id"))
    return next((one for one in found.items if one["closed_on"]), None)


async def chosen(house: House, post_id: str) -> Options:
    """The one post that a list is narrowed to, by a link from somewhere else; none where none is.

    A list of all posts would be read with every page.
    """
    return kept([], post_id, await house.analysis.labels([post_id])) if post_id else []


def meetings(found: list[Found]) -> Options:
    """Meetings by title and when they begin."""
    return [(one["id"], f"{one['title']}, {moment(one['starts_at'])}") for one in found]


async def municipalities(request: Request) -> Options:
    """The association's municipalities, as its settings name them, in the order of the names."""
    async with request.app.state.database.reading() as db:
        house = await accounts.house(db)
    return sorted(((one["code"], one["name"]) for one in house["municipalities"]), key=_by_name)


async def in_use(
    house: House, ours: Options, codes: Iterable[str | None]
) -> tuple[Options, dict[str, str]]:
    """Our municipalities and the others of some codes, for a filter; and what is known of names."""
    used = [code for code in codes if code]
    called = await places(house, ours, used)
    others = {code: called.get(code, municipality(code)) for code in used}
    return sorted((others | dict(ours)).items(), key=_by_name), called


async def places(house: House, ours: Options, codes: Iterable[str | None]) -> dict[str, str]:
    """What municipalities are called: ours as we call them, and the others of the country."""
    called = MUNICIPALITIES | dict(ours)
    others = sorted({code for code in codes if code and _CODE.fullmatch(code)} - called.keys())
    if not others:
        return called
    try:
        found = await house.analysis.codes.whole(system="municipality", code=others)
    except (Unavailable, Forbidden):
        return called
    return called | {one["code"]: one["name"] for one in found}


async def everywhere(house: House, ours: Options, chosen: str = "") -> Options:
    """Ours, then all others of the country, and the one that was chosen."""
    try:
        found = await house.analysis.codes.whole(system="municipality", sort="code")
    except (Unavailable, Forbidden):
        found = []
    known = MUNICIPALITIES | {one["code"]: one["name"] for one in found}
    if chosen and _CODE.fullmatch(chosen):
        known.setdefault(chosen, municipality(chosen))
    others = {code: name for code, name in known.items() if code not in dict(ours)}
    return [*ours, *sorted(others.items(), key=_by_name)]


def _by_name(option: tuple[str, str]) -> str:
    return alphabetical(option[1])


async def several(*wanted: Any) -> list[Options]:
    """Several lists of options at the same time."""
    return list(await asyncio.gather(*wanted))


def name_in(labels: dict[str, Any], id: str | None, otherwise: str = "Okänd") -> str:
    """What a thing is called; said to be unknown where nobody knows."""
    if id is None:
        return ""
    found = labels.get(id)
    return str(found["label"]) if found else otherwise


def kept(options: Options, chosen: str, labels: dict[str, Any]) -> Options:
    """The options and what was chosen, though nobody can list them just now."""
    known = not chosen or chosen in dict(options)
    return options if known else [*options, (chosen, name_in(labels, chosen, "Ditt val"))]


def intake_called(intake: Found, programmes: Mapping[str, str]) -> str:
    """A start by the name of its programme and its day."""
    whose = programmes.get(intake["programme_id"], "Utbildning")
    return f"{whose}, {start(intake)}{_begun(intake)}"


def _begun(intake: Found) -> str:
    """What is said of a start that nobody can be admitted to in time."""
    started = intake["starts_on"] and intake["starts_on"] <= clock.today().isoformat()
    return ", har redan börjat" if started else ""


def start(intake: dict[str, Any]) -> str:
    """What a start is called: its day, or that nobody knows it, and which round it is."""
    told = day(intake["starts_on"]) if intake["starts_on"] else "okänd startdag"
    return f"{told}, omgång {intake['round']}" if intake["round"] else told


async def living_needs(house: House, chosen: Iterable[str] = (), **narrowed: object) -> Options:
    """Needs that are worked on or met, and what was chosen: nothing new is about the others."""
    found = await options(house.councils.needs, "statement", status=LIVING_NEEDS, **narrowed)
    return await with_needs(house, found, chosen)


async def with_needs(
    house: House, there: Options, chosen: Iterable[str], named: Iterable[str] = ()
) -> Options:
    """Some needs, what was chosen, however it is with it, and those `named` that live."""
    found, needs = dict(there), house.councils.needs
    kept = {*ids_among(chosen)} - found.keys()
    living = {*ids_among(named)} - found.keys() - kept
    for ids, status in ((kept, list(NeedStatus)), (living, LIVING_NEEDS)):
        asked = {"id": sorted(ids), "status": status}
        found |= dict(await options(needs, "statement", **asked)) if ids else {}
    return [(need, text[:MOST_OF_A_NEED]) for need, text in found.items()]


async def decided_about(house: House, needs: list[str]) -> str | None:
    """The latest decision that stands about any of the needs: what is done rests on it, likely."""
    if not needs:
        return None
    found = await house.councils.decisions.whole(need_id=needs, sort="-decided_on")
    return next((one["id"] for one in found if not one["superseded_by_id"]), None)


async def intake_of(house: House, initiative: Found) -> Found | None:
    """The start that an initiative fills; None where it fills none, or nobody can say now."""
    if initiative["intake_id"] is None:
        return None
    try:
        found = await house.actors.intakes.list(id=initiative["intake_id"])
    except Unavailable:
        return None
    return found.items[0] if found.items else None
