"""Where assessments are asked for and changed over HTTP."""

from services.actors.readiness import actions
from services.actors.readiness.queries import READINESS
from services.kit.resources import resource

readiness = resource(READINESS, judge=actions.judge)
