"""Where joinings are asked for and changed over HTTP."""

from services.actors.joining import actions
from services.actors.joining.queries import JOININGS
from services.kit.resources import resource

joinings = resource(JOININGS, judge=actions.judge)
