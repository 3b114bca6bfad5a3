"""What can be done with actors."""

from uuid import UUID

from pydantic import ValidationError

from services.actors.actor.queries import ACTORS, kept_numbers
from services.actors.actor.rules import NoOrgNumber, demand_living, org_number_of, with_former
from services.actors.contract.actor import ActorDraft, ActorSent
from services.kit.bulk import Drafts
from services.kit.errors import Conflict, FieldError, Refusals, Rejected, field_errors
from services.kit.http import Work
from services.kit.keeping import create_thing, replace_thing
from services.kit.store import Record, get_row


def checked(draft: ActorDraft) -> ActorDraft:
    """The draft with its number as it is written everywhere. Rejected where it is none."""
    try:
        return draft.model_copy(update={"org_number": org_number_of(draft.org_number)})
    except NoOrgNumber as wrong:
        raise Rejected(str(wrong), field="org_number", reason=wrong.code) from None


def facts_of(draft: ActorDraft) -> ActorDraft:
    """What of a draft is stored, its number as it is written everywhere. Rejected."""
    facts = {name: getattr(draft, name) for name in ActorDraft.model_fields}
    return checked(ActorDraft.model_construct(**facts))


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


async def register_actor(work: Work, draft: ActorSent) -> Record:
    """Make an actor. Rejected for a wrong number, Conflict for one that is taken."""
    return await create_thing(work, ACTORS, facts_of(draft))


async def revise_actor(work: Work, id: UUID, draft: ActorSent, version: int) -> Record:
    """Give an actor all new values, and keep its former name among the others where that is asked.

    Rejected where those become too long.
    """
    facts = facts_of(draft)
    former = (await get_row(work.db, ACTORS.row, id, lock=True))["name"]
    if draft.keep_former_name and former != draft.name:
        names = with_former(draft.other_names, former, draft.name)
        try:
            facts = ActorDraft.model_validate(facts.model_dump() | {"other_names": names})
        except ValidationError as failure:
            raise Rejected(errors=field_errors(failure.errors(include_url=False))) from None
    return await replace_thing(work, ACTORS, id, facts, version=version)
