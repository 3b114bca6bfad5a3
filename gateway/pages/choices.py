"""Choices: the options of fields that point at something, as (id, name)."""

import asyncio
from collections import Counter
from typing import Any

from fastapi import Request

from gateway import accounts
from gateway.clients.house import House
from gateway.clients.service import Things
from services.kit.errors import Forbidden, Unavailable

MOST, MOST_PAGES = 200, 20
Options = list[tuple[str, str]]


async def options(things: Things, name: str, **query: object) -> Options:
    """The things of a list by one of their fields; empty where the service is away."""
    try:
        found = await things.list(limit=MOST, sort=name, **query)
    except (Unavailable, Forbidden):
        return []
    return [(item["id"], item[name]) for item in found.items]


async def posts(house: House) -> Options:
    """Every post with its actor's name, in the order of the names."""
    try:
        parts = await house.actors.batch(
            house.actors.posts.asked(limit=MOST, sort="title"),
            house.actors.actors.asked(limit=MOST, sort="name"),
        )
    except Unavailable:
        return []
    names = {actor["id"]: actor["name"] for actor in parts[1]["items"]}
    found = [
        (post["id"], f"{names.get(post['actor_id'], 'Okänd aktör')}: {post['title']}")
        for post in parts[0]["items"]
    ]
    return sorted(found, key=lambda option: option[1].casefold())


async def people(house: House) -> Options:
    """Everybody by name, with the e-mail address where a name is not alone."""
    found: list[dict[str, Any]] = []
    for number in range(1, MOST_PAGES + 1):
        try:
            part = await house.actors.people.list(sort="name", limit=MOST, page=number)
        except (Unavailable, Forbidden):
            break
        found += part.items
        if not part.more:
            break
    times = Counter(person["name"] for person in found)
    return [(person["id"], _known_as(person, times[person["name"]])) for person in found]


def _known_as(person: dict[str, Any], times: int) -> str:
    alone = times == 1 or not person["email"]
    return str(person["name"]) if alone else f"{person['name']} ({person['email']})"


async def municipalities(request: Request) -> Options:
    """The association's municipalities, as its settings name them."""
    async with request.app.state.database.reading() as db:
        house = await accounts.house(db)
    return [(one["code"], one["name"]) for one in house["municipalities"]]


async def several(*wanted: Any) -> list[Options]:
    """Several lists of options at the same time."""
    return list(await asyncio.gather(*wanted))


def name_in(labels: dict[str, Any], id: str | None, otherwise: str = "Okänd") -> str:
    """What a thing is called; said to be unknown where nobody knows."""
    if id is None:
        return ""
    found = labels.get(id)
    return str(found["label"]) if found else otherwise


async def intakes(house: House) -> Options:
    """Coming and running intakes with their programmes' names."""
    try:
        parts = await house.actors.batch(
            house.actors.intakes.asked(limit=MOST, sort="-starts_on"),
            house.actors.programmes.asked(limit=MOST, sort="name"),
        )
    except Unavailable:
        return []
    names = {programme["id"]: programme["name"] for programme in parts[1]["items"]}
    return [
        (item["id"], f"{names.get(item['programme_id'], 'Utbildning')}, {item['starts_on']}")
        for item in parts[0]["items"]
    ]


async def decisions(house: House) -> Options:
    """The latest decisions by the beginning of their text."""
    try:
        found = await house.councils.decisions.list(limit=MOST, sort="-decided_on")
    except (Unavailable, Forbidden):
        return []
    return [(item["id"], f"{item['decided_on']}: {item['text'][:80]}") for item in found.items]
