"""What can be done with sources."""

from typing import Any

from sqlalchemy import select

from services.analysis.contract.indicator import IndicatorDraft
from services.analysis.source.queries import SOURCES, source_called
from services.analysis.source.recipes import Measure, Recipe
from services.analysis.tables import IndicatorRow
from services.kit.http import Work
from services.kit.store import Record, insert_row, table_of


async def settle_source(work: Work, recipe: Recipe) -> Record:
    """The source that a recipe is about, and its indicators; those there are stay as they are."""
    found = await source_called(work.db, recipe.key)
    source = found or await insert_row(work.db, SOURCES.row, recipe.about)
    indicator = table_of(IndicatorRow)
    keys = [measure.key for measure in recipe.measures]
    rows = await work.db.execute(select(indicator.c.key).where(indicator.c.key.in_(keys)))
    known = set(rows.scalars())
    for measure in recipe.measures:
        if measure.key not in known:
            await insert_row(work.db, IndicatorRow, _draft(measure, source["id"]))
    return source


def _draft(measure: Measure, source_id: Any) -> IndicatorDraft:
    names = (name for name in IndicatorDraft.model_fields if hasattr(measure, name))
    return IndicatorDraft(source_id=source_id, **{name: getattr(measure, name) for name in names})
