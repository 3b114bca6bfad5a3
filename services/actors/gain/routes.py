"""Where gains are asked for and changed over HTTP."""

from services.actors.gain import actions
from services.actors.gain.queries import GAINS
from services.kit.resources import resource

gains = resource(GAINS, judge=actions.judge)
