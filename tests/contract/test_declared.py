"""What the services may be asked stands in their documents, and nothing else is answered."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from gateway.embedded import embedded_apps
from services.kit.declared import demand_declared
from services.kit.openapi import read_doc
from services.kit.rights import signed_in
from services.kit.settings import Settings
from tests.callers import ADMINISTRATOR, KEYS, Signed
from tests.promised import document

SERVICES = ("actors", "councils", "analysis")
NOWHERE = Settings(database_url="postgresql+asyncpg://nobody@127.0.0.1/none", service_keys=KEYS)
LONGEST = 1500
ABSENT = str(UUID(int=1))


def asked(said: dict[str, Any]) -> set[str]:
    """The query parameters of an operation."""
    return {one["name"] for one in said.get("parameters", ()) if one["in"] == "query"}


@pytest.fixture(scope="module")
def apps() -> dict[str, FastAPI]:
    """The services open to all and without databases: what is asked is judged first."""
    found = dict(embedded_apps(dict.fromkeys(SERVICES, NOWHERE)))
    for app in found.values():
        app.state.rights = dict.fromkeys(app.state.rights, signed_in)
    return found


def parts(names: set[str]) -> Iterator[list[str]]:
    """Names, as many at a time as an address may hold."""
    some: list[str] = []
    for name in sorted(names):
        if sum(map(len, some)) + 3 * len(some) > LONGEST:
            yield some
            some = []
        some.append(name)
    yield some


@pytest.mark.parametrize("service", SERVICES)
async def test_what_is_not_declared_is_refused(apps: dict[str, FastAPI], service: str) -> None:
    """Every operation is asked for every parameter that some other operation takes."""
    every = {
        name
        for app in apps.values()
        for item in document(app)["paths"].values()
        for said in item.values()
        for name in asked(said)
    }
    caller = Signed(apps[service], service, ADMINISTRATOR)
    for path, item in document(apps[service])["paths"].items():
        for verb, said in item.items():
            for names in parts(every - asked(said)):
                query = "&".join(f"{name}=1" for name in names)
                answer = await caller.send(verb.upper(), f"{path.replace('{id}', ABSENT)}?{query}")
                told = {one["field"] for one in answer.json()["errors"]}
                assert answer.status_code == 400, f"{verb} {path}: {answer.text}"
                assert set(names) <= told, f"{verb} {path}: {set(names) - told}"


async def test_all_that_is_wrong_is_told_together(apps: dict[str, FastAPI]) -> None:
    caller = Signed(apps["analysis"], "analysis", ADMINISTRATOR)
    answer = await caller.get("/threads?x=1&limit=0&need_id=q&page=1&page=2")
    assert {(one["field"], one["code"]) for one in answer.json()["errors"]} == {
        ("x", "unknown_parameter"),
        ("page", "repeated"),
        ("limit", "out_of_range"),
        ("need_id", "unreadable"),
    }


def test_a_route_without_an_answer_is_refused() -> None:
    app = FastAPI()

    @app.get("/things", openapi_extra={"x-right": "thing.read"})
    async def things() -> None: ...

    with pytest.raises(RuntimeError, match="GET /things: no answer is said"):
        demand_declared(app, {("thing", "read"): signed_in})


def test_a_parameter_without_a_meaning_is_refused() -> None:
    app = FastAPI()

    @app.get("/things", **read_doc("Things", "thing.read", dict[str, str]))
    async def things(colour: str) -> None: ...

    with pytest.raises(RuntimeError, match="GET /things: nothing says what colour means"):
        demand_declared(app, {("thing", "read"): signed_in})
    with pytest.raises(RuntimeError, match="no entry in RIGHTS for 'thing\\.read'"):
        demand_declared(app, {})
