"""Live updates: server-sent events whose unnamed messages htmx puts into the page."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

from fastapi.responses import StreamingResponse

KEEP_ALIVE_SECONDS = 15.0
WAITING_MOST = 20
HEADERS = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}


def stream(fragments: AsyncGenerator[str, None]) -> StreamingResponse:
    """Fragments of HTML as they come, with a comment now and then so that no proxy hangs up.

    A fragment has no hx- attributes: its nonce would be of another answer than the page's.
    """
    return StreamingResponse(_lines(fragments), media_type="text/event-stream", headers=HEADERS)


async def _lines(fragments: AsyncGenerator[str, None]) -> AsyncIterator[str]:
    """A task of its own asks for the fragments, so that it alone ends them when we are left."""
    made: asyncio.Queue[str | None] = asyncio.Queue(WAITING_MOST)
    asking = asyncio.create_task(_ask(fragments, made))
    try:
        while True:
            try:
                fragment = await asyncio.wait_for(made.get(), KEEP_ALIVE_SECONDS)
            except TimeoutError:
                if asking.done():
                    asking.result()
                    return
                yield ":\n\n"
                continue
            if fragment is None:
                return
            yield _message(fragment)
    finally:
        asking.cancel()


async def _ask(fragments: AsyncGenerator[str, None], made: asyncio.Queue[str | None]) -> None:
    try:
        async for fragment in fragments:
            await made.put(fragment)
        await made.put(None)
    finally:
        await fragments.aclose()


def _message(fragment: str) -> str:
    """One unnamed message: htmx swaps these, and turns named ones into events of the DOM."""
    return "".join(f"data: {line}\n" for line in fragment.splitlines() or [""]) + "\n"
