"""Live updates: messages as they come, a sign of life between them, and an end that is clean."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from gateway import events


async def read(response: Any, amount: int) -> list[str]:
    """So many pieces of a stream, which is then left."""
    found = []
    async for piece in response.body_iterator:
        found.append(piece)
        if len(found) == amount:
            break
    await response.body_iterator.aclose()
    return found


async def test_each_line_of_a_fragment_is_data_and_the_stream_may_end() -> None:
    async def fragments() -> AsyncGenerator[str, None]:
        yield "<p>ett\ntvå</p>"

    response = events.stream(fragments())
    assert [piece async for piece in response.body_iterator] == ["data: <p>ett\ndata: två</p>\n\n"]
    assert response.headers["x-accel-buffering"] == "no"


async def test_silence_is_broken_and_leaving_ends_the_source(monkeypatch: Any) -> None:
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.01)
    ended = asyncio.Event()

    async def fragments() -> AsyncGenerator[str, None]:
        try:
            yield "1"
            await asyncio.Event().wait()
        finally:
            ended.set()

    assert await read(events.stream(fragments()), 3) == ["data: 1\n\n", ":\n\n", ":\n\n"]
    await asyncio.wait_for(ended.wait(), 1)


async def test_a_source_that_fails_ends_the_stream_without_hanging(monkeypatch: Any) -> None:
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.01)

    async def fragments() -> AsyncGenerator[str, None]:
        yield "1"
        raise LookupError

    with pytest.raises(LookupError):
        await read(events.stream(fragments()), 50)
