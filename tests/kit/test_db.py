"""Connections that the server has hung up are never anybody's."""

import asyncio

import asyncpg
import pytest

from services.kit import reading
from services.kit.reading import Readers
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


async def test_a_read_that_was_broken_off_leaves_its_place_to_the_next(toy_url: str) -> None:
    readers = Readers(toy_url, size=1, options={})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await readers.fetch("SELECT pg_sleep(20)")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await readers.fetch("SELECT 1 / 0")
    many = await asyncio.gather(*(readers.fetch("SELECT $1::int AS n", n) for n in range(5)))
    assert [rows[0]["n"] for rows in many] == [0, 1, 2, 3, 4]
    await readers.close()


async def test_who_waits_too_long_for_a_connection_is_told(
    toy_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "WAIT_SECONDS", 0.05)
    readers = Readers(toy_url, size=1, options={})
    slow = asyncio.create_task(readers.fetch("SELECT pg_sleep(0.5)"))
    await asyncio.sleep(0.2)
    with pytest.raises(TimeoutError):
        await readers.fetch("SELECT 1")
    await slow
    await readers.close()
