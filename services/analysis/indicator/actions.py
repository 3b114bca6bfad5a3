"""What can be done with indicators."""

from uuid import UUID

from services.analysis.contract.indicator import IndicatorDraft
from services.analysis.indicator.queries import INDICATORS, columns_now
from services.analysis.snapshot.fitting import columns_of
from services.kit.errors import Rejected
from services.kit.http import Work
from services.kit.keeping import create_thing, replace_thing
from services.kit.store import Record


async def describe_indicator(work: Work, draft: IndicatorDraft) -> Record:
    """Say what is measured, and where it stands in what the source says."""
    await _demand_columns(work, draft)
    return await create_thing(work, INDICATORS, draft)


async def revise_indicator(work: Work, id: UUID, draft: IndicatorDraft, version: int) -> Record:
    """Give an indicator all new values."""
    await _demand_columns(work, draft)
    return await replace_thing(work, INDICATORS, id, draft, version=version)


async def _demand_columns(work: Work, draft: IndicatorDraft) -> None:
    known = await columns_now(work.db, draft.source_id)
    missing = [name for name in columns_of(draft.layout) if known and name not in known]
    if missing:
        text = f"the source has no column {missing[0]}; it has {', '.join(known)}"
        raise Rejected(text, field="layout", reason="unknown_column")
