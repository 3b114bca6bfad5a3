"""Where definitions of the model are asked for and changed over HTTP."""

from services.councils.model_definition import actions
from services.councils.model_definition.queries import MODEL_DEFINITIONS
from services.kit.resources import resource

model_definitions = resource(MODEL_DEFINITIONS, remove=actions.remove_model, judge=actions.judge)
