"""What can be done with standings."""

from datetime import date
from uuid import UUID

from services.actors.actor.queries import ACTORS
from services.actors.actor.rules import demand_living
from services.actors.contract.actor import GONE, StandingDraft
from services.actors.family import kin_ids, living_of
from services.actors.standing.queries import STANDINGS, lasted_until, next_standing_on, standing_on
from services.kit import clock
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work
from services.kit.keeping import own, replace_thing
from services.kit.store import Record, change_row, get_row, insert_row


async def family_of(work: Work, actor_id: UUID) -> list[UUID]:
    """The actor that an actor lives on in and all that was merged into that one, it first."""
    living = (await living_of(work.db, [actor_id]))[actor_id]
    return [living, *(one for one in await kin_ids(work.db, living) if one != living)]


async def judge_place(work: Work, draft: StandingDraft, actor_id: UUID) -> None:
    """Rejected where the body names another actor than the address, which says whose it is.

    Also for one that leaves: what it carries is told, and marked, where it withdraws.
    """
    await own(work, ACTORS, actor_id)
    demand_living(await get_row(work.db, ACTORS.row, actor_id, lock=True))
    refused = Refusals()
    with refused:
        if draft.actor_id not in (None, actor_id):
            raise Rejected("it stays with its actor", field="actor_id", reason="fixed")
    with refused:
        _demand_staying(draft)
    refused.demand_none()


def _demand_staying(draft: StandingDraft) -> None:
    """Rejected for a standing of one that has left; an earlier such time is told as it was."""
    if draft.status in GONE and not _is_over(draft.valid_to):
        told = "an actor leaves by /withdraw"
        raise Rejected(told, field="status", reason="leave_by_withdrawal")


def _is_over(valid_to: date | None) -> bool:
    return valid_to is not None and valid_to <= clock.today()


async def judge_standing(work: Work, draft: StandingDraft, id: UUID | None = None) -> None:
    """Rejected where the actor leaves by it; what a withdrawal made may be put right."""
    before = await get_row(work.db, STANDINGS.row, id) if id else None
    made_so = before and before["status"] == draft.status and not _is_over(before["valid_to"])
    if not made_so:
        _demand_staying(draft)


async def place_actor(work: Work, actor_id: UUID, draft: StandingDraft) -> Record:
    """Give an actor a level and status from a day on; the standing it had ends that day."""
    await judge_place(work, draft, actor_id)
    return await begin_standing(work, actor_id, draft)


async def begin_standing(work: Work, actor_id: UUID, draft: StandingDraft) -> Record:
    """A standing from a day on, whatever it is; the one before ends that day.

    It lasts until the next one that is settled already. Where it ends before the one around it
    did, that one goes on afterwards.
    """
    around = await standing_on(work.db, actor_id, draft.valid_from)
    if draft.valid_to is None:
        settled = await next_standing_on(work.db, actor_id, draft.valid_from)
        draft = draft.model_copy(update={"valid_to": settled})
    if around is None or around["valid_from"] == draft.valid_from:
        return await insert_row(work.db, STANDINGS.row, draft)
    goes_on = draft.valid_to is not None and (
        around["valid_to"] is None or draft.valid_to < around["valid_to"]
    )
    own = around["actor_id"] == actor_id
    if own or not goes_on:  # what was merged is let be: it counts again when this is over
        await change_row(work.db, STANDINGS.row, around["id"], valid_to=draft.valid_from)
    made = await insert_row(work.db, STANDINGS.row, draft)
    if own and goes_on:
        rest = {name: around[name] for name in StandingDraft.model_fields}
        await insert_row(work.db, STANDINGS.row, rest | {"valid_from": draft.valid_to})
    return made


async def revise_standing(work: Work, id: UUID, draft: StandingDraft, version: int) -> Record:
    """New values; the one that lasted until it lasts until its new day."""
    old = await get_row(work.db, STANDINGS.row, id, lock=True)
    family = await family_of(work, old["actor_id"])
    before = await lasted_until(work.db, old, family)
    day = draft.valid_from
    follows = before is not None and before["valid_from"] < day != old["valid_from"]
    if follows and day < old["valid_from"]:
        await change_row(work.db, STANDINGS.row, before["id"], valid_to=day)
    done = await replace_thing(work, STANDINGS, id, draft, version=version)
    if follows and day > old["valid_from"]:
        await change_row(work.db, STANDINGS.row, before["id"], valid_to=day)
    return done
