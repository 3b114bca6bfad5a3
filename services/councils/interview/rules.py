"""Rules about interviews: consent before anything is sent, and whose typing wins."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from services.councils.contract.interview import (
    AnswerDraft,
    AnswerSet,
    InterviewStatus,
    MapStatus,
    QuestionKind,
    TypedAnswer,
)
from services.kit.errors import Conflict, FieldError, Rejected

TEXTS = ("present", "desired", "gap")
# So many characters in a row are somebody's own words.
OWN = 12
_SENTENCE = re.compile(r"[.!?\n]+")
SAID = ("present", "desired", "gap", "score")
CONTENT = (*SAID, "quote", "source", "example")
# Who is asked; the links to an interview are theirs.
RESPONDENT = ("actor_id", "respondent_post_id")
# What an approval is, and is gone where it is none any more.
APPROVAL = ("approved_on", "approved_way", "approved_person_id")
MOVES = {
    "send": (InterviewStatus.draft, InterviewStatus.sent),
    "approve": (InterviewStatus.sent, InterviewStatus.approved),
    "return": (InterviewStatus.sent, InterviewStatus.draft),
    "reopen": (InterviewStatus.approved, InterviewStatus.draft),
}


class Fate(StrEnum):
    """What becomes of a typed answer."""

    written = "written"
    unchanged = "unchanged"
    nothing = "nothing"
    conflict = "conflict"


def demand_published(status: str) -> None:
    """Rejected unless the set of questions is published."""
    if status != MapStatus.published:
        raise Rejected(
            "the dialogue map is not published", field="dialogue_map_id", reason="not_published"
        )


def demand_draft(status: str) -> None:
    """Conflict unless the interview is still being written."""
    if status != InterviewStatus.draft:
        raise Conflict(f"the interview is {status}", field="status", reason="wrong_status")


def demand_consent_kept(interview: Mapping[str, Any], *, consent: bool) -> None:
    """Conflict where a consent once given would be unticked."""
    if interview["consent"] and not consent:
        raise Conflict("withdraw the consent instead", field="consent", reason="withdraw_instead")


def demand_unanswered(answers: Mapping[str, Any]) -> None:
    """Conflict where the questions would go from under their answers."""
    if answers:
        raise Conflict("it has answers", field="dialogue_map_id", reason="in_use")


def demand_given(consent_on: date | None, today: date) -> None:
    """Rejected where the consent would be given on a day to come."""
    if consent_on and consent_on > today:
        raise Rejected("that day has not come", field="consent_on", reason="in_the_future")


def moved_to(action: str, status: str) -> InterviewStatus:
    """The status after an action. Conflict where the present one does not allow it."""
    before, after = MOVES[action]
    if status != before:
        sentence = f"{action}: the interview is {status}"
        raise Conflict(sentence, field="status", reason="wrong_status")
    return after


def demand_answers(answers: Mapping[str, Any]) -> None:
    """Conflict where there is nothing to send."""
    if not any(answer[name] is not None for answer in answers.values() for name in SAID):
        raise Conflict("nothing has been answered", field="answers", reason="empty")


def is_empty(answer: AnswerDraft) -> bool:
    """Whether nothing was said."""
    return all(getattr(answer, name) is None for name in SAID)


def fate_of(
    typed: TypedAnswer, stored: Mapping[str, Any] | None, writer: str | None, turn: int = 0
) -> Fate:
    """Whether a typed answer is stored: not over what somebody else wrote meanwhile.

    Nor over what the same page wrote later: a request that was given up may come after the next.
    """
    if stored is None:
        return Fate.nothing if is_empty(typed) else Fate.written
    never_seen = typed.version == 0 and is_empty(typed)
    if never_seen or all(getattr(typed, name) == stored[name] for name in CONTENT):
        return Fate.unchanged
    if writer is not None and writer == stored["writer"]:
        return Fate.written if stored["turn"] <= turn else Fate.conflict
    return Fate.written if typed.version == stored["version"] else Fate.conflict


def demand_askable(answers: AnswerSet, questions: Iterable[Mapping[str, Any]]) -> None:
    """Rejected, naming each answer to no question of the map, or a score without a scale."""
    kinds = {question["key"]: question["kind"] for question in questions}
    wrong = []
    for place, typed in enumerate(answers.answers or ()):
        kind = kinds.get(typed.question_key)
        if kind is None:
            where = f"answers.{place}.question_key"
            wrong.append(FieldError(where, "unknown_question", "no question of this map"))
        elif typed.score is not None and kind != QuestionKind.scale:
            where = f"answers.{place}.score"
            wrong.append(FieldError(where, "no_scale", "the question has no scale"))
    if wrong:
        raise Rejected(errors=wrong)


def statement_of(answer: Mapping[str, Any]) -> str:
    """What a need made of an answer says: the gap, else what is desired, else what is."""
    said = answer["gap"] or answer["desired"] or answer["present"]
    if not said:
        raise Rejected("the answer says nothing", field="statement", reason="missing")
    return str(said)[:2000]


def pieces_of(answers: Iterable[Mapping[str, Any]], earlier: Iterable[str] = ()) -> list[str]:
    """What was said, now or earlier, whole and sentence by sentence, as `repeats` compares it."""
    texts = [answer[name] for answer in answers for name in (*TEXTS, "wish") if answer[name]]
    texts += earlier
    whole = [_squeezed(text) for text in texts]
    parts = (_squeezed(part) for text in texts for part in _SENTENCE.split(text))
    return [one for one in (*whole, *(part for part in parts if len(part) >= OWN)) if one]


def repeats(text: str | None, pieces: Iterable[str]) -> bool:
    """Whether a text holds what was said, or is a piece of it.

    Of what is as short as many would say it only the whole text counts.
    """
    said = _squeezed(text or "")
    return any(
        said == piece or (min(len(said), len(piece)) >= OWN and (piece in said or said in piece))
        for piece in pieces
    )


def _squeezed(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?…")
