"""People: who holds the posts that sit, as the registry says it, for those who may read that."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from services.councils.registry import things_of_actors
from services.councils.rights import RIGHTS
from services.kit import clock
from services.kit.errors import Problem, Unavailable
from services.kit.http import Call
from services.kit.log import log
from services.kit.rights import permits
from services.kit.store import Record

PATIENCE_SECONDS = 4.0


def reads_people(call: Call) -> bool:
    """Whoever may read whom the association writes to may read who sits."""
    return permits(RIGHTS, call.caller, "invitation", "read")


async def told_of(call: Call, path: str, ids: Iterable[UUID]) -> list[Record]:
    """What the registry says of some things; nothing where no registry is. Unavailable."""
    wire, asked = call.request.app.state.wire, [*dict.fromkeys(ids)]
    if not asked or wire is None or not wire.reaches("actors"):
        return []
    more: dict[str, Any] = {} if path == "/people" else {"as_of": clock.today().isoformat()}
    try:
        return await things_of_actors(
            wire, call.caller, path, "id", asked, patience=PATIENCE_SECONDS, **more
        )
    except Problem:
        log.error("oparl.registry_silent", service="councils")
        raise Unavailable("the registry does not answer", reason="keeper_silent") from None


async def holders(call: Call, post_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Who covers each post today, or else holds it; nobody for who may not read people."""
    if not reads_people(call):
        return {}
    posts = await told_of(call, "/posts", post_ids)
    told = {one["id"]: one["substitute_person_id"] or one["holder_person_id"] for one in posts}
    return {UUID(post): person for post, person in told.items() if person}
