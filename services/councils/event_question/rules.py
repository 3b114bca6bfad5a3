"""Rules about questions from the floor."""

from collections.abc import Mapping
from typing import Any

from services.councils.contract.event import EventStatus
from services.councils.contract.event_question import QuestionState
from services.kit.errors import Conflict


def demand_asking(event: Mapping[str, Any], session: Mapping[str, Any]) -> None:
    """Conflict where a session takes no questions, or its event is not open."""
    if event["status"] != EventStatus.open or not session["takes_questions"]:
        raise Conflict("it takes no questions", field="text", reason="questions_closed")


def demand_shown(question: Mapping[str, Any]) -> None:
    """Conflict where somebody votes for, or answers, what the floor does not see."""
    if question["state"] != QuestionState.shown:
        raise Conflict("the question is not shown", field="", reason="question_not_shown")
