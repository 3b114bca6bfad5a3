"""Pointing: the actors that a need points at, each with why, the best reasons first."""

import asyncio
from typing import NamedTuple

from fastapi import Request

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages import choices
from gateway.pages.holdings import things_by_id
from services.actors.contract.actor import GONE
from services.actors.contract.priority import PriorityState
from services.councils.contract.need import OPEN_NEEDS

MOST, MOST_IDS = 20, 60


class Pointed(NamedTuple):
    """An actor, why the need points at it, what it was judged able to, and whether it is asked.

    `left_out`: it was decided not to be with.
    """

    actor: Found
    reasons: list[str]
    readiness: str
    joining: Found | None
    left_out: bool


class Pointing(NamedTuple):
    """A need and the actors that it points at; `words`: what missions were searched for."""

    need: Found
    actors: list[Pointed]
    words: str
    cut: bool

    @property
    def open(self) -> bool:
        """Whether the need is worked on: nobody is joined to one that is over."""
        return self.need["status"] in OPEN_NEEDS


async def pointed_at(request: Request, house: House, need_id: str, typed: str) -> Pointing:
    """By occupation those who educate, by words those with such a mission, and by municipality."""
    need = await house.councils.needs.one(need_id)
    code = need["occupation_code"]
    (_, occupations), ours = await asyncio.gather(
        house.analysis.known([], ids_in(code)), choices.municipalities(request)
    )
    words = typed or occupations.get(code, "") or await _industry_of(house, need["council_id"])
    reasons, cut, joined = await _reasons(house, need, words, dict(ours))
    ids = list(reasons)[:MOST_IDS]
    actors, states, left_out = await asyncio.gather(
        things_by_id(house.actors.actors, ids), _readiness_of(house, ids), _left_out(house, ids)
    )
    told: dict[str, list[str]] = {}
    for one in ids:  # by who lives on: what was merged is found by its programmes, too
        if one in actors and actors[one]["status"] not in GONE:
            told.setdefault(actors[one]["id"], []).extend(reasons[one])
    found = [
        Pointed(
            actors[one], why, states.get(one, "not_assessed"), _asked(joined, actors[one]),
            one in left_out,
        )
        for one, why in told.items()
    ]  # fmt: skip
    return Pointing(need, sorted(found, key=lambda one: -len(one.reasons)), words, cut)


def _asked(joined: dict[str, Found], actor: Found) -> Found | None:
    """The joining of an actor, by any of its ids; one on its way before one that was answered."""
    known = (joined.get(one) for one in (actor["id"], *actor["merged_ids"]))
    return min((one for one in known if one), key=lambda one: not one["open"], default=None)


async def _left_out(house: House, ids: list[str]) -> set[str]:
    """Those that it was decided not to have with."""
    if not ids:
        return set()
    found = await house.actors.actors.list(id=ids, priority=PriorityState.left_out, limit=MOST_IDS)
    return {one["id"] for one in found.items}


async def _industry_of(house: House, council_id: str | None) -> str:
    """The industry of the need's council, where no occupation says what to search for."""
    if council_id is None:
        return ""
    found = await things_by_id(house.councils.councils, [council_id])
    return str(found[council_id]["industry"] or "") if council_id in found else ""


async def _reasons(
    house: House, need: Found, words: str, places: dict[str, str]
) -> tuple[dict[str, list[str]], bool, dict[str, Found]]:
    """Why each actor is pointed at, those with programmes first; and who is asked already."""
    actors, code, codes = house.actors, need["occupation_code"], need["municipality_codes"]
    asked = {"joinings": actors.joinings.asked(need_id=need["id"], limit=200)}
    if code:
        asked["programmes"] = actors.programmes.asked(occupation_code=code, limit=MOST)
    if words:
        asked["words"] = actors.actors.asked(q=words, limit=MOST)
    if codes:
        asked["places"] = actors.actors.asked(
            municipality_code=codes, educates="true", sort="name", limit=MOST
        )
    parts = dict(zip(asked, await actors.batch(*asked.values()), strict=True))
    told: dict[str, list[str]] = {}
    for one in _items(parts, "programmes"):
        told.setdefault(one["provider_actor_id"], []).append(f"Utbildar till yrket: {one['name']}")
    for one in _items(parts, "words"):
        told.setdefault(one["id"], []).append(f"Namn eller uppdrag nämner ”{words}”")
    for one in _items(parts, "places"):
        place = places.get(one["municipality_code"], one["municipality_code"])
        told.setdefault(one["id"], []).append(f"Utbildar, och finns i {place}")
    cut = len(told) > MOST_IDS or any(parts[n]["next"] for n in parts if n != "joinings")
    asked_before = [one for one in _items(parts, "joinings") if one["state"] != "lapsed"]
    joined = {one["actor_id"]: one for one in sorted(asked_before, key=lambda one: one["open"])}
    return told, cut, joined


def _items(parts: dict[str, Found], name: str) -> list[Found]:
    return list(parts[name]["items"]) if name in parts else []


async def _readiness_of(house: House, ids: list[str]) -> dict[str, str]:
    """What the newest assessment of each says, by every id it has."""
    if not ids:
        return {}
    found = await house.actors.readiness.whole(actor_id=ids, newest="true")
    return {known: one["state"] for one in found for known in one["known_as"]}
