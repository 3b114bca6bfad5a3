"""Where decisions are asked for and changed over HTTP."""

from services.councils.decision import actions
from services.councils.decision.queries import DECISIONS
from services.kit.resources import resource

decisions = resource(
    DECISIONS,
    create=actions.make_decision,
    replace=actions.revise_decision,
    remove=actions.remove_decision,
    judge=actions.judge,
)
