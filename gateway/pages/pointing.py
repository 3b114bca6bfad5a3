"""Pointing: the actors that a need points at, each with why, the best reasons first."""

import asyncio
from typing import NamedTuple

from fastapi import Request

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages import choices
from gateway.pages.holdings import things_by_id

GONE = ("withdrawn", "closed")
MOST, MOST_IDS = 20, 60


class Pointed(NamedTuple):
    """An actor, why the need points at it, what it was judged able to, and whether it is asked."""

    actor: Found
    reasons: list[str]
    readiness: str
    joining: Found | None


class Pointing(NamedTuple):
    """A need and the actors that it points at; `words`: what missions were searched for."""

    need: Found
    actors: list[Pointed]
    words: str
    cut: bool


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
    actors, states = await asyncio.gather(
        things_by_id(house.actors.actors, ids), _readiness_of(house, ids)
    )
    found = [
        Pointed(actors[one], reasons[one], states.get(one, "not_assessed"), joined.get(one))
        for one in ids
        if one in actors and actors[one]["status"] not in GONE
    ]
    return Pointing(need, sorted(found, key=lambda one: -len(one.reasons)), words, cut)


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
    joined = {one["actor_id"]: one for one in _items(parts, "joinings")[::-1]}
    return told, cut, joined


def _items(parts: dict[str, Found], name: str) -> list[Found]:
    return list(parts[name]["items"]) if name in parts else []


async def _readiness_of(house: House, ids: list[str]) -> dict[str, str]:
    """What the newest assessment of each says, by every id it has."""
    if not ids:
        return {}
    found = await house.actors.readiness.whole(actor_id=ids, newest="true")
    return {known: one["state"] for one in found for known in one["known_as"]}
