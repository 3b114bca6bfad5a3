"""Where carried issues are asked for and changed over HTTP."""

from services.actors.carried_issue import actions
from services.actors.carried_issue.queries import CARRIED_ISSUES
from services.kit.resources import resource

carried_issues = resource(CARRIED_ISSUES, judge=actions.judge)
