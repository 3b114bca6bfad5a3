"""Where headcounts are asked for and changed over HTTP."""

from services.councils.headcount import actions
from services.councils.headcount.queries import HEADCOUNTS
from services.kit.resources import resource

headcounts = resource(HEADCOUNTS, judge=actions.judge)
