"""Questions about what the model consists of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.model_definition import ModelDefinition, ModelDefinitionDraft
from services.councils.tables.model_definition import ModelDefinitionRow
from services.kit.collection import Collection, When
from services.kit.hindsight import true_of
from services.kit.store import Record


def _in_force(columns: Any, when: When) -> ColumnElement[bool]:
    later = when.table(ModelDefinitionRow).alias("later_model")
    begun = later.c.valid_from > columns.valid_from, later.c.valid_from <= when.day
    newer = exists(select(later.c.id).where(*begun).correlate(columns.id.table))
    return and_(columns.valid_from <= when.day, ~newer)


def _derived(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    return (_in_force(columns, when).label("in_force"),)


MODEL_DEFINITIONS = Collection(
    row=ModelDefinitionRow,
    draft=ModelDefinitionDraft,
    answer=ModelDefinition,
    path="/model-definitions",
    filters={"in_force": true_of(_in_force)},
    sorts=("-valid_from", "created_at", "updated_at"),
    derive=_derived,
    on=lambda columns, _: columns.valid_from,
)


async def definition_of(db: AsyncConnection, when: When) -> Record | None:
    """The version in force on a day, as it was known; None where none is written."""
    model = when.table(ModelDefinitionRow).alias("model")
    found = select(model).where(model.c.valid_from <= when.day)
    row = (await db.execute(found.order_by(model.c.valid_from.desc()).limit(1))).mappings().first()
    return dict(row) if row else None
