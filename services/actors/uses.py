"""Uses: what councils name, asked before anything is removed; docs/decisions/0014."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from services.kit.collection import Collection
from services.kit.errors import Conflict, Problem, Unavailable
from services.kit.http import Work
from services.kit.identity import Caller
from services.kit.keeping import own, remove_thing
from services.kit.log import log
from services.kit.store import get_row

# What is to be removed is locked meanwhile.
PATIENCE_SECONDS = 4.0


async def used_by_councils(work: Work, noun: str, ids: Iterable[UUID] = ()) -> dict[UUID, set[str]]:
    """What names each thing there, of all or of some; nothing where there are no councils to ask.

    Asked by the program, for whoever removes may see less. Unavailable where nobody answers: what
    is removed unasked may be what a council stands on.
    """
    if work.wire is None or not work.wire.reaches("councils"):
        return {}
    query = urlencode([("noun", noun), *(("id", str(one)) for one in ids)])
    caller = Caller("service", "svc:actors", request_id=work.caller.request_id)
    try:
        reply = await work.wire.ask(
            "councils", "GET", "/uses", caller=caller, query=query, patience=PATIENCE_SECONDS
        )
        items = reply.json()["items"]
    except Problem:
        log.error("uses.councils_silent", service="actors")
        raise Unavailable(
            "councils do not say whether they use it", field="id", reason="councils_silent"
        ) from None
    found: dict[UUID, set[str]] = defaultdict(set)
    for one in items:
        found[UUID(one["id"])].add(one["noun"])
    return found


async def remove_unused(work: Work, id: UUID, version: int, things: Collection) -> None:
    """Delete a thing that nothing refers to, here or in councils."""
    await own(work, things, id)
    await get_row(work.db, things.row, id, lock=True)
    if by := (await used_by_councils(work, things.noun, [id])).get(id):
        told = f"councils refer to this: {', '.join(sorted(by))}"
        raise Conflict(told, field="id", reason="in_use")
    await remove_thing(work, things, id, version=version)
