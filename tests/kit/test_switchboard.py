"""The line to a service that is away: refused at once, and taken up as soon as it answers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from services.kit import switchboard
from services.kit.errors import Malformed, Unavailable
from services.kit.switchboard import OPEN_AFTER, Switchboard, remote_line
from tests.callers import KEYS, LEADER

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


@dataclass
class Replica:
    """Somebody at an address who hangs up, or answers."""

    port: int = 0
    answers: bool = False
    hangs: bool = False
    callers: int = 0

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One caller."""
        self.callers += 1
        if self.hangs:
            await reader.read()
        elif self.answers:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(ANSWER)
            await writer.drain()
        writer.close()


@pytest.fixture
async def replica() -> AsyncIterator[Replica]:
    """A replica that hangs up on everybody."""
    found = Replica()
    async with await asyncio.start_server(found.meet, "127.0.0.1", 0) as server:
        found.port = server.sockets[0].getsockname()[1]
        yield found


@pytest.fixture
async def board(replica: Replica) -> AsyncIterator[Switchboard]:
    """A switchboard with a line to it alone."""
    keys = {pair: key.encode() for pair, key in KEYS.items()}
    found = Switchboard(keys, {"actors": remote_line([f"http://127.0.0.1:{replica.port}"])})
    yield found
    await found.close()


async def _asks(board: Switchboard) -> bool:
    try:
        reply = await board.ask("actors", "GET", "/actors", caller=LEADER)
    except Unavailable:
        return False
    return reply.status == 200


async def test_a_line_that_failed_rests_and_one_caller_finds_out_when_it_works(
    board: Switchboard, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switchboard, "OPEN_SECONDS", 1.0)
    assert [await _asks(board) for _ in range(OPEN_AFTER)] == [False] * OPEN_AFTER
    tried = replica.callers
    assert not await _asks(board)
    assert replica.callers == tried
    await asyncio.sleep(1.3)
    assert not any(await asyncio.gather(*(_asks(board) for _ in range(8))))
    assert replica.callers == tried + tried // OPEN_AFTER
    replica.answers = True
    await asyncio.sleep(1.3)
    assert await _asks(board)
    assert all(await asyncio.gather(*(_asks(board) for _ in range(8))))


async def test_an_outage_of_long_ago_is_forgotten(
    board: Switchboard, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switchboard, "OPEN_SECONDS", 0.2)
    monkeypatch.setattr(switchboard, "FORGET_SECONDS", 0.3)
    assert not any([await _asks(board) for _ in range(OPEN_AFTER)])
    replica.answers = True
    await asyncio.sleep(0.7)
    assert all(await asyncio.gather(*(_asks(board) for _ in range(8))))


async def test_a_replica_that_hangs_is_waited_for_once(
    replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switchboard, "TIMEOUT", httpx.Timeout(0.3))
    other = Replica(answers=True)
    async with await asyncio.start_server(other.meet, "127.0.0.1", 0) as server:
        ports = (replica.port, server.sockets[0].getsockname()[1])
        line = remote_line([f"http://127.0.0.1:{port}" for port in ports])
        keys = {pair: key.encode() for pair, key in KEYS.items()}
        board, replica.hangs = Switchboard(keys, {"actors": line}), True
        assert all([await _asks(board) for _ in range(6)])
        assert replica.callers == 1
        other.answers, other.hangs = False, True
        assert not await _asks(board)
        tried = replica.callers + other.callers
        assert not any([await _asks(board) for _ in range(6)])
        assert replica.callers + other.callers == tried, "nobody waits for two that hang"
        await board.close()


async def test_an_address_that_nobody_can_be_asked_at_is_the_askers_mistake(
    board: Switchboard, replica: Replica
) -> None:
    with pytest.raises(Malformed):
        await board.ask("actors", "GET", "/actors", caller=LEADER, query="q=" + "a" * 70_000)
    assert replica.callers == 0
