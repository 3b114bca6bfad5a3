"""The registry: what the actors service says of many actors, asked in one call by the program."""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from services.kit.errors import from_body
from services.kit.http import Record, encode
from services.kit.identity import Caller
from services.kit.switchboard import Switchboard

# As many ids as an address of a batch holds, and a page of a list.
EACH, LIMIT = 40, 200
# Of those that are called so, and readings of one batch.
FEW, TOGETHER = 20, 24


async def things_of_actors(
    wire: Switchboard,
    asking: Caller,
    path: str,
    called: str,
    actor_ids: Sequence[UUID],
    *,
    patience: float,
    **more: Any,
) -> list[Record]:
    """What a list holds for some actors, where it has one thing of each. Any Problem."""
    parts = [actor_ids[start : start + EACH] for start in range(0, len(actor_ids), EACH)]
    told = [*more.items(), ("limit", LIMIT)]
    paths = [f"{path}?{urlencode([*((called, one) for one in part), *told])}" for part in parts]
    return await _batch(wire, asking, paths, patience)


async def found_by_actors(
    wire: Switchboard, asking: Caller, path: str, words: Sequence[str], *, patience: float
) -> list[Record]:
    """What a list finds by each of some words, the first few of each. Any Problem."""
    paths = [f"{path}?{urlencode({'q': word, 'limit': FEW})}" for word in words]
    parts = [paths[start : start + TOGETHER] for start in range(0, len(paths), TOGETHER)]
    found = await asyncio.gather(*(_batch(wire, asking, part, patience) for part in parts))
    return [one for part in found for one in part]


async def _batch(
    wire: Switchboard, asking: Caller, paths: list[str], patience: float
) -> list[Record]:
    reply = await wire.ask(
        "actors",
        "POST",
        "/batch",
        caller=Caller("service", "svc:councils", request_id=asking.request_id),
        content=encode({"get": paths}),
        # Nothing is changed: it may be asked again.
        headers={"Content-Type": "application/json", "Idempotency-Key": uuid4().hex},
        patience=patience,
    )
    return [one for part in reply.json() for one in _items(part)]


def _items(part: Record) -> list[Record]:
    if part["status"] >= 400:  # noqa: PLR2004
        raise from_body(part["status"], part["body"])
    items: list[Record] = part["body"]["items"]
    return items
