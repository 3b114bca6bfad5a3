"""What is done with a thing is refused at once for all that is wrong with it, as a draft is."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.actors.test_departure import Fact, actor, held, person, post_at
from tests.actors.test_mandate import day, mandate
from tests.callers import Signed, municipality

Place = Callable[[Signed], Awaitable[str]]
TOMORROW = day(1)
LONG = "a" * 30_000


async def an_actor(actors: Signed) -> str:
    return str((await actor(actors))["id"])


async def gone(actors: Signed) -> str:
    made = await an_actor(actors)
    await actors.made(f"/actors/{made}/withdraw", {"withdrawn_on": day(-9), "reason": "Tid"})
    return made


async def somebody(actors: Signed) -> str:
    one, post = await person(actors), await post_at(actors, await actor(actors))
    await actors.made("/holdings", held(post, one, day(-9), day(-1)))
    return str(one["id"])


async def a_contact(actors: Signed) -> str:
    one, other = await actor(actors), await actor(actors, "Exempelkommun 2")
    facts = {"held_on": day(-1), "channel": "phone", "actor_id": one["id"], "said": "Ja"}
    return str((await actors.made("/contacts", facts | {"our_actor_id": other["id"]}))["id"])


async def a_mandate(actors: Signed, **more: Any) -> str:
    holder = (await actor(actors, "Exempelnätverk 1"))["id"]
    made = await mandate(actors, await actor(actors), holder_actor_id=holder, **more)
    return str(made["id"])


async def ending(actors: Signed) -> str:
    return await a_mandate(actors, valid_to="2026-12-01")


async def a_pledge(actors: Signed) -> str:
    facts = {"actor_id": await an_actor(actors), "what": "Tid", "due_on": TOMORROW}
    return str((await actors.made("/pledges", facts))["id"])


WRONG: list[tuple[str, Place, Fact, set[str]]] = [
    ("/contacts/{}/complete", a_contact, {"done_on": TOMORROW}, {"next_step", "done_on"}),
    (
        "/contacts/{}/complete",
        a_contact,
        {"done_on": day(-3), "x": 1},
        {"next_step", "done_on", "x"},
    ),
    ("/mandates/{}/renew", a_mandate, {"document": LONG}, {"valid_to", "document"}),
    (
        "/mandates/{}/renew",
        ending,
        {"valid_to": "2026-01-01", "document": "http://x.se"},
        {"valid_to", "document"},
    ),
    (
        "/people/{}/depart",
        somebody,
        {"left_on": TOMORROW, "handover": LONG},
        {"left_on", "handover"},
    ),
    ("/actors/{}/withdraw", gone, {"withdrawn_on": TOMORROW}, {"withdrawn_on", "reason"}),
    (
        "/actors/{}/return",
        an_actor,
        {"returned_on": TOMORROW, "level": "x"},
        {"returned_on", "level"},
    ),
    (
        "/actors/{}/place",
        an_actor,
        {"actor_id": str(uuid4()), "level": "x", "valid_from": TOMORROW, "status": "active"},
        {"actor_id", "level"},
    ),
    (
        "/pledges/{}/deliver",
        a_pledge,
        {"delivered_on": TOMORROW, "result": LONG},
        {"delivered_on", "result"},
    ),
    (
        "/pledges",
        an_actor,
        {"delivered_on": TOMORROW, "actor_id": str(uuid4()), "what": "Tid", "due_on": "x"},
        {"delivered_on", "due_on", "actor_id"},
    ),
    (
        "/gains",
        an_actor,
        {"stated_on": TOMORROW, "judged_on": TOMORROW, "confirmed_by_post_id": str(uuid4())},
        {"actor_id", "stated_on", "judged_on", "confirmed_by_post_id"},
    ),
    ("/readiness", an_actor, {"assessed_on": TOMORROW}, {"actor_id", "assessed_on"}),
]


@pytest.mark.parametrize(("path", "place", "body", "fields"), WRONG)
async def test_a_turn_that_is_refused_names_every_wrong_field(
    actors: Signed, path: str, place: Place, body: Fact, fields: set[str]
) -> None:
    refused = await actors.post(path.format(await place(actors)), body)
    assert refused.status_code in {409, 422}, refused.text
    told = [error["field"] for error in refused.json()["errors"]]
    assert fields <= set(told)
    assert len(told) == len(set(told)), "each is told once"


async def test_a_key_hears_of_all_that_is_wrong_in_its_news(actors: Signed) -> None:
    body = {"municipality_codes": ["1472", "1473"], "state": "maybe", "on": TOMORROW}
    key = actors.by(municipality("1472"))
    refused = await key.post(f"/mandates/{await a_mandate(actors)}/endorse", body)
    told = {error["field"] for error in refused.json()["errors"]}
    assert (refused.status_code, told) == (422, {"municipality_codes", "state", "on"})


async def test_a_standing_is_placed_at_the_actor_of_the_address_alone(actors: Signed) -> None:
    mine = await actor(actors, managed_by="1472")
    other = await actor(actors, "Exempelkommun 2", managed_by="1473")
    draft = {"level": "operative", "status": "active", "valid_from": day(-1)}
    key = actors.by(municipality("1472"))
    url = f"/actors/{mine['id']}/place"
    refused = await key.post(url, draft | {"actor_id": other["id"]})
    error = refused.json()["errors"][0]
    assert (refused.status_code, error["field"], error["code"]) == (422, "actor_id", "fixed")
    assert (await actors.get(f"/actors/{other['id']}")).json()["status"] is None
    assert (await key.made(url, draft | {"actor_id": mine["id"]}))["actor_id"] == mine["id"]
