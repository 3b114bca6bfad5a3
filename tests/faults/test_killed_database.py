"""kill -9 of PostgreSQL under writes: 503 meanwhile, then every acknowledged write, once."""

import asyncio

import pytest

from tests.faults.conftest import Tell
from tests.faults.load import Account, all_well, writing
from tests.faults.programs import Programs, until


async def _written(account: Account, count: int) -> None:
    """Wait until the writers have had so many more acknowledged."""
    enough = len(account.acknowledged) + count

    async def have() -> bool:
        return len(account.acknowledged) >= enough

    await until(have)


@pytest.mark.parametrize("what", ["server", "connection"])
async def test_the_services_recover_by_themselves(split: Programs, tell: Tell, what: str) -> None:
    services = {one for name in ("actors", "gateway") for one in split.named(name)}
    kill = split.server.kill if what == "server" else split.server.kill_a_connection
    async with split.api() as api:
        async with writing(api) as account:
            await _written(account, 20)
            before = split.server.postmaster
            await asyncio.to_thread(kill)
            await _written(account, 50)
        await all_well(split, api, account)
    assert (split.server.postmaster != before) is (what == "server")
    assert services == {one for name in ("actors", "gateway") for one in split.named(name)}
    assert account.answers[503] or what == "connection"
    assert set(account.answers) <= {201, 503}
    tell(account)
