"""What one may not write is not there, whatever else is wrong with the request."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from services.kit.declared import shown_routes
from services.kit.large import takes_many
from tests.actors.test_departure import actor, post_at
from tests.actors.test_mandate import mandate
from tests.callers import LEADER, READER, Signed, municipality
from tests.councils.work import a_need, an_initiative

SERVICES = ("actors", "councils", "analysis")
TIBRO = municipality("1472")
BODIES: tuple[Any, ...] = (None, {"x": 1})
# Its own endorsement of another's mandate is a municipality's to give.
OF_OTHERS = {"/mandates/{id}/endorse"}


def writes(app: Any) -> Iterator[tuple[str, str]]:
    """Each way to write one thing."""
    for route in shown_routes(app):
        for method in route.methods - {"GET"}:
            if "{id}" in route.path and not takes_many(route.path):
                yield method, route.path


async def told(service: Signed, method: str, path: str, id: str) -> set[int]:
    """The statuses that wrong bodies, and no If-Match, are answered with."""
    url = path.replace("{id}", id)
    return {(await service.send(method, url, json=body)).status_code for body in BODIES}


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> Any:
    """Each service."""
    return request.getfixturevalue(request.param)


async def test_what_is_nowhere_is_not_found_whatever_is_sent(service: Signed) -> None:
    for method, path in writes(service.app):
        assert path.partition("/{id}")[0] in service.app.state.kept_at, path
        for caller in (LEADER, TIBRO):
            found = await told(service.by(caller), method, path, str(uuid4()))
            assert found in ({404}, {403}), f"{method} {path} by {caller.subject}: {found}"


async def another_s(actors: Signed) -> dict[str, str]:
    """Things of Hjo's, by where they are kept."""
    hjo = {"managed_by": "1497"}
    one = await actor(actors, **hjo)
    holder = (await actor(actors, "Exempelnätverk 1"))["id"]
    made = {
        "/actors": one,
        "/posts": await post_at(actors, one),
        "/mandates": await mandate(actors, one, holder_actor_id=holder),
    }
    draft = {
        "actor_id": one["id"],
        "level": "operative",
        "status": "active",
        "valid_from": "2026-01-01",
    }
    made["/standings"] = await actors.made(f"/actors/{one['id']}/place", draft)
    pledge = {"actor_id": one["id"], "what": "Tid", "due_on": "2026-01-01"}
    made["/pledges"] = await actors.made("/pledges", pledge)
    return {path: str(thing["id"]) for path, thing in made.items()}


async def work_of_others(councils: Signed) -> dict[str, str]:
    """Hjo's needs and what is done about them."""
    need = await councils.made("/needs", a_need(municipality_codes=["1497"], reported_by="1497"))
    done = await councils.made("/initiatives", an_initiative(need_ids=[need["id"]]))
    step = await councils.made("/steps", {"initiative_id": done["id"], "title": "Ring runt"})
    return {"/needs": need["id"], "/initiatives": done["id"], "/steps": step["id"]}


async def demand_hidden(service: Signed, made: dict[str, str]) -> None:
    """404 for each way to write them."""
    for method, path in writes(service.app):
        kept = path.partition("/{id}")[0]
        if kept in made and path not in OF_OTHERS:
            found = await told(service.by(TIBRO), method, path, made[kept])
            assert found == {404}, f"{method} {path}: {found}"


async def test_another_s_actors_are_not_there_to_write(actors: Signed) -> None:
    await demand_hidden(actors, await another_s(actors))


async def test_another_s_work_is_not_there_to_write(councils: Signed) -> None:
    await demand_hidden(councils, await work_of_others(councils))


async def test_what_anybody_may_say_of_it_is_judged_as_it_stands(actors: Signed) -> None:
    made = await another_s(actors)
    for path in OF_OTHERS:
        found = await told(actors.by(TIBRO), "POST", path, made[path.partition("/{id}")[0]])
        assert found == {422}
    assert await told(actors.by(READER), "PUT", "/actors/{id}", made["/actors"]) == {403}
    assert await told(actors, "PUT", "/actors/{id}", made["/actors"]) == {422}
