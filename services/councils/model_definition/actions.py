"""What can be done with definitions of the model."""

from uuid import UUID

from services.councils.contract.model_definition import ModelDefinitionDraft
from services.councils.model_definition import rules
from services.councils.model_definition.queries import MODEL_DEFINITIONS
from services.councils.tables.model_definition import ModelDefinitionRow
from services.kit import clock
from services.kit.http import Work
from services.kit.keeping import remove_thing
from services.kit.store import get_row


async def judge(work: Work, _draft: ModelDefinitionDraft, id: UUID | None = None) -> None:
    """All that forbids it."""
    if id is not None:
        await _demand_changeable(work, id)


async def _demand_changeable(work: Work, id: UUID) -> None:
    model = await get_row(work.db, ModelDefinitionRow, id, lock=True)
    rules.demand_changeable(model, clock.day_of(model["created_at"]), clock.today())


async def remove_model(work: Work, id: UUID, version: int) -> None:
    """It was written by mistake, and was never the model on a day that is over."""
    await _demand_changeable(work, id)
    await remove_thing(work, MODEL_DEFINITIONS, id, version=version)
