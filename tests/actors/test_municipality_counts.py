"""Counts per municipality: the selection of the list in one answer, with the rights of the list."""

from typing import Any

import pytest

from tests.actors.test_departure import actor, post_at
from tests.actors.test_readiness import assessment
from tests.callers import MEMBER, READER, Signed, municipality

COUNTS = "/actors/municipality-counts"


async def a_company(actors: Signed, number: int, code: str | None, **more: Any) -> dict[str, Any]:
    told = {"name": f"Exempelföretag {number}", "kind": "company", "municipality_code": code}
    return await actors.made("/actors", told | more)


async def counted(actors: Signed, query: str = "") -> dict[str | None, int]:
    answer = await actors.get(f"{COUNTS}?{query}")
    assert answer.status_code == 200, answer.text
    return {one["municipality_code"]: one["actors"] for one in answer.json()["items"]}


async def test_the_actors_of_a_selection_are_counted_by_municipality(actors: Signed) -> None:
    assert await counted(actors) == {}
    for number in range(203):
        await a_company(actors, number, "1472")
    one = await a_company(actors, 900, "1496", sni_codes=["31010"])
    await a_company(actors, 901, None)
    await actors.made("/actors", {"name": "Exempelkommun", "kind": "municipality",
                                  "municipality_code": "1496"})  # fmt: skip
    assert await counted(actors) == {"1472": 203, "1496": 2, None: 1}
    assert list(await counted(actors)) == ["1472", "1496", None]
    assert await counted(actors, "kind=company&municipality_code=1496") == {"1496": 1}
    assert await counted(actors, "sni=31") == {"1496": 1}
    assert await counted(actors, f"id={one['id']}") == {"1496": 1}
    assert await counted(actors, "q=Exempelkommun") == {"1496": 1}
    assert await counted(actors.by(READER)) == await counted(actors)


async def test_counts_are_those_of_the_day_and_of_what_was_known(actors: Signed) -> None:
    one = await a_company(actors, 1, "1472")
    other = await a_company(actors, 2, "1472")
    here = {"actor_id": one["id"], "level": "operative", "status": "active"}
    await actors.post(f"/actors/{one['id']}/place", here | {"valid_from": "2020-01-01"})
    assert await counted(actors, "status=active") == {"1472": 1}
    assert await counted(actors, "status=active&as_of=2019-06-01") == {}
    assert await counted(actors, "known_at=2020-01-01T00:00:00Z") == {}
    await actors.made(f"/actors/{other['id']}/merge", {"into_id": one["id"]})
    assert await counted(actors) == {"1472": 1}, "a merged actor is counted once"


async def test_who_may_not_read_assessments_counts_nobody_by_them(actors: Signed) -> None:
    at = await actor(actors, managed_by="1472")
    await actors.made("/readiness", assessment(at, await post_at(actors, at)))
    assert sum((await counted(actors, "readiness=ready")).values()) == 1
    for caller in (MEMBER, READER):
        refused = await actors.by(caller).get(f"{COUNTS}?readiness=ready")
        assert refused.status_code == 403
    for code, found in (("1472", 1), ("1480", 0)):
        theirs = await counted(actors.by(municipality(code)), "readiness=ready")
        assert sum(theirs.values()) == found


@pytest.mark.parametrize("query", ["fisk=1", "kind=fisk", "limit=5", "page=2", "sort=name",
                                   "count=true", "after=x", "as_of=igår"])  # fmt: skip
async def test_what_no_count_can_be_asked_is_refused_by_name(actors: Signed, query: str) -> None:
    answer = await actors.get(f"{COUNTS}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == query.partition("=")[0]
