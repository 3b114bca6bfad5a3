"""Load: many who write and read at once, and an account of every answer they got."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

WRITERS = 6


@dataclass
class Account:
    """What was sent, and what came of it."""

    acknowledged: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


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
            account.acknowledged.append(name)
            return
        if answer.status_code == 503:
            assert answer.json()["status"] == 503
            assert "retry-after" in answer.headers
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
            account.acknowledged.append(name)


@asynccontextmanager
async def writing(api: httpx.AsyncClient, *, patient: bool = True) -> AsyncIterator[Account]:
    """Writers at work while the block lasts; each finishes what it began."""
    account, ended = Account(), asyncio.Event()

    async def writer() -> None:
        while not ended.is_set():
            await (_until_acknowledged if patient else _once)(api, account)

    async with asyncio.TaskGroup() as group:
        for _ in range(WRITERS):
            group.create_task(writer())
        try:
            yield account
        finally:
            ended.set()


async def names_stored(api: httpx.AsyncClient) -> Counter[str]:
    """How often each actor's name is stored."""
    found: Counter[str] = Counter()
    path: str | None = "/api/v1/actors?limit=200"
    while path:
        page: dict[str, Any] = (await api.get(path)).json()
        found.update(actor["name"] for actor in page["items"])
        path = page["next"]
    return found
