"""What is remembered about what the model consists of."""

from sqlalchemy import UniqueConstraint

from services.councils.contract.model_definition import ModelDefinitionDraft
from services.councils.tables.base import CouncilsRow


class ModelDefinitionRow(CouncilsRow, ModelDefinitionDraft, table=True):
    """The model's versions, each from its day."""

    __tablename__ = "model_definition"
    __table_args__ = (UniqueConstraint("valid_from", name="uq_model_definition_valid_from"),)
