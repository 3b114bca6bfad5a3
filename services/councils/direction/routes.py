"""Where directions and their answers are asked for and changed over HTTP."""

from services.councils.direction import actions
from services.councils.direction.queries import DIRECTION_ANSWERS, DIRECTIONS
from services.kit.resources import resource

directions = resource(
    DIRECTIONS,
    create=actions.make_direction,
    replace=actions.revise_direction,
    judge=actions.judge,
)
direction_answers = resource(
    DIRECTION_ANSWERS,
    replace=actions.revise_answer,
    remove=actions.remove_answer,
    judge=actions.judge_answer,
)
