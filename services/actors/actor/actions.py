"""What can be done with actors."""

from uuid import UUID

from services.actors.actor.queries import ACTORS, STANDINGS
from services.actors.actor.rules import NoOrgNumber, demand_living, org_number_of
from services.actors.contract.actor import ActorDraft, StandingDraft
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work
from services.kit.keeping import create_thing, own, replace_thing
from services.kit.store import Record, change_row, get_row, insert_row


def checked(draft: ActorDraft) -> ActorDraft:
    """The draft with its number as it is written everywhere. Rejected where it is none."""
    try:
        return draft.model_copy(update={"org_number": org_number_of(draft.org_number)})
    except NoOrgNumber as wrong:
        raise Rejected(str(wrong), field="org_number", reason=wrong.code) from None


async def judge(work: Work, draft: ActorDraft, id: UUID | None = None) -> None:
    """Rejected where the number of the organisation is none; Conflict for a merged actor."""
    refused = Refusals()
    with refused:
        checked(draft)
    with refused:
        if id is not None:
            demand_living(await get_row(work.db, ACTORS.row, id))
    refused.demand_none()


async def register_actor(work: Work, draft: ActorDraft) -> Record:
    """Make an actor. Rejected for a wrong number, Conflict for one that is taken."""
    return await create_thing(work, ACTORS, checked(draft))


async def revise_actor(work: Work, id: UUID, draft: ActorDraft, version: int) -> Record:
    """Give an actor all new values."""
    return await replace_thing(work, ACTORS, id, checked(draft), version=version)


async def judge_place(work: Work, draft: StandingDraft, actor_id: UUID) -> None:
    """Rejected where the body names another actor than the address, which says whose it is."""
    await own(work, ACTORS, actor_id)
    demand_living(await get_row(work.db, ACTORS.row, actor_id, lock=True))
    if draft.actor_id not in (None, actor_id):
        raise Rejected("it stays with its actor", field="actor_id", reason="fixed")


async def place_actor(work: Work, actor_id: UUID, draft: StandingDraft) -> Record:
    """Give an actor a level and status from a day on; the standing it had ends that day."""
    await judge_place(work, draft, actor_id)
    standing = STANDINGS.table
    last = standing.select().where(
        standing.c.actor_id == actor_id,
        standing.c.valid_to.is_(None),
        standing.c.valid_from < draft.valid_from,
    )
    for row in (await work.db.execute(last)).mappings().all():
        await change_row(work.db, STANDINGS.row, row["id"], valid_to=draft.valid_from)
    return await insert_row(work.db, STANDINGS.row, draft)
