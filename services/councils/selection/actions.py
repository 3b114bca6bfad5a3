"""What can be done with selections and what was said in them."""

from uuid import UUID

from services.councils.contract.selection import SelectionDraft, SwotEntryDraft
from services.councils.council.actions import demand_its_time, open_council
from services.councils.decision.rules import demand_council, demand_past
from services.councils.meeting.rules import demand_same
from services.councils.order import demand_order
from services.councils.selection import rules
from services.councils.selection.queries import (
    SELECTIONS,
    SWOT_ENTRIES,
    has_copies,
    spoken_of,
)
from services.councils.tables.council import CouncilRow
from services.councils.tables.meeting import DecisionRow
from services.councils.tables.selection import SelectionRow, SwotEntryRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import remove_thing, replace_thing
from services.kit.references import referred
from services.kit.store import Record, get_row


async def judge(work: Work, draft: SelectionDraft, id: UUID | None = None) -> None:
    """All that forbids a selection, or these values for one, told at once."""
    refused, before = Refusals(), Record()
    if id is None:
        with refused:
            if draft.council_id is not None:
                rules.demand_chooser(await open_council(work, draft.council_id))
    else:
        before = await _judge_kept(work, draft, id, refused)
    with refused:
        rules.demand_nothing_to_explain(before, draft)
    with refused:
        await demand_order(work, "selection", draft, before)
    with refused:
        demand_past(draft.decided_on, clock.today(), field="decided_on")
    with refused:
        if draft.decision_text is not None:
            demand_past(draft.held_on, clock.today(), field="held_on")
    with refused:
        decision = await referred(work.db, DecisionRow, draft.decision_id, field="decision_id")
        council = before.get("council_id", draft.council_id)
        demand_council(council, decision, field="decision_id")
    refused.demand_none()


async def _judge_kept(work: Work, draft: SelectionDraft, id: UUID, refused: Refusals) -> Record:
    """Whether a selection may change, staying with its council; answers it as it was."""
    before = await get_row(work.db, SelectionRow, id, lock=True)
    with refused:
        demand_same(before["council_id"], draft.council_id, field="council_id")
    council = await get_row(work.db, CouncilRow, before["council_id"], lock=True)
    with refused:
        if council["closed_on"] is not None:
            rules.demand_only_written_down(before, draft)
    with refused:
        rules.demand_reason(before, draft)
    with refused:
        rules.demand_spoken_of(draft, await spoken_of(work.db, id))
    with refused:
        if draft.decided_on != before["decided_on"]:
            day = draft.decided_on
            await demand_its_time(work, before["council_id"], day, field="decided_on")
    return before


async def revise_selection(work: Work, id: UUID, draft: SelectionDraft, version: int) -> Record:
    """Give a selection all new values; what was decided before stands beside them."""
    before = await get_row(work.db, SelectionRow, id, lock=True)
    kept = rules.amended(before, draft, clock.now())
    return await replace_thing(work, SELECTIONS, id, draft, version=version, amendments=kept)


async def remove_selection(work: Work, id: UUID, version: int) -> None:
    """It was begun by mistake: nothing is decided, and nothing was said."""
    rules.demand_never_decided(await get_row(work.db, SelectionRow, id, lock=True))
    await remove_thing(work, SELECTIONS, id, version=version)


async def judge_entry(work: Work, draft: SwotEntryDraft, id: UUID | None = None) -> None:
    """All that forbids an entry, or these values for one."""
    refused, selection, at, before = Refusals(), None, draft.selection_id, None
    if id is not None:
        at = (await get_row(work.db, SwotEntryRow, id))["selection_id"]
    with refused:  # locked before its entries: two that name each other wait for it, one by one
        selection = await referred(work.db, SelectionRow, at, field="selection_id")
    if id is not None:
        before = await get_row(work.db, SwotEntryRow, id, lock=True)
    with refused:
        if before:
            demand_same(before["selection_id"], draft.selection_id, field="selection_id")
    with refused:
        if selection:
            await open_council(work, selection["council_id"], field="selection_id")
    with refused:
        if selection:
            rules.demand_undecided(selection, field="selection_id")
    with refused:
        if selection:
            rules.demand_candidate(selection, draft.candidate)
    with refused:
        other = await referred(work.db, SwotEntryRow, draft.same_as_id, field="same_as_id")
        rules.demand_same_place(draft, other, id)
    with refused:
        if before:
            copied = await has_copies(work.db, before["id"])
            rules.demand_no_copies(before, draft, has_copies=copied)
    refused.demand_none()


async def remove_entry(work: Work, id: UUID, version: int) -> None:
    """It was written by mistake, nothing is decided yet, and the council is not closed."""
    entry = await get_row(work.db, SwotEntryRow, id)
    selection = await get_row(work.db, SelectionRow, entry["selection_id"], lock=True)
    await open_council(work, selection["council_id"], field="selection_id")
    rules.demand_undecided(selection, field="selection_id")
    await remove_thing(work, SWOT_ENTRIES, id, version=version)
