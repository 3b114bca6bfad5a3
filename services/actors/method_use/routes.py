"""Where method uses are asked for and changed over HTTP."""

from services.actors.method_use import actions
from services.actors.method_use.queries import METHOD_USES
from services.kit.resources import resource

method_uses = resource(METHOD_USES, judge=actions.judge)
