"""Rules over several fields: all that is wrong is told at once, also beside what is unreadable."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from services.actors.contract.programme import IntakeDraft
from services.councils.contract.decision import DecisionDraft
from services.councils.contract.fast_track import FastTrackDraft
from services.councils.contract.interview import InterviewDraft
from services.councils.contract.need import NeedDraft
from services.kit.app import problem_from

NEED = {"statement": "Svetsare", "areas": ["matching"], "horizon": "short"}
TURNED = {"from_year": 2030, "to_year": 2020}
WRONG: list[tuple[type[BaseModel], dict[str, Any], set[str]]] = [
    (
        NeedDraft,
        NEED | TURNED | {"minority_share": "0.3", "gap_between": ["education"]},
        {"to_year", "minority_share_source", "gap_between"},
    ),
    (NeedDraft, NEED | TURNED | {"urgency": "later"}, {"to_year", "urgency"}),
    (
        NeedDraft,
        NEED | {"to_year": 2020, "from_year": "soon", "gap_between": ["education"]},
        {"from_year", "gap_between"},
    ),
    (NeedDraft, TURNED, {"statement", "areas", "horizon", "to_year"}),
    (
        IntakeDraft,
        {
            "programme_id": "no id",
            "starts_on": "2026-08-17",
            "ends_on": "2026-01-01",
            "applicants": 10,
            "applicants_women": 11,
            "admitted": 5,
            "admitted_women": "many",
            "completed": 6,
        },
        {"programme_id", "ends_on", "applicants_women", "admitted_women", "completed"},
    ),
    (
        InterviewDraft,
        {"consent": True},
        {"dialogue_map_id", "actor_id", "held_on", "consent_on", "consent_scope"},
    ),
    (
        DecisionDraft,
        {"decided_on": "2026-05-01", "review_on": "2026-04-01", "due_on": "2026-03-01"},
        {"council_id", "meeting_id", "text", "review_on", "due_on"},
    ),
]


@pytest.mark.parametrize(("draft", "body", "fields"), WRONG)
def test_all_faults_are_told_at_once(
    draft: type[BaseModel], body: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(ValidationError) as failure:
        draft.model_validate(body)
    told = [error.field for error in problem_from(failure.value.errors()).errors]
    assert sorted(told) == sorted(fields)


def test_the_parts_of_a_draft_tell_their_faults_beside_its_own() -> None:
    body = {
        "signal": {"signalled_on": "2026-05-01", "needed_by": "2026-04-01"},
        "meeting": {"starts_at": "2026-05-08T09:00Z", "ends_at": "2026-05-08T08:00Z"},
        "areas": ["matching", "matching"],
    }
    with pytest.raises(ValidationError) as failure:
        FastTrackDraft.model_validate(body)
    told = {error.field for error in problem_from(failure.value.errors()).errors}
    wrong = {"signal.needed_by", "meeting.place", "meeting.ends_at", "meeting.title", "areas"}
    assert wrong | {"name", "signal.headcount"} <= told


def test_what_a_field_says_of_itself_is_kept_beside_a_rule() -> None:
    with pytest.raises(ValidationError) as failure:
        NeedDraft.model_validate(NEED | TURNED | {"minority_share": "0.7", "statement": "a" * 2001})
    limits = {e["loc"][0]: e["ctx"] for e in failure.value.errors() if e["loc"]}
    assert limits["statement"]["max_length"] == 2000
    assert "le" in limits["minority_share"]
