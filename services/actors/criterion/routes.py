"""Where criteria are asked for and changed over HTTP."""

from services.actors.criterion import actions
from services.actors.criterion.queries import CRITERIA
from services.kit.resources import resource

criteria = resource(CRITERIA, judge=actions.judge, remove=actions.remove)
