"""What a merge does, and its undo. Nothing that hangs on the merged actor is moved."""

from typing import Any
from uuid import UUID

from services.actors.actor.queries import ACTORS
from services.actors.contract.actor import ActorMerge
from services.actors.merge import rules
from services.actors.merge.queries import came_with, locked, merged_into, way_of
from services.actors.standing.queries import STANDINGS, ended_by_others
from services.kit.errors import Conflict, NotFound, Rejected
from services.kit.http import Work
from services.kit.keeping import own
from services.kit.store import Record, change_row


async def merge(work: Work, id: UUID, asked: ActorMerge, version: int | None) -> Record:
    """The actor lives on in another one, which inherits what it lacks. Answers the living one.

    Rejected for an actor that is unknown, merged itself, or the same one.
    """
    await own(work, ACTORS, id)
    found = await locked(work.db, (id, asked.into_id))
    actor = _living(found.get(id), id)
    living = await _chosen(work, found, asked.into_id, but=id)
    given = rules.inherited(living, actor)
    for one in await merged_into(work.db, id):
        await change_row(work.db, ACTORS.row, one, merged_into_id=living["id"])
    into: Any = living["id"]
    names = rules.names_with(living, actor)
    told = {"merged_into_id": into, "merged_first_id": into, "given_fields": list(given)}
    told["given_names"] = rules.names_given(living, names)
    await change_row(work.db, ACTORS.row, id, version=version, **told)
    return await change_row(work.db, ACTORS.row, into, other_names=names, **given)


def _living(actor: Record | None, id: UUID) -> Record:
    if actor is None:
        raise NotFound(f"there is no actor {id}")
    if actor["merged_into_id"] is not None:
        raise Conflict("it is merged already", field="id", reason="merged")
    return actor


async def _chosen(work: Work, found: dict[UUID, Record], id: UUID, *, but: UUID) -> Record:
    try:
        await own(work, ACTORS, id)
        actor = _living(found.get(id), id)
    except (NotFound, Conflict) as wrong:
        reason = "merged" if isinstance(wrong, Conflict) else "unknown_reference"
        raise Rejected(wrong.detail, field="into_id", reason=reason) from None
    if id == but:
        raise Rejected("an actor cannot become itself", field="into_id", reason="circle")
    return actor


async def part(work: Work, id: UUID, version: int | None) -> Record:
    """Undo a merge: what was given goes back, and what came with the actor follows it.

    Answers the actor. Conflict unless it is merged, or where its number is taken by now.
    """
    await own(work, ACTORS, id)
    found = await locked(work.db, [id])
    if id not in found:
        raise NotFound(f"there is no actor {id}")
    actor = found[id]
    if actor["merged_into_id"] is None:
        raise Conflict("it is not merged", field="id", reason="not_merged")
    gift = rules.Gift.of(actor)
    for owner in await way_of(work.db, actor):
        await change_row(work.db, ACTORS.row, owner["id"], **gift.back(owner))
    came = await came_with(work.db, id)
    for one in came:
        await change_row(work.db, ACTORS.row, one, merged_into_id=id)
    for one in await ended_by_others(work.db, [id, *came]):
        await change_row(work.db, STANDINGS.row, one, valid_to=None)
    told: Any = {"merged_into_id": None, "merged_first_id": None, "given_fields": []}
    told["given_names"] = None
    return await change_row(work.db, ACTORS.row, id, version=version, **told)
