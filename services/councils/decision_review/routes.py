"""Where decision reviews are asked for and changed over HTTP."""

from services.councils.decision_review import actions
from services.councils.decision_review.queries import DECISION_REVIEWS
from services.kit.resources import resource

decision_reviews = resource(DECISION_REVIEWS, judge=actions.judge)
