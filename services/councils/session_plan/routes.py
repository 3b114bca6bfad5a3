"""Where session plans are asked for and changed over HTTP."""

from services.councils.session_plan import actions
from services.councils.session_plan.queries import SESSION_PLANS
from services.kit.resources import resource

session_plans = resource(SESSION_PLANS, judge=actions.judge)
