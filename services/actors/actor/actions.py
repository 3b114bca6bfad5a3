"""What can be done with actors."""

from datetime import date
from uuid import UUID

from services.actors.actor.queries import ACTORS, STANDINGS, kept_numbers
from services.actors.actor.rules import NoOrgNumber, demand_living, org_number_of
from services.actors.contract.actor import GONE, ActorDraft, StandingDraft
from services.kit import clock
from services.kit.bulk import Drafts
from services.kit.errors import Conflict, FieldError, Refusals, Rejected
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
    """Rejected where the number of the organisation is none; Conflict for a merged actor, and for
    a number that a merged one keeps.
    """
    refused = Refusals()
    with refused:
        await _demand_free(work, checked(draft), id)
    with refused:
        if id is not None:
            demand_living(await get_row(work.db, ACTORS.row, id))
    refused.demand_none()


async def _demand_free(work: Work, draft: ActorDraft, id: UUID | None) -> None:
    """The one it lives on in may have the number too."""
    for living in (await kept_numbers(work.db, [draft.org_number])).values():
        if living != id:
            told = f"actor {living} has it, by one that was merged into it"
            raise Conflict(told, field="org_number", reason="taken")


async def weigh_numbers(work: Work, drafts: Drafts) -> list[tuple[int, FieldError]]:
    """The rows with a number that a merged actor keeps."""
    kept = await kept_numbers(work.db, [draft.org_number for draft in drafts.values()])
    told = FieldError("org_number", "taken", "org_number is taken by one that was merged")
    return [(number, told) for number, draft in drafts.items() if draft.org_number in kept]


async def register_actor(work: Work, draft: ActorDraft) -> Record:
    """Make an actor. Rejected for a wrong number, Conflict for one that is taken."""
    return await create_thing(work, ACTORS, checked(draft))


async def revise_actor(work: Work, id: UUID, draft: ActorDraft, version: int) -> Record:
    """Give an actor all new values."""
    return await replace_thing(work, ACTORS, id, checked(draft), version=version)


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
    """A standing from a day on, whatever it is; the one before ends that day."""
    standing = STANDINGS.table
    last = standing.select().where(
        standing.c.actor_id == actor_id,
        standing.c.valid_to.is_(None),
        standing.c.valid_from < draft.valid_from,
    )
    for row in (await work.db.execute(last)).mappings().all():
        await change_row(work.db, STANDINGS.row, row["id"], valid_to=draft.valid_from)
    return await insert_row(work.db, STANDINGS.row, draft)
