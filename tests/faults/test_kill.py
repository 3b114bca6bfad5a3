"""kill -9 under writes: every acknowledged one is there, once; rolling restart: nobody notices."""

import asyncio
import signal

import httpx

from tests.faults.load import Account, names_stored, writing
from tests.faults.programs import Programs

ENOUGH = 20


async def all_there_once(api: httpx.AsyncClient, account: Account) -> None:
    """Everything acknowledged is stored once, and nothing is stored twice."""
    assert account.failed == []
    assert len(account.acknowledged) > ENOUGH, account.answers
    stored = await names_stored(api)
    assert [name for name in account.acknowledged if stored[name] != 1] == []
    assert [name for name, times in stored.items() if times > 1] == []


async def in_a_thread(split: Programs, name: str, *, but: int = 0) -> None:
    """Wait for two of a service without stopping the writers."""
    await asyncio.to_thread(split.until_two, name, but=but)


async def test_a_killed_replica_loses_and_doubles_nothing(split: Programs) -> None:
    async with split.house.api(split.house.key()) as api:
        async with writing(api) as account:
            for _ in range(3):
                await asyncio.sleep(0.7)
                victim = split.named("actors")[0]
                victim.tell(signal.SIGKILL)
                await in_a_thread(split, "actors", but=victim.number)
        await all_there_once(api, account)


async def test_a_service_killed_whole_comes_back_with_every_write(split: Programs) -> None:
    async with split.house.api(split.house.key()) as api:
        async with writing(api) as account:
            await asyncio.sleep(0.7)
            victims = split.named("actors")
            for victim in victims:
                victim.tell(signal.SIGKILL)
            await in_a_thread(split, "actors", but=victims[0].number)
            await asyncio.sleep(2)
        await all_there_once(api, account)


async def test_a_killed_gateway_comes_back_with_every_write(split: Programs) -> None:
    async with split.house.api(split.house.key()) as api:
        async with writing(api) as account:
            await asyncio.sleep(0.7)
            split.named("gateway")[0].tell(signal.SIGKILL)
            await asyncio.sleep(5)
        await all_there_once(api, account)


async def test_replicas_are_replaced_one_by_one_and_no_request_fails(split: Programs) -> None:
    split.until_two("actors")
    async with split.house.api(split.house.key()) as api:
        async with writing(api, patient=False) as account:
            for leaving in split.named("actors"):
                await asyncio.sleep(1)
                leaving.tell(signal.SIGTERM)
                await in_a_thread(split, "actors", but=leaving.number)
        await all_there_once(api, account)
        assert set(account.answers) == {200, 201}


async def test_the_feed_has_every_change_once_and_the_chain_is_whole(split: Programs) -> None:
    async with split.house.api(split.house.key()) as api:
        stored, seen, after = await names_stored(api), [], ""
        while True:
            query = {"limit": "500", "noun": "actor"} | ({"after": after} if after else {})
            page = (await api.get("/api/v1/changes", params=query)).json()
            seen += [one["id"] for one in page["items"]]
            if not page["items"]:
                break
            after = page["after"]
    assert len(seen) == len(set(seen)) == stored.total()
    assert "faults in the chain" not in split.house.operate("doctor")
