"""Nothing is met before it was seen, begun after its outcome, or decided before its meeting."""

from tests.callers import Signed
from tests.councils.builders import a_decision, blamed, meeting_in
from tests.councils.work import a_need, an_initiative, an_outcome


async def test_a_need_is_not_met_before_it_was_seen(councils: Signed) -> None:
    need = await councils.made("/needs", a_need(identified_on="2026-03-01"))
    url, met = f"/needs/{need['id']}/meet", {"met_on": "2026-02-28", "evidence": "Intyg"}
    assert blamed(await councils.post(url, met)) == (422, "met_on", "before_identified")
    both = await councils.post(url, met | {"evidence": ""})
    assert {one["field"] for one in both.json()["errors"]} == {"met_on", "evidence"}
    assert (await councils.post(url, met | {"met_on": "2026-03-01"})).status_code == 200


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
