"""Questions about selections and what was said in them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.selection import (
    Selection,
    SelectionCriterion,
    SelectionDraft,
    SelectionResult,
    SelectionScore,
    SwotEntry,
    SwotEntryDraft,
    SwotQuarter,
)
from services.councils.council.queries import below_council_seen
from services.councils.selection import result
from services.councils.tables.selection import SelectionRow, SwotEntryRow
from services.kit.collection import Collection, When, get_thing
from services.kit.contract import Name, Reference
from services.kit.hindsight import had_come, same_since, told_since, true_of
from services.kit.identity import Caller
from services.kit.paging import same, since, until
from services.kit.rows import local_day
from services.kit.store import Record, table_of


def _came_on(columns: Any, _when: When) -> ColumnElement[Any]:
    return func.coalesce(columns.held_on, columns.decided_on, local_day(columns.created_at))


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """What was decided is not told of a day before it; where nobody knows the day, of every one."""
    told = "decision_text", "chosen_candidate", "decision_id", "change_reason"
    nothing = literal([], JSONB)
    return told_since(columns, when, "decided_on", *told, unknown=True, amendments=nothing)


def _is_decided(columns: Any, when: When) -> ColumnElement[bool]:
    come = had_come(columns.decided_on, when, unknown=True)
    return and_(columns.decision_text.is_not(None), come)


SELECTIONS = Collection(
    row=SelectionRow,
    draft=SelectionDraft,
    answer=Selection,
    path="/selections",
    filters={
        "council_id": same("council_id", Reference),
        "decision_id": same_since("decided_on", "decision_id", Reference, unknown=True),
        "decided": true_of(_is_decided),
        "held_from": since("held_on"),
        "held_until": until("held_on"),
    },
    sorts=("-created_at", "updated_at"),
    search=("title", "question", "decision_text"),
    derive=_derived,
    parent=("/councils", "council_id"),
    visible=below_council_seen,
    on=_came_on,
)


def _entries_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """What was said is seen with its selection."""
    selection = table_of(SelectionRow).alias("its_selection")
    seen = below_council_seen(caller, selection.c)
    if seen is None:
        return None
    return exists().where(selection.c.id == columns.selection_id, seen)


SWOT_ENTRIES = Collection(
    row=SwotEntryRow,
    draft=SwotEntryDraft,
    answer=SwotEntry,
    path="/swot-entries",
    filters={
        "selection_id": same("selection_id", Reference),
        "candidate": same("candidate", str),
        "quarter": same("quarter", SwotQuarter),
        "group_name": same("group_name", Name),
        "same_as_id": same("same_as_id", Reference),
    },
    sorts=("created_at", "updated_at"),
    parent=("/selections", "selection_id"),
    visible=_entries_seen,
    on=lambda columns, _: local_day(columns.created_at),
)


async def selection_result(
    db: AsyncConnection, id: UUID, caller: Caller, when: When
) -> SelectionResult:
    """What the scores, the weights and the groups say, as it was known then. NotFound."""
    selection = await get_thing(db, SELECTIONS, id, caller, when=when)
    keys = [one["key"] for one in selection["candidates"]]
    criteria = [SelectionCriterion.model_validate(one) for one in selection["criteria"]]
    given = [SelectionScore.model_validate(one) for one in selection["scores"]]
    scores, weights = result.scores_of(keys, given), result.weights_of(criteria)
    means, moves = result.means_of(scores, weights), result.moves_of(scores, weights)
    return SelectionResult(
        selection_id=id,
        candidates=result.candidate_results(scores, criteria),
        first=result.first_of(means),
        unweighed=[one.key for one in criteria if one.weight is None],
        moves=moves if len(means) > 1 else [],
        steady=not moves if len(means) > 1 else None,
        swot=result.swot_of(keys, await _entries_of(db, id, when)),
    )


async def _entries_of(db: AsyncConnection, id: UUID, when: When) -> Sequence[Record]:
    entry = when.table(SwotEntryRow).alias("entry")
    found = select(entry).where(entry.c.selection_id == id)
    told = await db.execute(found.order_by(entry.c.created_at, entry.c.id))
    return [dict(one) for one in told.mappings()]


async def spoken_of(db: AsyncConnection, id: UUID) -> set[str]:
    """The candidates of a selection of which something was said."""
    entry = table_of(SwotEntryRow)
    found = select(entry.c.candidate).where(entry.c.selection_id == id).distinct()
    return set((await db.execute(found)).scalars())


async def has_copies(db: AsyncConnection, id: UUID) -> bool:
    """Whether other entries say the same as this one."""
    entry = table_of(SwotEntryRow)
    return bool(await db.scalar(select(exists().where(entry.c.same_as_id == id))))
