"""Connections that the server has hung up are never anybody's."""

import asyncio

import asyncpg

from tests.callers import Signed

HANG_UP = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def test_after_the_server_hung_up_no_request_notices(toy: Signed, toy_url: str) -> None:
    shelf = {"name": "Hylla"}
    await asyncio.gather(*(toy.made("/shelves", shelf) for _ in range(4)))
    administrator = await asyncpg.connect(toy_url.replace("+asyncpg", ""))
    assert await administrator.fetchval(HANG_UP) > 1
    await administrator.close()
    await asyncio.sleep(0.1)
    answers = [await toy.post("/shelves", shelf) for _ in range(4)]
    answers += [await toy.get("/shelves") for _ in range(4)]
    assert {answer.status_code for answer in answers} == {200, 201}
