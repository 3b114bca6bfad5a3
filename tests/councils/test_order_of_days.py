"""Nothing is met before it was seen, begun after its outcome, or decided before its meeting."""

from services.councils.council.queries import COUNCILS
from services.councils.meeting.queries import MEETINGS
from tests.callers import Signed, somebody
from tests.councils.builders import (
    a_decision,
    a_meeting,
    at,
    blamed,
    changed,
    council_in,
    day,
    meeting_in,
)
from tests.councils.work import a_need, an_initiative, an_outcome, decided_initiative


async def test_a_need_is_not_met_before_it_was_seen(councils: Signed) -> None:
    need = await councils.made("/needs", a_need(identified_on="2026-03-01"))
    url, met = f"/needs/{need['id']}/meet", {"met_on": "2026-02-28", "evidence": "Intyg"}
    assert blamed(await councils.post(url, met)) == (422, "met_on", "before_identified")
    both = await councils.post(url, met | {"evidence": ""})
    assert {one["field"] for one in both.json()["errors"]} == {"met_on", "evidence"}
    assert (await councils.post(url, met | {"met_on": "2026-03-01"})).status_code == 200


async def test_a_need_that_nobody_dated_is_not_met_before_anything_was_known_of_it(
    councils: Signed,
) -> None:
    need = await councils.made("/needs", a_need())
    url, met = f"/needs/{need['id']}/meet", {"evidence": "Intyg"}
    early = await councils.post(url, met | {"met_on": day(-1)})
    assert blamed(early) == (422, "met_on", "before_identified"), "it was written down today"
    meeting = await meeting_in(councils, starts_at=at(-20))
    told = a_decision(meeting, decided_on=day(-15), need_ids=[need["id"]])
    await councils.made("/decisions", told)
    early = await councils.post(url, met | {"met_on": "1900-01-01"})
    assert blamed(early) == (422, "met_on", "before_identified")
    part = await councils.made("/needs", a_need(meeting_ids=[meeting["id"]]))
    merged = await councils.made("/needs", a_need(identified_on=day(-30)))
    await councils.made(f"/needs/{part['id']}/meet", met | {"met_on": day(-20)})
    await councils.made("/needs/merge", {"from_ids": [merged["id"]], "into_id": need["id"]})
    await councils.made(url, met | {"met_on": day(-30)})


async def test_nothing_is_stopped_before_it_was_decided_nor_done_before_it_was_asked_for(
    councils: Signed,
) -> None:
    meeting = await meeting_in(councils, starts_at=at(-20))
    decision = await councils.made("/decisions", a_decision(meeting, decided_on=day(-10)))
    made = await councils.made("/initiatives", an_initiative(decision_id=decision["id"]))
    decided = await decided_initiative(councils)
    for one, early in ((made, day(-11)), (decided, "2025-12-31")):
        told = {"closed_on": early, "reason": "Exempel"}
        refused = await councils.post(f"/initiatives/{one['id']}/stop", told)
        assert blamed(refused) == (422, "closed_on", "too_early")
    body = {"council_id": meeting["council_id"], "text": "Ring runt"}
    for named, first in (
        ({"meeting_id": meeting["id"]}, -20),
        ({"decision_id": decision["id"]}, -10),
    ):
        refused = await councils.post("/action-items", body | named | {"done_on": day(first - 1)})
        assert blamed(refused) == (422, "done_on", "before_asked")
        item = await councils.made("/action-items", body | named)
        url = f"/action-items/{item['id']}/complete"
        refused = await councils.post(url, {"done_on": day(first - 1)})
        assert blamed(refused) == (422, "done_on", "before_asked")
        await councils.made(url, {"done_on": day(first)})


async def test_nothing_comes_of_an_initiative_before_it_began(councils: Signed) -> None:
    initiative = await councils.made("/initiatives", an_initiative())
    address = f"/initiatives/{initiative['id']}"
    await councils.made(f"{address}/decide", {"decided_on": "2026-03-01"})
    await councils.made(f"{address}/start", {"started_on": "2026-03-10"})
    early = an_outcome(initiative, happened_on="2026-03-09")
    refused = await councils.post("/outcomes", early)
    assert blamed(refused) == (422, "happened_on", "before_start")
    both = await councils.post("/outcomes", early | {"evidence": ""})
    assert {one["field"] for one in both.json()["errors"]} == {"happened_on", "evidence"}
    made = await councils.made("/outcomes", early | {"happened_on": "2026-03-10"})
    changed = await councils.put(f"/outcomes/{made['id']}", early, version=made["version"])
    assert blamed(changed) == (422, "happened_on", "before_start")


