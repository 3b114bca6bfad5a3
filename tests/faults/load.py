"""Load: many who write and read at once, and an account of every answer they got."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import uuid4

import httpx

from tests.faults.programs import Programs

# Who pauses between two writes leaves the machine room to start what was killed.
WRITERS, PAUSE, ENOUGH = 6, 0.2, 10


@dataclass
class Account:
    """What was sent, and what came of it."""

    acknowledged: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)

    def took(self, name: str) -> None:
        """A write was acknowledged."""
        self.acknowledged.append(name)
        self.moments.append(time.monotonic())

    @property
    def pause(self) -> float:
        """The longest that nobody's write was acknowledged, in seconds."""
        return max(after - before for before, after in pairwise(self.moments))

    def __str__(self) -> str:
        asked = f"{self.answers.total()} answers, {len(self.acknowledged)} writes acknowledged"
        refused = f"{self.answers[503]} × 503, {len(self.failed)} failed"
        return f"{asked}, {refused}, longest pause {self.pause:.1f} s"


async def _until_acknowledged(api: httpx.AsyncClient, account: Account) -> None:
    """One actor of a name of its own, asked for with one key until it is acknowledged."""
    name = f"Exempelföretag {uuid4().hex}"
    key = {"Idempotency-Key": uuid4().hex}
    for _ in range(200):
        try:
            answer = await api.post(
                "/api/v1/actors", json={"name": name, "kind": "company"}, headers=key
            )
        except httpx.TransportError:
            await asyncio.sleep(0.1)
            continue
        account.answers[answer.status_code] += 1
        if answer.status_code == 201:
            account.took(name)
            return
        if answer.status_code == 503:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == 503
            assert int(answer.headers["retry-after"]) > 0
        await asyncio.sleep(0.1)
    account.failed.append(name)


async def _once(api: httpx.AsyncClient, account: Account) -> None:
    """A writing and a reading, each asked for once: neither may fail."""
    name = f"Exempelföretag {uuid4().hex}"
    key = {"Idempotency-Key": uuid4().hex}
    body = {"name": name, "kind": "company"}
    for method, path, more in (
        ("POST", "/api/v1/actors", {"json": body, "headers": key}),
        ("GET", "/api/v1/actors?limit=5", {}),
    ):
        try:
            answer = await api.request(method, path, **more)  # type: ignore[arg-type]
        except httpx.TransportError as failure:
            account.failed.append(f"{method} {type(failure).__name__}")
            continue
        account.answers[answer.status_code] += 1
        if not answer.is_success:
            account.failed.append(f"{method} {answer.status_code} {answer.text[:200]}")
        elif method == "POST":
            account.took(name)


@asynccontextmanager
async def writing(api: httpx.AsyncClient, *, patient: bool = True) -> AsyncIterator[Account]:
    """Writers at work while the block lasts; each finishes what it began."""
    account, ended = Account(), asyncio.Event()

    async def writer() -> None:
        while not ended.is_set():
            await (_until_acknowledged if patient else _once)(api, account)
            await asyncio.sleep(PAUSE)

    async with asyncio.TaskGroup() as group:
        for _ in range(WRITERS):
            group.create_task(writer())
        try:
            yield account
        finally:
            ended.set()


async def all_well(split: Programs, api: httpx.AsyncClient, account: Account) -> None:
    """Everything acknowledged is stored once, nothing twice; ledger and feed are whole."""
    assert account.failed == []
    assert len(account.acknowledged) > ENOUGH, account.answers
    stored = await names_stored(api)
    assert [name for name in account.acknowledged if stored[name] != 1] == []
    assert [name for name, times in stored.items() if times > 1] == []
    ledger = "SELECT count(*) - max(seq), (SELECT count(*) FROM ledger_bad()) FROM ledger"
    assert await asyncio.to_thread(split.server.ask, "kompetensnav_actors", ledger) == "0|0"
    changes = [change async for change in _changes(api)]
    assert len(changes) == len(set(changes)) == stored.total()


async def _changes(api: httpx.AsyncClient) -> AsyncIterator[str]:
    """The ids of every change of an actor, as others may follow them."""
    query = {"limit": "500", "noun": "actor"}
    while True:
        page = (await api.get("/api/v1/changes", params=query)).json()
        for one in page["items"]:
            yield one["id"]
        if not page["items"]:
            return
        query["after"] = page["after"]


async def names_stored(api: httpx.AsyncClient) -> Counter[str]:
    """How often each actor's name is stored."""
    found: Counter[str] = Counter()
    path: str | None = "/api/v1/actors?limit=200"
    while path:
        page: dict[str, Any] = (await api.get(path)).json()
        found.update(actor["name"] for actor in page["items"])
        path = page["next"]
    return found
