"""Kinds: what sort of actors the registry says that some are, and which of them are one."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from services.councils.registry import things_of_actors
from services.kit.errors import Problem
from services.kit.identity import Caller
from services.kit.log import log
from services.kit.switchboard import Switchboard

PATIENCE_SECONDS = 3.0


class Known(NamedTuple):
    """An actor by the id that it lives on with, and its kind."""

    id: UUID
    kind: str


async def actors_known(
    wire: Switchboard | None, asking: Caller, actor_ids: Sequence[UUID]
) -> dict[UUID, Known] | None:
    """Each actor, whichever of its ids is given; None where the registry cannot be asked."""
    if wire is None or not wire.reaches("actors"):
        return None
    if not actor_ids:
        return {}
    asked = asking, "/actors", "id", actor_ids
    try:
        items = await things_of_actors(wire, *asked, patience=PATIENCE_SECONDS)
    except Problem:
        log.error("kinds.registry_silent", service="councils")
        return None
    return {
        UUID(any_): Known(UUID(one["id"]), one["kind"])
        for one in items
        for any_ in (one["id"], *one["merged_ids"])
    }
