"""kill -9 of a program under writes: every acknowledged one is there, once, and nobody mends it."""

import asyncio
import signal

from tests.faults.conftest import Tell
from tests.faults.forms import saving
from tests.faults.load import all_well, writing
from tests.faults.programs import Programs
from tests.gateway.signing_in import SEE_OTHER


async def test_one_of_two_replicas(split: Programs, tell: Tell) -> None:
    async with split.api() as api:
        async with writing(api) as account:
            for victim in split.named("actors"):
                await asyncio.sleep(0.7)
                victim.tell(signal.SIGKILL)
                await split.whole("actors", but=victim.number)
        await all_well(split, api, account)
    tell(account)


async def test_every_replica_of_a_service(split: Programs, tell: Tell) -> None:
    async with split.api() as api:
        async with writing(api) as account:
            await asyncio.sleep(0.7)
            for victim in split.named("actors"):
                victim.tell(signal.SIGKILL)
            await split.whole("actors", but=victim.number)
        await all_well(split, api, account)
    tell(account)


async def test_the_gateway_under_api_writes_and_forms(split: Programs, tell: Tell) -> None:
    async with split.api() as api:
        async with writing(api) as account, saving(split.house, account):
            await asyncio.sleep(1)
            (victim,) = split.named("gateway")
            victim.tell(signal.SIGKILL)
            await split.whole("gateway", but=victim.number)
            await asyncio.sleep(1)
        await all_well(split, api, account)
    assert account.answers[SEE_OTHER] > 1
    tell(account)
