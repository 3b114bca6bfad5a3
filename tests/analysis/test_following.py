"""Following the others: nobody waits for a long backlog, and whoever reads meanwhile is told."""

import asyncio

import pytest

from services.analysis.following import actions
from services.kit.http import STALE
from tests.analysis.conftest import Three
from tests.analysis.following import MANY, behind_a_gate

SEARCH = "/search?q=Exempelföretag&limit=100"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Opened, it lets more than the first page of a feed be read."""
    return behind_a_gate(monkeypatch)


async def made(three: Three, count: int) -> None:
    """So many companies, each an entry of the ledger."""
    for number in range(count):
        await three.actors.made("/actors", {"name": f"Exempelföretag {number}", "kind": "company"})


async def test_nobody_waits_for_a_long_backlog(three: Three, gate: asyncio.Event) -> None:
    await made(three, MANY)
    for _ in range(2):  # also those who come while it is being applied
        answer = await asyncio.wait_for(three.analysis.get(SEARCH), 10)
        body = answer.json()
        assert (body["stale"], body["behind"], body["silent"]) == (True, ["actors"], [])
        assert answer.headers[STALE] == "behind"
        assert len(body["items"]) < MANY
    gate.set()
    for _ in range(100):
        answer = await three.analysis.get(SEARCH)
        if "stale" not in answer.json():
            break
        await asyncio.sleep(0.05)
    assert len(answer.json()["items"]) == MANY
    assert STALE not in answer.headers


async def test_a_short_backlog_is_waited_for(three: Three, gate: asyncio.Event) -> None:
    await made(three, 7)
    asked = asyncio.create_task(three.analysis.get(SEARCH))
    await asyncio.sleep(0.2)
    assert not asked.done()
    gate.set()
    assert len((await asked).json()["items"]) == len(range(7))


async def test_a_batch_says_that_a_part_of_it_is_behind(three: Three, gate: asyncio.Event) -> None:
    await made(three, MANY)
    answer = await three.analysis.post("/batch", {"get": [SEARCH, "/sources"]})
    assert answer.headers[STALE] == "behind"
    gate.set()


async def test_what_was_not_applied_at_the_end_is_applied_after_it(
    three: Three, gate: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    await made(three, MANY)
    follower = three.analysis.app.state.follower
    assert (await follower.up_to_date()).behind == ("actors",)
    await asyncio.wait_for(follower.close(), 10)
    gate.set()
    monkeypatch.setattr(actions, "AWAITED", MANY)
    assert not (await follower.up_to_date()).stale
    assert len((await three.analysis.get(SEARCH)).json()["items"]) == MANY
