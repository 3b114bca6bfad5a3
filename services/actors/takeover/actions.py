"""What can be done with takeovers."""

from uuid import UUID

from services.actors.checks import demand_past
from services.actors.contract.takeover import TakeoverDone, TakeoverDraft
from services.actors.family import living_of
from services.actors.rights import TAKERS
from services.actors.tables import PostRow
from services.actors.takeover import rules
from services.actors.takeover.queries import TAKEOVERS, is_leaving, is_missing
from services.kit.collection import get_thing
from services.kit.elsewhere import demand_kept
from services.kit.errors import Refusals, Rejected, Unavailable
from services.kit.http import Work
from services.kit.references import referred, stored
from services.kit.store import Record, change_row, get_row


async def judge(work: Work, draft: TakeoverDraft, id: UUID | None = None) -> None:
    """All that forbids to write down who takes care of something."""
    refused, silence = Refusals(), None
    try:
        with refused:
            await _demand_there(work, draft, id)
    except Unavailable as silent:
        silence = silent
    with refused:
        await _demand_other(work, draft, id)
    with refused:
        demand_past(draft, "taken_on", "done_on")
    if id is not None and draft.thing_id is not None:
        before = await get_row(work.db, TAKEOVERS.row, id)
        with refused:
            if before["thing_id"] != draft.thing_id:
                raise Rejected("it stays with its thing", field="thing_id", reason="fixed")
    refused.demand_none()
    if silence:
        raise silence


async def _demand_there(work: Work, draft: TakeoverDraft, id: UUID | None) -> None:
    """Nobody takes care of what there is not; a thing that went since may have been taken."""
    if id is not None or None in (draft.noun, draft.thing_id):
        return
    thing, metadata = draft.thing_id, TAKEOVERS.table.metadata
    await demand_kept(work, metadata, "thing_id", draft.noun.value, thing)
    if await is_missing(work.db, draft.noun, thing):
        told = f"there is no {draft.noun} {thing}"
        raise Rejected(told, field="thing_id", reason="unknown_reference")


async def _demand_other(work: Work, draft: TakeoverDraft, id: UUID | None) -> None:
    """Who leaves takes nothing of what it leaves; when it is back it does."""
    field, leaver = "owner_post_id", draft.left_actor_id
    before = await stored(work.db, TAKEOVERS.table, id)
    if leaver is None or before.get(field) == draft.owner_post_id:
        return
    post = await referred(work.db, PostRow, draft.owner_post_id, field=field)
    if post is None or not await is_leaving(work.db, leaver):
        return
    living = await living_of(work.db, [post["actor_id"], leaver])
    if living[post["actor_id"]] == living[leaver]:
        raise Rejected("this post is left itself", field=field, reason="left_too")


async def judge_done(work: Work, done: TakeoverDone, id: UUID) -> None:
    """All that forbids to say that it is done; a member says so of what a post of theirs took."""
    await get_thing(work.db, TAKEOVERS, id, work.caller)
    taken = await get_row(work.db, TAKEOVERS.row, id, lock=True)
    if work.caller.kind == "user" and not TAKERS(work.caller):
        rules.demand_owner(taken, work.caller.post_ids)
    refused = Refusals()
    with refused:
        rules.demand_open(taken)
    with refused:
        demand_past(done, "done_on")
    with refused:
        rules.demand_after(taken, done.done_on)
    refused.demand_none()


async def complete(work: Work, id: UUID, done: TakeoverDone, version: int | None) -> Record:
    """It has an owner again, or needs none."""
    await judge_done(work, done, id)
    return await change_row(work.db, TAKEOVERS.row, id, version=version, done_on=done.done_on)
