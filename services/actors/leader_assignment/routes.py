"""Where process leaders' assignments are asked for and changed over HTTP."""

from services.actors.leader_assignment import actions
from services.actors.leader_assignment.queries import LEADER_ASSIGNMENTS
from services.kit.resources import resource

leader_assignments = resource(LEADER_ASSIGNMENTS, judge=actions.judge)
