"""Everything wrong is told at once: what is unreadable, what rules refuse, what is unknown."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.kit import clock
from tests.callers import Signed
from tests.councils.work import a_need, an_initiative

TOMORROW = str(clock.today() + timedelta(days=1))
PERIOD = {"starts_on": "2026-05-01", "ends_on": "2026-04-01"}


def unknown() -> str:
    return str(uuid4())


MEETING = {"title": "Första mötet", "starts_at": "2020-01-01T09:00Z", "place": "Tibro"}
TRACK: dict[str, Any] = {
    "signal": {
        "source": "Företaget",
        "occupation_code": "7222",
        "occupation_name": "Verktygsmakare",
        "headcount": 5,
        "signalled_on": "2026-05-01",
        "needed_by": "2026-12-01",
    },
    "name": "Snabbrådet",
    "industry": "Industri",
    "purpose": "Fler verktygsmakare",
    "convened_on": "2026-05-02",
    "ends_on": "2026-05-01",
    "leader_actor_ids": [unknown()],
    "areas": ["matching"],
    "meeting": MEETING,
}
WRONG: list[tuple[str, dict[str, Any], set[str]]] = [
    (
        "/needs",
        a_need(
            from_year=2030,
            to_year=2020,
            minority_share="0.3",
            gap_between=["education"],
            identified_on=TOMORROW,
            council_id=unknown(),
            answer_ids=[unknown()],
            meeting_ids=[unknown()],
        ),
        {
            "to_year",
            "minority_share_source",
            "gap_between",
            "identified_on",
            "council_id",
            "answer_ids",
            "meeting_ids",
        },
    ),
    (
        "/needs",
        a_need(identified_on=TOMORROW, council_id=unknown(), answer_ids=[unknown()]),
        {"identified_on", "council_id", "answer_ids"},
    ),
    (
        "/initiatives",
        an_initiative(
            **PERIOD,
            need_ids=[unknown()],
            council_id=unknown(),
            decision_id=unknown(),
            budget="much",
        ),
        {"ends_on", "need_ids", "council_id", "decision_id", "budget"},
    ),
    (
        "/outcomes",
        {
            "initiative_id": unknown(),
            "need_ids": [unknown()],
            "change": "Fler",
            "happened_on": TOMORROW,
            "horizon": "short",
            "before": "1",
        },
        {"initiative_id", "need_ids", "evidence", "happened_on", "measure"},
    ),
    (
        "/interviews",
        {
            "dialogue_map_id": unknown(),
            "actor_id": "nobody",
            "council_id": unknown(),
            "held_on": "2026-05-01",
            "consent": True,
        },
        {"dialogue_map_id", "actor_id", "council_id", "consent_on", "consent_scope"},
    ),
    (
        "/meetings",
        {
            "council_id": unknown(),
            "title": "",
            "starts_at": f"{TOMORROW}T09:00Z",
            "ends_at": f"{TOMORROW}T08:00Z",
            "status": "held",
        },
        {"council_id", "title", "ends_at", "status"},
    ),
    (
        "/councils",
        {
            "name": "Rådet",
            "kind": "temporary_council",
            "industry": "Industri",
            "purpose": "Se över",
            "phase": "closed",
            "predecessor_id": unknown(),
        },
        {"level", "ends_on", "phase", "predecessor_id"},
    ),
    (
        "/seats",
        {"council_id": unknown(), "valid_from": "2026-05-01", "valid_to": "2026-04-01"},
        {"council_id", "actor_id", "valid_to"},
    ),
    (
        "/agenda-items",
        {"meeting_id": unknown(), "need_ids": [unknown()], "kind": "song"},
        {"meeting_id", "need_ids", "kind", "title"},
    ),
    (
        "/action-items",
        {
            "council_id": unknown(),
            "meeting_id": unknown(),
            "decision_id": unknown(),
            "done_on": TOMORROW,
        },
        {"council_id", "meeting_id", "decision_id", "done_on"},
    ),
    (
        "/councils/fast-track",
        TRACK | {"meeting": {**MEETING, "place": None}, "name": "", "convened_on": TOMORROW},
        {"name", "ends_on", "convened_on", "meeting.place", "meeting.starts_at"},
    ),
    ("/councils/fast-track", TRACK, {"ends_on", "meeting.starts_at"}),
]


@pytest.mark.parametrize(("path", "body", "fields"), WRONG)
async def test_a_refusal_names_every_wrong_field(
    councils: Signed, path: str, body: dict[str, Any], fields: set[str]
) -> None:
    refused = await councils.post(path, body)
    told = [error["field"] for error in refused.json()["errors"]]
    assert refused.status_code == 422
    assert fields <= set(told)
    assert len(told) == len(set(told)), "each is told once"
