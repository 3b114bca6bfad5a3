"""Where ratings of relations are asked for and changed over HTTP."""

from services.actors.relation_rating import actions
from services.actors.relation_rating.queries import RELATION_RATINGS
from services.kit.resources import resource

relation_ratings = resource(
    RELATION_RATINGS, create=actions.make, replace=actions.revise, judge=actions.judge
)
