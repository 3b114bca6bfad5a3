"""Where challenges, and what bears on them, are asked for and changed over HTTP."""

from services.analysis.challenge.actions import judge_challenge, judge_link
from services.analysis.challenge.queries import CHALLENGE_LINKS, CHALLENGES
from services.kit.resources import resource

challenges = resource(CHALLENGES, judge=judge_challenge)
challenge_links = resource(CHALLENGE_LINKS, judge=judge_link)
