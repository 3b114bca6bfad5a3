"""Where budget lines are asked for and changed over HTTP."""

from services.councils.budget_line.queries import BUDGET_LINES
from services.kit.resources import resource

budget_lines = resource(BUDGET_LINES)
