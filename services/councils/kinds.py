"""Kinds: what sort of actors the registry says that some are."""

from collections.abc import Sequence
from uuid import UUID

from services.councils.registry import things_of_actors
from services.kit.errors import Problem
from services.kit.identity import Caller
from services.kit.log import log
from services.kit.switchboard import Switchboard

PATIENCE_SECONDS = 3.0


async def kinds_of(
    wire: Switchboard | None, asking: Caller, actor_ids: Sequence[UUID]
) -> dict[UUID, str] | None:
    """Each actor's kind, whichever of its ids is given; None where the registry cannot be asked."""
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
    return {UUID(any_): one["kind"] for one in items for any_ in (one["id"], *one["merged_ids"])}
