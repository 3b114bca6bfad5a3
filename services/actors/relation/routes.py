"""Where relations are asked for and changed over HTTP."""

from services.actors.relation import actions
from services.actors.relation.queries import RELATIONS
from services.kit.resources import resource

relations = resource(RELATIONS, create=actions.relate, replace=actions.revise_relation)
