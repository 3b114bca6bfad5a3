"""What can be done with outcomes: what initiatives led to, and for which needs."""

from uuid import UUID

from services.councils.contract.initiative import OutcomeDraft
from services.councils.initiative import rules
from services.councils.initiative.actions import demand_past, kept_links, needs_known
from services.councils.initiative.queries import OUTCOMES, count_outcomes
from services.councils.tables.initiative import InitiativeRow, OutcomeRow
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import create_thing, own, remove_thing, replace_thing
from services.kit.references import referred
from services.kit.store import Record, get_row


async def judge_outcome(work: Work, draft: OutcomeDraft, id: UUID | None = None) -> None:
    """All that forbids to say what an initiative changed."""
    refused, before = Refusals(), Record()
    if id is not None:
        before = await get_row(work.db, OutcomeRow, id, lock=True)
        with refused:
            if draft.initiative_id not in (None, before["initiative_id"]):
                await _demand_left(work, before, field="initiative_id")
    with refused:
        demand_past("happened_on", draft.happened_on)
    with refused:
        await _come_of_it(work, draft, before)
    with refused:
        await needs_known(work, draft.need_ids, before)
    refused.demand_none()


async def _come_of_it(work: Work, draft: OutcomeDraft, before: Record) -> None:
    """It can have come of the initiative, on that day; what stands already is not asked again."""
    of, day = draft.initiative_id, draft.happened_on
    initiative = await referred(work.db, InitiativeRow, of, field="initiative_id")
    if before and (of, day) == (before["initiative_id"], before["happened_on"]):
        return
    refused = Refusals()
    with refused:
        rules.demand_ran(initiative)
    with refused:
        rules.demand_begun(initiative, day)
    refused.demand_none()


async def _demand_left(work: Work, outcome: Record, *, field: str) -> None:
    initiative = await get_row(work.db, InitiativeRow, outcome["initiative_id"], lock=True)
    left = await count_outcomes(work.db, initiative["id"]) - 1
    rules.demand_result_left(initiative, left=left, field=field)


async def remove_outcome(work: Work, id: UUID, version: int) -> None:
    """Delete an outcome; the only one that an initiative is done by stays."""
    await own(work, OUTCOMES, id)
    await _demand_left(work, await get_row(work.db, OutcomeRow, id), field="id")
    await remove_thing(work, OUTCOMES, id, version=version)


async def note_outcome(work: Work, draft: OutcomeDraft) -> Record:
    """Write down what an initiative changed."""
    return await create_thing(work, OUTCOMES, await _of_its_needs(work, draft))


async def _of_its_needs(work: Work, draft: OutcomeDraft) -> OutcomeDraft:
    """Where nothing was said of needs, it is for those that its initiative answers."""
    if "need_ids" in draft.model_fields_set:
        return draft
    initiative = await get_row(work.db, InitiativeRow, draft.initiative_id)
    return draft.model_copy(update={"need_ids": initiative["need_ids"]})


async def revise_outcome(work: Work, id: UUID, draft: OutcomeDraft, version: int) -> Record:
    """Give an outcome all new values."""
    kept = await kept_links(work, OUTCOMES, id, await _of_its_needs(work, draft))
    return await replace_thing(work, OUTCOMES, id, kept, version=version)
