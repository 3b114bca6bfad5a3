"""Undertakings: the councils, seats and initiatives that actors carry, as losses under headings."""

import asyncio
from datetime import date

from gateway import swedish
from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages.holdings import names, things_by_id
from gateway.pages.losses import Loss
from services.kit.errors import Forbidden, Unavailable

TAKEN_ON = {
    "councils": "Leder råd",
    "called_councils": "Sammankallar råd",
    "seats": "Har plats i råd",
    "initiatives": "Leder initiativ",
    "partnerships": "Medverkar i initiativ",
    "projects": "Äger projekt",
    "funded_projects": "Finansierar projekt",
    "project_continuations": "Bär efter projekt",
}
# Those of which nothing more is said: their page and what they are.
ELSE = {
    "partnerships": ("initiatives.show", "initiative"),
    "projects": ("projects.show", "project"),
    "funded_projects": ("projects.show", "project"),
    "project_continuations": ("project_parts.continuation", "project_continuation"),
}
MOST_ACTORS = 100  # that one question holds


async def undertakings_of(
    house: House, families: dict[str, list[str]], day: date, known_at: str | None
) -> dict[str, dict[str, list[Loss]]]:
    """Nothing where it cannot be told; then what hangs on the posts cannot either."""
    ids = ids_in(*families.values())
    some = [ids[start : start + MOST_ACTORS] for start in range(0, len(ids), MOST_ACTORS)]
    asking = (
        house.councils.get("/actor-consequences", actor_id=part, on=day, known_at=known_at)
        for part in some
    )
    try:
        parts = await asyncio.gather(*asking)
    except (Forbidden, Unavailable):
        return {}
    found = {kind: _once_each([one for part in parts for one in part[kind]]) for kind in TAKEN_ON}
    places = ids_in([one["council_id"] for things in found.values() for one in things])
    councils = names(await things_by_id(house.councils.councils, places))
    return {one: _taken_on(found, family, councils) for one, family in families.items()}


def _once_each(undertakings: list[Found]) -> list[Found]:
    """One that several of many actors carry may be answered with each."""
    found: dict[str, Found] = {}
    for one in undertakings:
        found.setdefault(one["id"], one | {"actor_ids": []})["actor_ids"] += one["actor_ids"]
    return list(found.values())


def _taken_on(found: Found, family: list[str], councils: dict[str, str]) -> dict[str, list[Loss]]:
    """One actor's of the undertakings of many, under headings."""
    taken = {
        heading: [
            _told(kind, one, councils) for one in found[kind] if {*one["actor_ids"]} & {*family}
        ]
        for kind, heading in TAKEN_ON.items()
    }
    return {heading: things for heading, things in taken.items() if things}


def _told(kind: str, one: Found, councils: dict[str, str]) -> Loss:
    council, it = councils.get(one["council_id"] or "", ""), one["id"]
    marked, place = one["example"], one["council_id"]
    match kind:
        case "seats":
            role = swedish.label(one["title"], "SeatRole")
            text = council or "Ett råd"
            return Loss(text, "councils.show", place, "seat", it, role, marked)
        case "councils":
            note = "Leds tillsammans med andra" if one["shared"] else "Ingen annan leder rådet"
            return Loss(one["title"], "councils.show", it, "council", it, note, marked)
        case "called_councils":
            note = "Andra leder rådet"
            return Loss(one["title"], "councils.show", it, "council", it, note, marked)
        case "initiatives":
            note = "Andra medverkar" if one["shared"] else "Ingen annan medverkar"
            return Loss(one["title"], "initiatives.show", it, "initiative", it, note, marked)
        case _:
            page, noun = ELSE[kind]
            return Loss(one["title"], page, it, noun, it, council, marked)
