"""Where what projects learn, and what goes on after them, is asked for and changed over HTTP."""

from services.councils.project_learning import actions
from services.councils.project_learning.queries import (
    PROJECT_CONTINUATIONS,
    PROJECT_DEVIATIONS,
    PROJECT_LESSONS,
)
from services.kit.resources import resource

project_deviations = resource(PROJECT_DEVIATIONS, judge=actions.judge_deviation)
project_lessons = resource(PROJECT_LESSONS, judge=actions.judge_lesson)
project_continuations = resource(PROJECT_CONTINUATIONS, judge=actions.judge_continuation)
