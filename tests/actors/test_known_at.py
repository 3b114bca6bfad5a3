"""Every list and thing of the service answers what was known at a moment."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.actors.app import COLLECTIONS
from services.actors.timeline.days import Asking
from services.actors.timeline.events import everything
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.identity import Caller
from services.kit.listing import list_statement
from services.kit.paging import Asked
from services.kit.reading import Question, compiled
from tests.actors.test_departure import held, person
from tests.actors.test_readiness import assessment
from tests.actors.test_timeline import story
from tests.callers import Signed


@pytest.mark.parametrize("things", COLLECTIONS, ids=lambda things: things.noun)
async def test_lists_and_things_are_read_as_they_were_known(
    actors: Signed, things: Collection
) -> None:
    before = clock.now().isoformat()
    await story(actors)
    now = {"known_at": clock.now().isoformat()}
    day = {"as_of": "2020-06-01"} if things.periodic else {}
    listed = await actors.get(things.path, params=now | day)
    assert listed.status_code == 200, listed.text
    early = await actors.get(things.path, params={"known_at": before, "count": "true"} | day)
    assert (early.json()["items"], early.json()["count"]) == ([], 0)
    for one in (await actors.get(things.path)).json()["items"]:
        address = f"{things.path}/{one['id']}"
        assert (await actors.get(address, params=now)).json() == one
        assert (await actors.get(address, params=now | day)).status_code == 200
        assert (await actors.get(address, params={"known_at": before})).status_code == 404


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


async def _read_through(actors: Signed, question: Question, asked: UUID) -> list[str]:
    """How the table of actors is read whole, where an index could be asked instead."""
    async with actors.app.state.database.engine.begin() as db:
        await db.exec_driver_sql("SET LOCAL enable_seqscan = off")
        driver = (await db.get_raw_connection()).driver_connection
        sql = f"EXPLAIN (FORMAT JSON) {question.sql}"
        told = await driver.fetchval(sql, *question.with_(asked))
    return [
        one["Node Type"]
        for one in _nodes(told[0]["Plan"])
        if one.get("Relation Name") == "actor" and not one.keys() & {"Index Cond", "Recheck Cond"}
    ]


async def test_looking_back_at_one_actor_reads_no_others(actors: Signed) -> None:
    caller = Caller("client", "client:example", scopes=("read", "personal"))
    asking = Asking(caller, When(clock.today(), clock.now()))
    assert await _read_through(actors, compiled(everything(asking)), uuid4()) == []


async def _read_of_ledger(actors: Signed, question: Question, asked: UUID | None = None) -> int:
    """How many of the ledger's entries are looked at to answer."""
    async with actors.app.state.database.engine.begin() as db:
        driver = (await db.get_raw_connection()).driver_connection
        sql = f"EXPLAIN (ANALYZE, FORMAT JSON) {question.sql}"
        told = await driver.fetchval(sql, *(question.with_(asked) if asked else question.values))
    return int(
        sum(
            (one["Actual Rows"] + one.get("Rows Removed by Filter", 0)) * one["Actual Loops"]
            for one in _nodes(told[0]["Plan"])
            if one.get("Relation Name") == "ledger"
        )
    )


async def _much(actors: Signed, count: int) -> UUID:
    """Actors with a level, a post that is held, and contacts and relations; one by two ids."""
    first, post, _other = await story(actors)
    somebody = await person(actors, "nio")
    for number in range(count):
        named = {"name": f"Exempel {number}", "kind": "company"}
        own = {"actor_id": (await actors.made("/actors", named))["id"]}
        place = own | {"level": "operative", "status": "active", "valid_from": "2020-01-01"}
        assert (await actors.post(f"/actors/{own['actor_id']}/place", place)).is_success
        said = {"held_on": "2022-05-05", "channel": "meeting", "said": "Hej"}
        await actors.made("/contacts", own | said | {"our_actor_id": first["id"]})
        ends = own | {"other_actor_id": first["id"], "kind": "funds", "valid_from": "2020-01-01"}
        await actors.made("/relations", ends)
        await actors.made("/readiness", assessment(own | {"id": own["actor_id"]}, post))
        its = await actors.made("/posts", own | {"title": "Chef"})
        await actors.made("/holdings", held(its, somebody, "2020-01-01"))
    merged = await actors.post(f"/actors/{own['actor_id']}/merge", {"into_id": first["id"]})
    assert merged.is_success, merged.text
    return UUID(first["id"])


async def test_a_moment_before_an_import_that_was_undone_reads_it_once(actors: Signed) -> None:
    first = await _much(actors, 30)
    moment = clock.now()
    level = {"level": "operative", "status": "active"}
    rows = [{"name": f"Importerad {number}", "kind": "company"} | level for number in range(400)]
    body = {"noun": "actor", "file_name": "a.csv", "rows": rows}
    made = await actors.made("/imports", body)
    await actors.made(f"/imports/{made['id']}/undo", {})
    async with actors.app.state.database.engine.begin() as db:
        await db.exec_driver_sql("ANALYZE")
    caller = Caller("user", "user:example", roles=("process_leader",))
    asked = Asked(known_at=moment, limit=30)
    for things in COLLECTIONS:
        question = compiled(list_statement(things, asked, caller)[0])
        read = await _read_of_ledger(actors, question)
        assert read < 6000, (things.noun, "not for each of the rows")
    asking = Asking(caller, When(clock.today(), moment))
    question = compiled(everything(asking))
    assert await _read_of_ledger(actors, question, first) < 20_000
    listed = await actors.get("/actors", params={"known_at": moment.isoformat(), "count": "true"})
    assert listed.json()["count"] == 31
