"""Where role trials are asked for and changed over HTTP."""

from services.actors.role_trial import actions
from services.actors.role_trial.queries import ROLE_TRIALS
from services.kit.resources import resource

role_trials = resource(ROLE_TRIALS, judge=actions.judge)
