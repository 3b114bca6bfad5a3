"""Where relations are asked for and changed over HTTP."""

from services.actors.relation import actions
from services.actors.relation.queries import RELATIONS
from services.kit.resources import resource

relations = resource(RELATIONS, replace=actions.revise, judge=actions.judge)
