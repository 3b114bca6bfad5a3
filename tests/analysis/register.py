"""A register on this machine: it answers as it is told to, also badly, and remembers the asking."""

import asyncio
import dataclasses
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

from services.analysis.connector.actions import Errand, claim, fetch_claimed
from services.analysis.connector.keeper import SPEAKER
from services.analysis.connector.rules import Broken
from services.analysis.connector.wire import Limits
from services.analysis.snapshot.actions import Said
from services.analysis.source.queries import source_called
from tests.callers import Signed

QUICK = Limits(
    bytes_an_answer=2_000_000, seconds_a_call=0.7, tries=3, first_wait=0.01, longest_wait=2.0
)
Fact = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What it was asked."""

    method: str
    path: str
    query: dict[str, list[str]]
    body: Any


@dataclass(frozen=True)
class Answer:
    """What it answers. `cut`: so many bytes of the body, and then nothing more."""

    body: Any = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    cut: int | None = None
    pause: float = 0.0
    endless: bool = False

    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else orjson.dumps(self.body)


Said_ = Answer | Callable[[Question], Answer]


@dataclass
class Register:
    """Answers by path, one after the other; the last one is given again."""

    url: str = ""
    asked: list[Question] = field(default_factory=list)
    said: dict[str, list[Said_]] = field(default_factory=lambda: defaultdict(list))

    def at(self, path: str, *answers: Any) -> "Register":
        self.said[path] = [
            one if isinstance(one, Answer) or callable(one) else Answer(one) for one in answers
        ]
        return self

    def asked_at(self, path: str) -> list[Question]:
        return [one for one in self.asked if one.path == path]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            while await self._one(reader, writer):
                pass
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, target, _ = head.split("\r\n", 1)[0].split(" ")
        length = next((int(line.split(":")[1]) for line in head.lower().split("\r\n")
                       if line.startswith("content-length:")), 0)  # fmt: skip
        body = await reader.readexactly(length) if length else b""
        place, query = urlsplit(target), defaultdict(list)
        for name, value in parse_qsl(place.query, keep_blank_values=True):
            query[name].append(value)
        asked = Question(method, place.path, dict(query), orjson.loads(body) if body else None)
        self.asked.append(asked)
        return await self._answer(writer, self._next(asked))

    def _next(self, asked: Question) -> Answer:
        several = self.said.get(asked.path) or [Answer({"title": "Not found"}, 404)]
        said = several.pop(0) if len(several) > 1 else several[0]
        return said if isinstance(said, Answer) else said(asked)

    async def _answer(self, writer: asyncio.StreamWriter, answer: Answer) -> bool:
        content = answer.content()
        named = {"content-type": "application/json", "content-length": str(len(content))}
        if answer.endless:
            del named["content-length"]
        named |= dict(answer.headers)
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        writer.write(f"HTTP/1.1 {answer.status} Said\r\n{lines}\r\n".encode())
        while answer.endless:
            writer.write(content)
            await writer.drain()
            await asyncio.sleep(answer.pause)
        if answer.pause:
            await writer.drain()
            await asyncio.sleep(answer.pause)
        writer.write(content if answer.cut is None else content[: answer.cut])
        await writer.drain()
        return answer.cut is None


@asynccontextmanager
async def register_running() -> AsyncIterator[Register]:
    """One on a port of its own."""
    register = Register()
    server = await asyncio.start_server(register.serve, "127.0.0.1", 0)
    register.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield register
    finally:
        server.close()


def errand_of(analysis: Signed, **more: Any) -> Errand:
    """An errand that may go to this machine, and does not wait for long."""
    keeper = analysis.app.state.keeper
    return dataclasses.replace(keeper.errand, **({"loopback": True, "limits": QUICK} | more))


def source_draft(kind: str, url: str | None, **more: Any) -> Fact:
    """A source that says where it is fetched."""
    return {
        "key": "provet", "name": "Exempelregistret", "kind": kind,
        "publisher": "Exempelmyndigheten",
        "address": url, "licence": "CC0 1.0", "area_level": "municipality",
        "update_rhythm": "yearly",
    } | more  # fmt: skip


async def fetch_again(analysis: Signed, key: str = "provet", **more: Any) -> Said | Broken:
    """Fetched as the keeper does."""
    errand = errand_of(analysis, **more)
    async with errand.database.reading() as db:
        source = await source_called(db, key)
    assert source is not None
    ours = await claim(errand.database, SPEAKER, source)
    assert ours is not None
    return await fetch_claimed(errand, SPEAKER, ours)


async def fetched(
    analysis: Signed, register: Register, kind: str, **more: Any
) -> tuple[Said | Broken, Fact]:
    """A source described and fetched, and what it says of itself then."""
    await analysis.made("/sources", source_draft(kind, register.url, **more))
    said = await fetch_again(analysis)
    return said, await source_now(analysis)


async def source_now(analysis: Signed) -> Fact:
    """The source as it is told."""
    found: Fact = (await analysis.get("/sources?key=provet")).json()["items"][0]
    return found


async def rows_now(analysis: Signed) -> list[Fact]:
    """The rows of what the source says now."""
    source = await source_now(analysis)
    told = await analysis.get(f"/snapshots/{source['latest_snapshot_id']}/rows?limit=200")
    assert told.status_code == 200, told.text
    found: list[Fact] = told.json()["items"]
    return found
