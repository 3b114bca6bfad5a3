"""What is done with a thing is refused at once for all that is wrong with it, as a draft is."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.callers import Signed
from tests.councils.builders import a_meeting, blamed, council_in, day, meeting_in
from tests.councils.work import a_need, an_initiative, new_interview, typed

Fact = dict[str, Any]
Place = Callable[[Signed], Awaitable[str]]
TOMORROW = day(1)
CLOSED = {"reason": "other"}


async def need(councils: Signed) -> str:
    return str((await councils.made("/needs", a_need()))["id"])


async def dropped(councils: Signed) -> str:
    gone = await need(councils)
    await councils.made(f"/needs/{gone}/drop", {"reason": "Ingen"})
    return gone


async def council(councils: Signed) -> str:
    return str((await council_in(councils))["id"])


async def council_with_need(councils: Signed) -> str:
    made = await council(councils)
    await councils.made("/needs", a_need(council_id=made))
    return made


async def planned(councils: Signed) -> str:
    made = await council_in(councils)
    later = a_meeting(made, status="planned", starts_at=f"{TOMORROW}T09:00Z")
    return str((await councils.made("/meetings", later))["id"])


async def held(councils: Signed) -> str:
    return str((await meeting_in(councils))["id"])


async def item(councils: Signed) -> str:
    body = {"council_id": await council(councils), "text": "Ring", "owner_post_id": str(uuid4())}
    return str((await councils.made("/action-items", body | {"due_on": TOMORROW}))["id"])


async def initiative(councils: Signed) -> str:
    return str((await councils.made("/initiatives", an_initiative()))["id"])


async def interview(councils: Signed) -> str:
    return str((await new_interview(councils))["id"])


async def answer(councils: Signed) -> str:
    saved = await typed(
        councils, await new_interview(councils), {"question_key": "hard_to_find", "gap": "Brist"}
    )
    return str(saved["saved"][0]["id"])


LONG = "a" * 30_000
WRONG: list[tuple[str, Place, Fact, set[str]]] = [
    ("/needs/{}/meet", need, {"met_on": TOMORROW}, {"evidence", "met_on"}),
    ("/needs/{}/meet", dropped, {"met_on": TOMORROW, "evidence": "x"}, {"status", "met_on"}),
    ("/needs/{}/drop", dropped, {}, {"reason", "status"}),
    (
        "/needs/{}/split",
        dropped,
        {"parts": [a_need(identified_on=TOMORROW), a_need(answer_ids=[str(uuid4())])]},
        {"status", "parts.0.identified_on", "parts.1.answer_ids"},
    ),
    ("/needs/{}/split", dropped, {"parts": [a_need()]}, {"status", "parts"}),
    (
        "/councils/{}/move",
        council,
        {"phase": "proposed", "on": TOMORROW, "reason": LONG},
        {"phase", "on", "reason"},
    ),
    ("/councils/{}/move", council, {"on": TOMORROW}, {"phase", "on", "reason"}),
    ("/councils/{}/reopen", council, {}, {"phase", "reason"}),
    ("/councils/{}/close", council, {"closed_on": TOMORROW}, {"closed_on", "reason"}),
    (
        "/councils/{}/close",
        council_with_need,
        {"closed_on": TOMORROW, "reason": "goal_met"},
        {"closed_on", "reason"},
    ),
    (
        "/meetings/{}/approve",
        planned,
        {"approved_on": day(2)},
        {"approved_on", "approved_by_post_id", "status"},
    ),
    (
        "/meetings/{}/approve",
        held,
        {"approved_on": day(-30)},
        {"approved_on", "approved_by_post_id"},
    ),
    (
        "/action-items/{}/complete",
        item,
        {"done_on": TOMORROW, "outcome": LONG},
        {"done_on", "outcome"},
    ),
    (
        "/initiatives/{}/decide",
        initiative,
        {"decided_on": TOMORROW, "decision_id": str(uuid4()), "equality_check": LONG},
        {"decided_on", "decision_id", "equality_check"},
    ),
    ("/initiatives/{}/start", initiative, {"started_on": TOMORROW}, {"started_on", "status"}),
    (
        "/initiatives/{}/finish",
        initiative,
        {"closed_on": TOMORROW},
        {"closed_on", "reason", "status"},
    ),
    ("/initiatives/{}/stop", initiative, {"closed_on": TOMORROW}, {"closed_on", "reason"}),
    ("/interviews/{}/return", interview, {}, {"reason", "status"}),
    (
        "/answers/{}/need",
        answer,
        {"identified_on": TOMORROW, "council_id": str(uuid4()), "urgency": "later"},
        {"horizon", "identified_on", "council_id", "urgency"},
    ),
]


@pytest.mark.parametrize(("path", "place", "body", "fields"), WRONG)
async def test_a_turn_that_is_refused_names_every_wrong_field(
    councils: Signed, path: str, place: Place, body: Fact, fields: set[str]
) -> None:
    refused = await councils.post(path.format(await place(councils)), body)
    assert refused.status_code in {409, 422}, refused.text
    told = [error["field"] for error in refused.json()["errors"]]
    assert fields <= set(told)
    assert len(told) == len(set(told)), "each is told once"


async def test_a_merge_that_is_refused_names_every_wrong_field(councils: Signed) -> None:
    gone, unknown = await dropped(councils), str(uuid4())
    new = a_need(identified_on=TOMORROW, meeting_ids=[unknown], council_id=unknown)
    merge = {"from_ids": [gone, await need(councils), unknown], "into": new}
    refused = await councils.post("/needs/merge", merge)
    told = [(error["field"], error["code"]) for error in refused.json()["errors"]]
    rules = {
        ("from_ids", "closed"),
        ("from_ids", "unknown_reference"),
        ("into.identified_on", "in_the_future"),
        ("into.meeting_ids", "unknown_reference"),
        ("into.council_id", "unknown_reference"),
    }
    assert (refused.status_code, set(told)) == (409, rules)
    unread = merge | {"into": new | {"urgency": "later"}, "reason": LONG}
    refused = await councils.post("/needs/merge", unread)
    told = [(error["field"], error["code"]) for error in refused.json()["errors"]]
    assert refused.status_code == 422
    assert rules | {("into.urgency", "enum"), ("reason", "string_too_long")} == set(told)


async def test_an_interview_that_cannot_be_sent_says_all_that_it_lacks(councils: Signed) -> None:
    made = await new_interview(
        councils, held_on=TOMORROW, consent=False, consent_on=None, consent_scope=None
    )
    refused = await councils.post(f"/interviews/{made['id']}/send")
    assert blamed(refused)[0] == 409
    told = {error["field"] for error in refused.json()["errors"]}
    assert told == {"consent", "held_on", "answers"}