async def test_nothing_comes_of_an_initiative_that_nobody_decided_or_that_never_began(
    councils: Signed,
) -> None:
    made = await councils.made("/initiatives", an_initiative(starts_on=day(4)))
    outcome, url = an_outcome(made, happened_on=day(-1)), f"/initiatives/{made['id']}"
    refused = await councils.post("/outcomes", outcome)
    assert blamed(refused) == (409, "initiative_id", "never_begun")
    await councils.made(f"{url}/stop", {"closed_on": day(-1), "reason": "Exempel"})
    refused = await councils.post("/outcomes", outcome)
    assert blamed(refused) == (409, "initiative_id", "never_begun")
    planned = await decided_initiative(councils, starts_on=day(-5))
    early = await councils.post("/outcomes", an_outcome(planned, happened_on=day(-6)))
    assert blamed(early) == (422, "happened_on", "before_start"), "the planned day counts"
    stored = await councils.made("/outcomes", an_outcome(planned, happened_on=day(-5)))
    address = f"/outcomes/{stored['id']}"
    moved = await councils.put(address, an_outcome(made, happened_on=day(-5)), version=1)
    assert blamed(moved) == (409, "initiative_id", "never_begun")
    later = an_initiative(starts_on=day(-3))
    refused = await councils.put(f"/initiatives/{planned['id']}", later, version=2)
    assert blamed(refused) == (422, "starts_on", "after_outcome")
    undated = await decided_initiative(councils)
    early = await councils.post("/outcomes", an_outcome(undated, happened_on="1900-01-01"))
    assert blamed(early) == (422, "happened_on", "before_start"), "nothing begins undecided"


async def test_an_initiative_does_not_begin_after_what_came_of_it(councils: Signed) -> None:
    initiative = await councils.made("/initiatives", an_initiative())
    address = f"/initiatives/{initiative['id']}"
    await councils.made(f"{address}/decide", {"decided_on": "2026-03-01"})
    await councils.made("/outcomes", an_outcome(initiative, happened_on="2026-03-09"))
    refused = await councils.post(f"{address}/start", {"started_on": "2026-03-10"})
    assert blamed(refused) == (422, "started_on", "after_outcome")
    assert (await councils.post(f"{address}/start", {"started_on": "2026-03-09"})).is_success


async def test_nothing_is_decided_before_its_meeting(councils: Signed) -> None:
    meeting = await meeting_in(councils, starts_at="2026-03-01T23:30:00Z")
    early = a_decision(meeting, decided_on="2026-03-01")
    refused = await councils.post("/decisions", early)
    assert blamed(refused) == (422, "decided_on", "before_meeting"), "in Sweden it was the second"
    made = await councils.made("/decisions", early | {"decided_on": "2026-03-02"})
    changed = await councils.put(f"/decisions/{made['id']}", early, version=made["version"])
    assert blamed(changed) == (422, "decided_on", "before_meeting")


async def test_nothing_is_decided_about_a_need_that_nobody_had_seen(councils: Signed) -> None:
    meeting = await meeting_in(councils, starts_at="2026-03-01T09:00Z")
    seen = a_need(identified_on="2026-03-02")
    need = await councils.made("/needs", seen)
    told = a_decision(meeting, need_ids=[need["id"]])
    refused = await councils.post("/decisions", told)
    assert blamed(refused) == (422, "need_ids", "before_identified")
    made = await councils.made("/decisions", told | {"decided_on": "2026-03-02"})
    earlier = await councils.put(f"/decisions/{made['id']}", told, version=1)
    assert blamed(earlier) == (422, "need_ids", "before_identified")
    url = f"/needs/{need['id']}"
    later = await councils.put(url, seen | {"identified_on": "2026-03-03"}, version=2)
    assert blamed(later) == (422, "identified_on", "decided_earlier")
    changed = await councils.put(url, seen | {"identified_on": "2026-03-01"}, version=2)
    assert changed.is_success


async def test_a_meeting_is_not_moved_to_after_what_it_decided(councils: Signed) -> None:
    council = await council_in(councils)
    meeting = await meeting_in(councils, council, starts_at=at(-20))
    await councils.made("/decisions", a_decision(meeting, decided_on=day(-15)))
    url = f"/meetings/{meeting['id']}"
    version = (await councils.get(url)).json()["version"]
    late = await councils.put(url, a_meeting(council, starts_at=at(-14)), version=version)
    assert blamed(late) == (422, "starts_at", "decided_earlier")
    moved = await councils.put(url, a_meeting(council, starts_at=at(-15)), version=version)
    assert moved.status_code == 200, moved.text
    approval = {"approved_on": day(-16), "approved_by_post_id": somebody()}
    refused = await councils.post(f"{url}/approve", approval)
    assert blamed(refused) == (422, "approved_on", "too_early")


async def test_minutes_are_not_approved_before_what_they_tell(councils: Signed) -> None:
    meeting = await meeting_in(councils, starts_at=at(-20))
    for days in (-9, -12):
        await councils.made("/decisions", a_decision(meeting, decided_on=day(days)))
    url = f"/meetings/{meeting['id']}/approve"
    approval = {"approved_on": day(-10), "approved_by_post_id": somebody()}
    assert blamed(await councils.post(url, approval)) == (422, "approved_on", "too_early")
    await councils.made(url, approval | {"approved_on": day(-9)})


