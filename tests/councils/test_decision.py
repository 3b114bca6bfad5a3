"""Decisions: on a stated basis, looked at for equality, corrected by new ones."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.councils.tables.meeting import DecisionRow
from services.kit.store import change_row
from tests.analysis.importing import OPERATIONS
from tests.callers import MEMBER, READER, STRATEGIST, Signed, municipality, somebody
from tests.councils.builders import (
    a_council,
    a_decision,
    a_meeting,
    a_seat,
    at,
    blamed,
    council_in,
    day,
    meeting_in,
)
from tests.councils.work import a_need

NEED = {"statement": "Tapetserare", "areas": ["education"], "horizon": "long"}


async def approve(councils: Signed, meeting: dict[str, Any]) -> None:
    body = {"approved_on": day(0), "approved_by_post_id": somebody()}
    await councils.made(f"/meetings/{meeting['id']}/approve", body)


@pytest.mark.parametrize(
    ("basis", "evidence"),
    [
        ([], "none"),
        ([{"kind": "document", "label": "Utredning"}], "undated"),
        ([{"kind": "indicator", "label": "Pendling", "as_of": day(-800)}], "old"),
        (
            [
                {"kind": "verdict", "label": "Gap", "as_of": day(-30)},
                {"kind": "forecast", "label": "Prognos", "as_of": day(-900)},
            ],
            "current",
        ),
    ],
)
async def test_a_decision_says_how_good_its_basis_is(
    councils: Signed, basis: list[dict[str, Any]], evidence: str
) -> None:
    meeting = await meeting_in(councils)
    made = await councils.made("/decisions", a_decision(meeting, basis=basis))
    assert made["evidence"] == evidence
    listed = (await councils.get(f"/decisions?evidence={evidence}")).json()["items"]
    assert [decision["id"] for decision in listed] == [made["id"]]
    assert listed[0]["basis"] == made["basis"]


async def test_a_need_with_few_of_one_sex_is_decided_with_a_look_at_equality(
    councils: Signed,
) -> None:
    few = NEED | {"minority_share": "0.12", "minority_share_source": "Exempelstatistik"}
    need = await councils.made("/needs", few)
    even = await councils.made("/needs", NEED)
    meeting = await meeting_in(councils)
    body = a_decision(meeting, need_ids=[even["id"], need["id"]])
    refused = await councils.post("/decisions", body)
    assert blamed(refused) == (422, "equality_check", "equality_check_due")
    made = await councils.made("/decisions", body | {"equality_check": "Riktad kampanj"})
    again = await councils.put(f"/decisions/{made['id']}", body, version=1)
    assert blamed(again)[2] == "equality_check_due"
    await councils.made("/decisions", a_decision(meeting, need_ids=[even["id"]]))
    listed = (await councils.get(f"/decisions?need_id={need['id']}")).json()["items"]
    assert [decision["id"] for decision in listed] == [made["id"]]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"decided_on": day(1)}, "decided_on", "in_the_future"),
        ({"review_on": day(-300)}, "review_on", "too_early"),
        ({"due_on": day(-300)}, "due_on", "too_early"),
        ({"need_ids": [str(uuid4())]}, "need_ids", "unknown_reference"),
        ({"supersedes_id": str(uuid4())}, "supersedes_id", "unknown_reference"),
        ({"agenda_item_id": str(uuid4())}, "agenda_item_id", "unknown_reference"),
        ({"meeting_id": str(uuid4())}, "meeting_id", "unknown_reference"),
        ({"council_id": str(uuid4())}, "council_id", "unknown_reference"),
        ({"basis": [{"kind": "rumour", "label": "x"}]}, "basis.0.kind", "enum"),
        ({"basis": [{"kind": "other", "label": "x", "x": 1}]}, "basis.0.x", "extra_forbidden"),
        (
            {"basis": [{"kind": "verdict", "label": "x", "id": str(uuid4())}]},
            "basis.0.id",
            "unknown_reference",
        ),
        (
            {"basis": [{"kind": "document", "label": "x", "as_of": day(1)}]},
            "basis.0.as_of",
            "in_the_future",
        ),
        (
            {
                "decided_on": day(-3),
                "basis": [{"kind": "document", "label": "x", "as_of": day(-2)}],
            },
            "basis.0.as_of",
            "after_decision",
        ),
        ({"text": ""}, "text", "string_too_short"),
    ],
)
async def test_nonsense_is_blamed_on_its_field(
    councils: Signed, change: dict[str, Any], field: str, code: str
) -> None:
    meeting = await meeting_in(councils)
    refused = await councils.post("/decisions", a_decision(meeting, **change))
    assert blamed(refused) == (422, field, code)


async def test_a_decision_is_one_of_its_councils_meetings(councils: Signed) -> None:
    meeting, other = await meeting_in(councils), await meeting_in(councils)
    item = await councils.made("/agenda-items", {"meeting_id": other["id"], "title": "Punkt"})
    strange = a_decision(meeting, council_id=other["council_id"])
    assert blamed(await councils.post("/decisions", strange)) == (
        422,
        "meeting_id",
        "other_council",
    )
    elsewhere = a_decision(meeting, agenda_item_id=item["id"])
    refused = await councils.post("/decisions", elsewhere)
    assert blamed(refused) == (422, "agenda_item_id", "other_meeting")
    decided = await councils.made("/decisions", a_decision(other))
    refused = await councils.post("/decisions", a_decision(meeting, supersedes_id=decided["id"]))
    assert blamed(refused) == (422, "supersedes_id", "other_council")
    cancelled = await meeting_in(councils, status="cancelled")
    refused = await councils.post("/decisions", a_decision(cancelled))
    assert blamed(refused) == (409, "meeting_id", "cancelled")
    for status in ("cancelled", "planned"):
        body = a_meeting({"id": other["council_id"]}, status=status)
        refused = await councils.put(f"/meetings/{other['id']}", body, version=1)
        assert blamed(refused) == (409, "status", "decided")
    body = a_meeting({"id": meeting["council_id"]}, status="cancelled")
    assert (await councils.put(f"/meetings/{meeting['id']}", body, version=1)).status_code == 200


async def test_what_was_approved_is_corrected_by_a_new_decision(councils: Signed) -> None:
    meeting = await meeting_in(councils)
    first = await councils.made("/decisions", a_decision(meeting))
    url = f"/decisions/{first['id']}"
    body = a_decision(meeting, text="Två utbildningar")
    assert (await councils.put(url, body, version=1)).json()["text"] == "Två utbildningar"
    await approve(councils, meeting)
    for refused in (
        await councils.put(url, body, version=2),
        await councils.delete(url, version=2),
        await councils.post("/decisions", body),
    ):
        assert (refused.status_code, blamed(refused)[2]) == (409, "locked")

    second = await councils.made("/decisions", body | {"supersedes_id": first["id"]})
    assert (await councils.get(url)).json()["superseded_by_id"] == second["id"]
    twice = await councils.post("/decisions", body | {"supersedes_id": first["id"]})
    assert blamed(twice) == (409, "supersedes_id", "taken")
    wrong = body | {"supersedes_id": first["id"], "decided_on": "2199-01-01", "text": ""}
    told = (await councils.post("/decisions", wrong)).json()["errors"]
    assert {("supersedes_id", "taken"), ("decided_on", "in_the_future")} <= {
        (error["field"], error["code"]) for error in told
    }

    async def listed(query: str) -> list[str]:
        found = await councils.get(f"/decisions?{query}")
        return [decision["id"] for decision in found.json()["items"]]

    assert await listed("superseded=false") == [second["id"]]
    assert await listed("superseded=true") == [first["id"]]


async def test_decisions_to_look_at_again(councils: Signed) -> None:
    meeting = await meeting_in(councils)
    soon = await councils.made("/decisions", a_decision(meeting, review_on=day(5)))
    await councils.made("/decisions", a_decision(meeting, review_on=day(50)))
    await councils.made("/decisions", a_decision(meeting))
    query = f"/decisions?review_until={day(10)}&superseded=false&sort=review_on"
    assert [d["id"] for d in (await councils.get(query)).json()["items"]] == [soon["id"]]


async def test_outsiders_read_what_was_decided_at_meetings_that_were_held(
    councils: Signed,
) -> None:
    council, post = await council_in(councils), uuid4()
    await councils.made("/seats", a_seat(council, post_id=str(post)))
    held = await meeting_in(councils, council)
    planned = await meeting_in(councils, council, starts_at=at(0), status="planned")
    shown = await councils.made("/decisions", a_decision(held))
    assert (await councils.by(READER).get("/decisions?count=true")).json()["count"] == 1
    later = await councils.made("/decisions", a_decision(planned))
    meeting = (await councils.get(f"/meetings/{planned['id']}")).json()
    assert (meeting["status"], meeting["version"]) == ("held", 2), "a meeting that decides is held"
    for caller in (READER, municipality("1472")):
        found = (await councils.by(caller).get("/decisions")).json()["items"]
        assert [decision["id"] for decision in found] == [later["id"], shown["id"]]
        assert (await councils.by(caller).post("/decisions", a_decision(held))).status_code == 403
    member = councils.by(replace(MEMBER, post_ids=(post,)))
    assert len((await member.get("/decisions")).json()["items"]) == 2
    assert (await councils.by(MEMBER).get("/decisions")).json()["items"] == []
    await councils.by(STRATEGIST).made("/decisions", a_decision(held))


async def test_a_closed_council_decides_no_more(councils: Signed) -> None:
    council = await councils.made("/councils", a_council())
    meeting = await meeting_in(councils, council)
    closing = {"closed_on": day(0), "reason": "goal_met"}
    await councils.made(f"/councils/{council['id']}/close", closing)
    refused = await councils.post("/decisions", a_decision(meeting))
    assert blamed(refused) == (409, "council_id", "closed")
    await approve(councils, meeting)


def told(answer: Any) -> set[tuple[str, str]]:
    """Every wrong field with its code."""
    return {(error["field"], error["code"]) for error in answer.json()["errors"]}


async def uneven(councils: Signed) -> str:
    """A need in an occupation with few of one sex."""
    few = {"minority_share": "0.12", "minority_share_source": "Exempelstatistik"}
    return str((await councils.made("/needs", NEED | few))["id"])


async def test_every_refusal_is_told_at_once(councils: Signed) -> None:
    meeting, other = await meeting_in(councils), await meeting_in(councils)
    item = await councils.made("/agenda-items", {"meeting_id": other["id"], "title": "Punkt"})
    wrong = {
        "decided_on": day(1),
        "agenda_item_id": item["id"],
        "supersedes_id": str(uuid4()),
        "need_ids": [await uneven(councils)],
    }
    refused = await councils.post("/decisions", a_decision(meeting, **wrong))
    assert refused.status_code == 422
    assert told(refused) == {
        ("decided_on", "in_the_future"),
        ("agenda_item_id", "other_meeting"),
        ("supersedes_id", "unknown_reference"),
        ("equality_check", "equality_check_due"),
    }
    assert (await councils.get("/decisions")).json()["items"] == []


async def test_a_state_that_forbids_is_told_with_the_wrong_fields(councils: Signed) -> None:
    meeting = await meeting_in(councils)
    await approve(councils, meeting)
    refused = await councils.post("/decisions", a_decision(meeting, decided_on=day(1)))
    assert refused.status_code == 409
    assert told(refused) == {("meeting_id", "locked"), ("decided_on", "in_the_future")}


async def test_what_cannot_be_read_hides_no_refusal(councils: Signed) -> None:
    meeting, need = await meeting_in(councils), await uneven(councils)
    made = await councils.made(
        "/decisions", a_decision(meeting, need_ids=[need], equality_check="Riktad kampanj")
    )
    wrong = a_decision(
        meeting, need_ids=[need], text="", review_on=day(-300), due_on=day(-300), basis=[{}]
    )
    expected = {
        ("text", "string_too_short"),
        ("review_on", "too_early"),
        ("due_on", "too_early"),
        ("basis.0.kind", "missing"),
        ("basis.0.label", "missing"),
        ("equality_check", "equality_check_due"),
    }
    for refused in (
        await councils.post("/decisions", wrong),
        await councils.put(f"/decisions/{made['id']}", wrong, version=1),
    ):
        assert (refused.status_code, told(refused)) == (422, expected)
    empty = await councils.post("/decisions", {"need_ids": [need], "equality_check": 7})
    assert told(empty) == {
        ("council_id", "missing"),
        ("meeting_id", "missing"),
        ("text", "missing"),
        ("decided_on", "missing"),
        ("equality_check", "string_type"),
    }
    assert (await councils.post("/decisions", [])).status_code == 422


async def test_only_who_may_decide_hears_what_the_rules_say(councils: Signed) -> None:
    meeting, need = await meeting_in(councils), await uneven(councils)
    wrong = a_decision(meeting, need_ids=[need], text="")
    refused = await councils.by(READER).post("/decisions", wrong)
    assert (refused.status_code, told(refused)) == (403, set())
    strange = await councils.put("/decisions/x", wrong, version=1)
    assert (strange.status_code, told(strange)) == (404, set())


async def test_a_share_that_is_written_after_the_decision_marks_it(councils: Signed) -> None:
    need = await councils.made("/needs", a_need())
    living = await councils.made("/needs", a_need(statement="Ett annat"))
    meeting = await meeting_in(councils)
    made = await councils.made("/decisions", a_decision(meeting, need_ids=[need["id"]]))
    assert made["equality_check_lacking"] is False, "nobody had written a share"
    share = {"minority_share": "0.10", "minority_share_source": "Exempelstatistik"}
    merge = {"from_ids": [need["id"]], "into_id": living["id"]}
    await councils.made("/needs/merge", merge)
    living = (await councils.get(f"/needs/{living['id']}")).json()
    facts = a_need(statement="Ett annat") | share
    await councils.put(f"/needs/{living['id']}", facts, version=living["version"])
    marked = "/decisions?equality_check_lacking=true"
    listed = (await councils.get(marked)).json()["items"]
    assert [(one["id"], one["equality_check_lacking"]) for one in listed] == [(made["id"], True)]
    assert not (await councils.get("/decisions?equality_check_lacking=false")).json()["items"]
    looked = {"equality_check": "Vi når kvinnor", "need_ids": [living["id"]]}
    mended = a_decision(meeting, supersedes_id=made["id"], **looked)
    await councils.made("/decisions", mended)
    assert not (await councils.get(marked)).json()["items"], "another took its place"


async def test_a_decision_is_made_at_a_point_where_one_decides(councils: Signed) -> None:
    meeting = await meeting_in(councils)

    async def kind_of(id: str) -> str:
        return str((await councils.get(f"/agenda-items/{id}")).json()["kind"])

    points = {}
    for kind, after in (("information", "decision"), ("discussion", "decision"),
                        ("direction", "direction"), ("follow_up", "follow_up")):  # fmt: skip
        item = {"meeting_id": meeting["id"], "title": kind.title(), "kind": kind}
        points[kind] = (await councils.made("/agenda-items", item))["id"]
        await councils.made("/decisions", a_decision(meeting, agenda_item_id=points[kind]))
        assert await kind_of(points[kind]) == after
    item = {"meeting_id": meeting["id"], "title": "Information", "kind": "information"}
    back = await councils.put(f"/agenda-items/{points['information']}", item, version=2)
    assert blamed(back) == (409, "kind", "has_decision")
    text = "Starta en utbildning\u200e\nRådet " + "räknar " * 40
    body = a_decision(meeting, text=text, source="Protokollet", example=True)
    made = await councils.made("/decisions", body)
    own = (await councils.get(f"/agenda-items/{made['agenda_item_id']}")).json()
    assert (own["kind"], own["position"], own["example"]) == ("decision", 5, True)
    assert own["title"].startswith("Starta en utbildning Rådet räknar")
    assert own["title"].endswith("…")
    kept = await councils.put(f"/decisions/{made['id']}", body, version=1)
    assert kept.json()["agenda_item_id"] == own["id"], "it stays where it was made"
    await approve(councils, meeting)
    correction = await councils.made("/decisions", body | {"supersedes_id": made["id"]})
    assert correction["agenda_item_id"] == own["id"], "approved minutes get no new point"


async def test_nothing_new_is_decided_about_a_need_that_lives_no_more(councils: Signed) -> None:
    needs = [(await councils.made("/needs", a_need()))["id"] for _ in range(4)]
    meeting = await meeting_in(councils)
    old = await councils.made("/decisions", a_decision(meeting, need_ids=needs[:3]))
    dropped, merged, split, living = needs
    await councils.made(f"/needs/{dropped}/drop", {"reason": "Exempel"})
    await councils.made("/needs/merge", {"from_ids": [merged], "into_id": living})
    parts = {"parts": [a_need(statement="En del"), a_need(statement="En annan")]}
    await councils.made(f"/needs/{split}/split", parts)
    refused = [await councils.post("/decisions", a_decision(meeting, need_ids=[n])) for n in needs]
    assert [blamed(one) for one in refused[:3]] == [
        (422, "need_ids", "dropped"),
        (422, "need_ids", "merged"),
        (422, "need_ids", "split"),
    ]
    assert living in refused[1].json()["errors"][0]["message"]
    assert refused[3].status_code == 201
    kept = a_decision(meeting, need_ids=needs[:3], text="Rättad")
    assert (await councils.put(f"/decisions/{old['id']}", kept, version=1)).status_code == 200
    await councils.made("/decisions", kept | {"supersedes_id": old["id"]})


async def test_a_decision_that_is_deleted_takes_the_point_along_that_was_made_for_it(
    councils: Signed,
) -> None:
    meeting = await meeting_in(councils)
    item = {"meeting_id": meeting["id"], "title": "Punkt", "kind": "decision"}
    item = await councils.made("/agenda-items", item)
    at_it = await councils.made("/decisions", a_decision(meeting, agenda_item_id=item["id"]))
    alone, noted, shared = [await councils.made("/decisions", a_decision(meeting)) for _ in "abc"]
    beside = a_decision(meeting, agenda_item_id=shared["agenda_item_id"])
    beside = await councils.made("/decisions", beside)
    point = (await councils.get(f"/agenda-items/{noted['agenda_item_id']}")).json()
    draft = {key: point[key] for key in ("meeting_id", "title", "kind", "position")}
    url = f"/agenda-items/{point['id']}"
    assert (await councils.put(url, draft | {"minutes": "Exempel"}, version=1)).is_success
    order = f"/meetings/{meeting['id']}/agenda-items"
    points = {one["id"] for one in (await councils.get(order)).json()["items"]}
    for one in (at_it, alone, noted, shared):
        assert (await councils.delete(f"/decisions/{one['id']}", version=1)).status_code == 204
    left = {one["id"] for one in (await councils.get(order)).json()["items"]}
    assert points - left == {alone["agenda_item_id"]}, "others hold minutes, or a decision"
    assert (await councils.delete(f"/decisions/{beside['id']}", version=1)).status_code == 204
    assert (await councils.get(f"/agenda-items/{shared['agenda_item_id']}")).status_code == 200


async def test_evidence_is_no_newer_than_the_decision_that_rests_on_it(councils: Signed) -> None:
    meeting = await meeting_in(councils)
    verdict = {"kind": "document", "label": "Gap", "as_of": day(-3)}
    told = a_decision(meeting, decided_on=day(-2), basis=[verdict])
    made = await councils.made("/decisions", told)
    later = verdict | {"as_of": day(-1)}
    url, version = f"/decisions/{made['id']}", made["version"]
    for values in ({"basis": [verdict, later]}, {"decided_on": day(-4)}):
        refused = await councils.put(url, told | values, version=version)
        place = "basis.1.as_of" if "basis" in values else "basis.0.as_of"
        assert blamed(refused) == (422, place, "after_decision")
    # One that was stored before this was asked keeps what it had, as long as its day is not moved.
    stored = [later | {"id": None, "url": None}]
    async with councils.app.state.database.writing(OPERATIONS) as db:
        await change_row(db, DecisionRow, UUID(made["id"]), basis=stored)
    kept = await councils.put(url, told | {"basis": [later]}, version=version + 1)
    assert kept.status_code == 200, kept.text
    corrected = told | {"basis": [later], "supersedes_id": made["id"]}
    earlier = await councils.post("/decisions", corrected | {"decided_on": day(-3)})
    assert blamed(earlier) == (422, "basis.0.as_of", "after_decision")
    await councils.made("/decisions", corrected)


async def test_a_verdict_may_be_of_the_day_when_the_minutes_were_written(councils: Signed) -> None:
    meeting = await meeting_in(councils, starts_at=at(-20))
    for days, taken in ((14, True), (15, False)):
        verdict = {"kind": "verdict", "label": "Gap", "as_of": day(days - 20)}
        answer = await councils.post("/decisions", a_decision(meeting, basis=[verdict]))
        assert answer.is_success == taken, answer.text
    assert blamed(answer) == (422, "basis.0.as_of", "after_decision")
