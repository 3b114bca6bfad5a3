"""Where quality circles are asked for and changed over HTTP."""

from services.councils.quality_circle import actions
from services.councils.quality_circle.queries import QUALITY_CIRCLES
from services.kit.resources import resource

quality_circles = resource(QUALITY_CIRCLES, judge=actions.judge)
