"""Replicas are replaced one by one under reading and writing: not one request fails."""

import asyncio
import signal

from tests.faults.conftest import Tell
from tests.faults.load import all_well, writing
from tests.faults.programs import Programs


async def test_no_request_fails(split: Programs, tell: Tell) -> None:
    await split.whole("actors")
    async with split.api() as api:
        async with writing(api, patient=False) as account:
            for leaving in split.named("actors"):
                await asyncio.sleep(0.5)
                leaving.tell(signal.SIGTERM)
                await split.whole("actors", but=leaving.number)
        await all_well(split, api, account)
    assert set(account.answers) == {200, 201}
    tell(account)
