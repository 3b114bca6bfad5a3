"""Where priorities are asked for and changed over HTTP."""

from services.actors.priority import actions
from services.actors.priority.queries import PRIORITIES
from services.kit.resources import resource

priorities = resource(
    PRIORITIES, judge=actions.judge, create=actions.create, replace=actions.replace
)
