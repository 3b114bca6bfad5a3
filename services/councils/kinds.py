"""Kinds: what sort of actors the registry says that some are."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from services.kit.errors import Problem
from services.kit.http import encode
from services.kit.identity import Caller
from services.kit.log import log
from services.kit.switchboard import Switchboard

PATIENCE_SECONDS = 3.0
# As many ids as an address holds; a batch holds so many addresses.
EACH, MOST = 40, 24


async def kinds_of(
    wire: Switchboard | None, asking: Caller, actor_ids: Sequence[UUID]
) -> dict[UUID, str] | None:
    """Each actor's kind, whichever of its ids is given; None where the registry cannot be asked."""
    if wire is None or not wire.reaches("actors"):
        return None
    if not actor_ids:
        return {}
    parts = [actor_ids[start : start + EACH] for start in range(0, len(actor_ids), EACH)]
    paths = [f"/actors?{urlencode([('id', one) for one in p] + [('limit', EACH)])}" for p in parts]
    caller = Caller("service", "svc:councils", request_id=asking.request_id)
    try:
        reply = await wire.ask(
            "actors",
            "POST",
            "/batch",
            caller=caller,
            content=encode({"get": paths[:MOST]}),
            headers={"Content-Type": "application/json"},
            patience=PATIENCE_SECONDS,
        )
        items = [one for part in reply.json() for one in part["body"]["items"]]
    except (Problem, KeyError):
        log.error("kinds.registry_silent", service="councils")
        return None
    return {UUID(any_): one["kind"] for one in items for any_ in (one["id"], *one["merged_ids"])}