async def test_no_earlier_meeting_replaces_what_a_later_one_decided(councils: Signed) -> None:
    council = await council_in(councils)
    earlier, later = [
        await meeting_in(councils, council, starts_at=at(days)) for days in (-30, -20)
    ]
    made = await councils.made("/decisions", a_decision(later))
    body = a_decision(earlier, supersedes_id=made["id"], decided_on=day(-10))
    assert blamed(await councils.post("/decisions", body)) == (422, "meeting_id", "too_early")
    await councils.made("/decisions", body | {"meeting_id": later["id"]})


async def test_an_initiative_is_not_decided_before_the_decision_that_it_rests_on(
    councils: Signed,
) -> None:
    meeting = await meeting_in(councils, starts_at=at(-20))
    decision = await councils.made("/decisions", a_decision(meeting, decided_on=day(-10)))
    for where in ("decided", "proposed"):
        named = {"decision_id": decision["id"]}
        body = an_initiative(**named if where == "proposed" else {})
        initiative = await councils.made("/initiatives", body)
        url = f"/initiatives/{initiative['id']}/decide"
        told = {"decided_on": day(-11)} | (named if where == "decided" else {})
        assert blamed(await councils.post(url, told)) == (422, "decided_on", "before_decision")
        await councils.made(url, told | {"decided_on": day(-10)})


async def test_nobody_has_come_to_a_meeting_that_is_yet_to_be(councils: Signed) -> None:
    meeting = await meeting_in(councils, starts_at=at(2), status="planned")
    asked = {"meeting_id": meeting["id"], "actor_id": somebody(), "answer": "no"}
    for attended in (True, False):
        refused = await councils.post("/attendances", asked | {"attended": attended})
        assert blamed(refused) == (422, "attended", "in_the_future")
    await councils.made("/attendances", asked)


async def test_a_council_is_not_closed_before_what_it_did_nor_does_more_afterwards(
    councils: Signed,
) -> None:
    council = await council_in(councils)
    meeting = await meeting_in(councils, council, starts_at=at(-20))
    told = a_decision(meeting, decided_on=day(-12))
    decision = await councils.made("/decisions", told)
    coming = await meeting_in(councils, council, starts_at=at(-9), status="planned")
    url, closing = f"/councils/{council['id']}/close", {"reason": "other", "result": "Exempel"}
    refused = await councils.post(url, closing | {"closed_on": day(-13)})
    assert blamed(refused) == (409, "closed_on", "worked_later")
    await councils.made(url, closing | {"closed_on": day(-8)})
    late = await councils.put(
        f"/decisions/{decision['id']}", told | {"decided_on": day(-7)}, version=decision["version"]
    )
    assert blamed(late) == (422, "decided_on", "after_closing")
    body, address = a_meeting(council, starts_at=at(-9)), f"/meetings/{coming['id']}"
    for moved in ({"starts_at": at(-7)}, {"starts_at": at(5), "status": "planned"}):
        late = await councils.put(address, body | moved, version=coming["version"])
        assert blamed(late) == (422, "starts_at", "after_closing")
    held = await councils.put(address, body | {"starts_at": at(-8)}, version=coming["version"])
    assert held.status_code == 200, "what it has is finished"


async def test_a_council_meets_within_its_time(councils: Signed) -> None:
    council = await council_in(councils, starts_on=day(-10), ends_on=day(10))
    for days, code in ((-11, "before_council"), (11, "after_council")):
        refused = await councils.post(
            "/meetings", a_meeting(council, status="planned", starts_at=at(days))
        )
        assert blamed(refused) == (422, "starts_at", code)
    meeting = await meeting_in(councils, council, status="planned", starts_at=at(10))
    for days, code in ((-11, "before_council"), (11, "after_council")):
        refused = await changed(councils, MEETINGS, meeting["id"], starts_at=at(days))
        assert blamed(refused) == (422, "starts_at", code)
    assert (await changed(councils, MEETINGS, meeting["id"], starts_at=at(-10))).status_code == 200
    later = await changed(councils, COUNCILS, council["id"], starts_on=day(-9))
    assert blamed(later) == (422, "starts_on", "worked_earlier")
    await meeting_in(councils, council, status="planned", starts_at=at(8))
    for ends, on in ((-5, [day(8)]), (7, [day(8)]), (-11, [day(-10), day(8)])):
        earlier = await changed(
            councils, COUNCILS, council["id"], starts_on=None, ends_on=day(ends)
        )
        assert blamed(earlier) == (422, "ends_on", "meets_later")
        (error,) = earlier.json()["errors"]
        assert [one for one in (day(-10), day(8)) if one in error["message"]] == on
    same = await changed(councils, COUNCILS, council["id"], ends_on=day(8))
    assert same.status_code == 200, same.text
    await changed(councils, MEETINGS, meeting["id"], status="cancelled")
    later = await changed(councils, COUNCILS, council["id"], starts_on=day(-9))
    assert later.status_code == 200, later.text
