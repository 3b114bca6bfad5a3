"""Initiatives: from a company's answer to what changed, with money to the last öre."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.callers import MEMBER, READER, Signed
from tests.callers import municipality as key_of
from tests.councils.builders import a_decision, blamed, meeting_in
from tests.councils.work import (
    Body,
    a_need,
    an_initiative,
    an_outcome,
    decided_initiative,
    new_council,
    new_interview,
    typed,
)

DECIDED, STARTED = {"decided_on": "2026-01-10"}, {"started_on": "2026-01-20"}
UNEQUAL = {"minority_share": "0.1200", "minority_share_source": "SCB 2025"}


async def running(councils: Signed, **more: object) -> Body:
    """An initiative that has begun."""
    made = await councils.made("/initiatives", an_initiative(**more))
    await councils.made(f"/initiatives/{made['id']}/decide", DECIDED)
    return await councils.made(f"/initiatives/{made['id']}/start", STARTED)


async def test_from_an_answer_to_what_changed(councils: Signed) -> None:
    interview = await new_interview(councils)
    said = {"question_key": "education_missing", "gap": "Träteknisk utbildning saknas"}
    answer = (await typed(councils, interview, said))["saved"][0]
    need = await councils.made(f"/answers/{answer['id']}/need", {"horizon": "short"})
    initiative = await running(councils, need_ids=[need["id"]])
    await councils.made(f"/needs/{need['id']}/start", None)
    outcome = an_outcome(initiative, need_ids=[need["id"]], persons_employed=7)
    await councils.made("/outcomes", outcome)
    url = f"/initiatives/{initiative['id']}"
    done = await councils.made(f"{url}/finish", {"closed_on": "2026-06-30"})
    assert (done["status"], done["outcome_count"], done["persons_employed"]) == ("done", 1, 7)
    met = {"met_on": "2026-06-30", "evidence": "Sju anställda"}
    need = await councils.made(f"/needs/{need['id']}/meet", met)
    assert (need["areas"], need["answer_ids"]) == (["education"], [answer["id"]])
    assert (need["initiative_count"], need["outcome_count"]) == (1, 1)
    listed = (await councils.get(f"/initiatives?need_id={need['id']}")).json()["items"]
    assert [found["id"] for found in listed] == [initiative["id"]]
    below = (await councils.get(f"{url}/outcomes")).json()["items"]
    assert [found["need_ids"] for found in below] == [[need["id"]]]


async def test_it_is_done_with_an_outcome_or_a_reason(councils: Signed) -> None:
    url = f"/initiatives/{(await running(councils))['id']}"
    bare = await councils.post(f"{url}/finish", {"closed_on": "2026-06-30"})
    assert (bare.status_code, bare.json()["errors"][0]["code"]) == (409, "no_outcome")
    early = await councils.post(f"{url}/finish", {"closed_on": "2026-01-01", "reason": "Ja"})
    assert (early.status_code, early.json()["errors"][0]["field"]) == (422, "closed_on")
    body = {"closed_on": "2026-06-30", "reason": "Ingen sökte"}
    done = await councils.made(f"{url}/finish", body)
    assert (done["status"], done["closing_reason"]) == ("done", "Ingen sökte")
    changed = await councils.put(url, an_initiative(), version=done["version"])
    assert (changed.status_code, changed.json()["errors"][0]["code"]) == (409, "closed")
    again = await councils.made(f"{url}/resume", None)
    assert (again["status"], again["closed_on"], again["closing_reason"]) == ("running", None, None)


async def test_each_turn_has_its_order(councils: Signed) -> None:
    made = await councils.made("/initiatives", an_initiative())
    url = f"/initiatives/{made['id']}"
    stop = {"closed_on": "2026-02-01", "reason": "Pengarna räckte inte"}
    for action, body in (("start", STARTED), ("finish", stop), ("resume", None)):
        refused = await councils.post(f"{url}/{action}", body)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "wrong_status")
    assert (await councils.post(f"{url}/stop", {"closed_on": "2026-02-01"})).status_code == 422
    assert (await councils.made(f"{url}/stop", stop))["status"] == "stopped"
    assert (await councils.made(f"{url}/resume", None))["status"] == "proposed"
    ahead = await councils.post(f"{url}/decide", {"decided_on": "2199-01-01"})
    assert (ahead.status_code, ahead.json()["errors"][0]["field"]) == (422, "decided_on")


async def test_an_unequal_occupation_is_looked_at_before_deciding(councils: Signed) -> None:
    need = await councils.made("/needs", a_need(**UNEQUAL))
    made = await councils.made("/initiatives", an_initiative(need_ids=[need["id"]]))
    url = f"/initiatives/{made['id']}/decide"
    refused = await councils.post(url, DECIDED)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "equality_check")
    body = DECIDED | {"equality_check": "Annonsen riktas till kvinnor och män"}
    assert (await councils.made(url, body))["equality_check"] == body["equality_check"]


async def test_a_share_that_is_written_after_an_initiative_was_decided_marks_it(
    councils: Signed,
) -> None:
    need, meeting = await councils.made("/needs", a_need()), await meeting_in(councils)
    decision = await councils.made("/decisions", a_decision(meeting, need_ids=[need["id"]]))
    draft = an_initiative(need_ids=[need["id"]], decision_id=decision["id"])
    made = await councils.made("/initiatives", draft)
    day = {"decided_on": decision["decided_on"]}
    await councils.made(f"/initiatives/{made['id']}/decide", day)
    await councils.made("/initiatives", an_initiative(title="Annat", need_ids=[need["id"]]))
    marked = "/initiatives?equality_check_lacking=true"
    assert not (await councils.get(marked)).json()["items"]
    await councils.put(f"/needs/{need['id']}", a_need(**UNEQUAL), version=2)
    (one,) = (await councils.get(marked)).json()["items"]
    assert (one["id"], one["equality_check_lacking"]) == (made["id"], True), "others are proposals"
    looked = {"supersedes_id": decision["id"], "equality_check": "Annonsen når alla"}
    await councils.made("/decisions", a_decision(meeting, need_ids=[need["id"]], **looked))
    assert not (await councils.get(marked)).json()["items"], "what replaced its decision counts"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0.10", "0.10"), ("9999999999.99", "9999999999.99"), ("1250000.5", "1250000.50")],
)
async def test_money_is_exact_to_the_last_ore(councils: Signed, given: str, kept: str) -> None:
    made = await councils.made("/initiatives", an_initiative(budget=given, actual=given))
    read = (await councils.get(f"/initiatives/{made['id']}")).json()
    listed = (await councils.get("/initiatives")).json()["items"][0]
    for found in (made, read, listed):
        assert (found["budget"], found["actual"]) == (kept, kept)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"budget": "1.005"}, "budget"),
        ({"budget": "-1"}, "budget"),
        ({"budget": "NaN"}, "budget"),
        ({"actual": "10000000000"}, "actual"),
        ({"need_ids": [str(uuid4())]}, "need_ids"),
        ({"decision_id": str(uuid4())}, "decision_id"),
        ({"council_id": str(uuid4())}, "council_id"),
        ({"starts_on": "2026-02-01", "ends_on": "2026-01-31"}, "ends_on"),
        ({"partners": [{"actor_id": str(uuid4())}]}, "partners.0.part"),
        ({"status": "done"}, "status"),
    ],
)
async def test_what_does_not_fit_is_blamed_on_its_field(
    councils: Signed, more: Body, field: str
) -> None:
    refused = await councils.post("/initiatives", an_initiative(**more))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


async def test_partners_have_their_parts_and_are_found(councils: Signed) -> None:
    lead, partner = str(uuid4()), str(uuid4())
    part = {"actor_id": partner, "part": "Lokaler och maskiner", "leads": False}
    shared = {"partners": [part]}
    made = await councils.made("/initiatives", an_initiative(lead_actor_id=lead, **shared))
    assert made["partners"] == shared["partners"]
    await councils.made("/initiatives", an_initiative())
    for actor in (lead, partner):
        found = (await councils.get(f"/initiatives?actor_id={actor}")).json()["items"]
        assert [initiative["id"] for initiative in found] == [made["id"]]
    itself = an_initiative(lead_actor_id=partner, **shared)
    refused = await councils.post("/initiatives", itself)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "partners")


@pytest.mark.parametrize("kind", ["workplace_learning", "study_visit"])
async def test_what_readies_pupils_for_working_life_is_found_by_its_kind(
    councils: Signed, kind: str
) -> None:
    made = await councils.made("/initiatives", an_initiative(kind=kind))
    await councils.made("/initiatives", an_initiative(kind="other"))
    found = (await councils.get(f"/initiatives?kind={kind}")).json()["items"]
    assert [one["id"] for one in found] == [made["id"]]


async def test_several_actors_lead_an_initiative_together(councils: Signed) -> None:
    first, second, third = (str(uuid4()) for _ in range(3))
    part = {"part": "Leder tillsammans"}
    partners = [{"actor_id": second, "leads": True} | part, {"actor_id": third} | part]
    made = await councils.made(
        "/initiatives", an_initiative(lead_actor_id=first, partners=partners)
    )
    for actor, leads in ((first, True), (second, True), (third, False)):
        found = (await councils.get(f"/initiatives?lead_actor_id={actor}")).json()["items"]
        assert [one["id"] for one in found] == ([made["id"]] if leads else [])
        left = (await councils.get(f"/actor-consequences?actor_id={actor}")).json()
        kind, other = ("initiatives", "partnerships")[:: 1 if leads else -1]
        assert ([one["id"] for one in left[kind]], left[other]) == ([made["id"]], [])
        assert (left[kind][0]["shared"], left[kind][0]["actor_ids"]) == (True, [actor])


async def test_steps_show_what_is_left(councils: Signed) -> None:
    made = await councils.made("/initiatives", an_initiative())
    step = {"initiative_id": made["id"], "title": "Kursplan", "due_on": "2026-02-01"}
    first = await councils.made("/steps", step)
    await councils.made("/steps", step | {"title": "Lokal", "position": 1, "due_on": "2026-03-01"})
    url = f"/initiatives/{made['id']}"
    before = (await councils.get(url)).json()
    assert (before["step_count"], before["open_step_count"]) == (2, 2)
    assert before["next_due_on"] == "2026-02-01"
    await councils.put(f"/steps/{first['id']}", step | {"done_on": "2026-01-30"}, version=1)
    after = (await councils.get(url)).json()
    assert (after["open_step_count"], after["next_due_on"]) == (1, "2026-03-01")
    early = await councils.post("/steps", step | {"done_on": "2199-01-01"})
    error = early.json()["errors"][0]
    assert (early.status_code, error["field"], error["code"]) == (422, "done_on", "in_the_future")
    left = (await councils.get(f"{url}/steps?done=false")).json()["items"]
    assert [found["title"] for found in left] == ["Lokal"]
    await councils.made(f"{url}/stop", {"closed_on": "2026-03-02", "reason": "Tid"})
    late = await councils.post("/steps", step)
    error = late.json()["errors"][0]
    assert (late.status_code, error["field"], error["code"]) == (409, "initiative_id", "closed")
    settled = step | {"title": "Lokal", "done_on": "2026-03-01"}
    assert (await councils.put(f"/steps/{left[0]['id']}", settled, version=1)).is_success
    assert (await councils.delete(url, version=2)).status_code == 409


async def test_a_municipality_writes_its_own_and_nothing_else(councils: Signed) -> None:
    tibro, other = councils.by(key_of("1472")), councils.by(key_of("1499"))
    need = await tibro.made("/needs", a_need(municipality_codes=["1472"]))
    assert need["reported_by"] == "1472"
    url = f"/needs/{need['id']}"
    assert (await other.get(url)).status_code == 404
    assert (await other.put(url, a_need(), version=1)).status_code == 404
    assert (await other.post(f"{url}/drop", {"reason": "Nej"})).status_code == 404
    shared = await councils.made("/needs", a_need(municipality_codes=["1499"], reported_by="1472"))
    assert (await other.get(f"/needs/{shared['id']}")).status_code == 200
    assert (await other.delete(f"/needs/{shared['id']}", version=1)).status_code == 404
    assert len((await other.get("/needs")).json()["items"]) == 1
    named = await other.post("/needs", a_need(reported_by="1472"))
    assert (named.status_code, named.json()["errors"][0]["field"]) == (422, "reported_by")
    stolen = {"from_ids": [need["id"]], "into": a_need()}
    refused = await other.post("/needs/merge", stolen)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "from_ids")
    unseen = await other.post("/initiatives", an_initiative(need_ids=[need["id"]]))
    assert (unseen.status_code, unseen.json()["errors"][0]["field"]) == (422, "need_ids")


async def test_a_municipality_keeps_links_it_cannot_see(councils: Signed) -> None:
    interview = await new_interview(councils)
    said = {"question_key": "education_missing", "gap": "Träteknisk utbildning saknas"}
    answer = (await typed(councils, interview, said))["saved"][0]
    body = a_need(reported_by="1472", answer_ids=[answer["id"]])
    need = await councils.made("/needs", body)
    tibro = councils.by(key_of("1472"))
    kept = await tibro.put(f"/needs/{need['id']}", body | {"urgency": "high"}, version=1)
    assert (kept.status_code, kept.json()["answer_ids"]) == (200, [answer["id"]])
    guessed = await tibro.post("/needs", a_need(answer_ids=[answer["id"]]))
    assert (guessed.status_code, guessed.json()["errors"][0]["field"]) == (422, "answer_ids")


async def test_what_belongs_to_an_initiative_follows_its_municipality(councils: Signed) -> None:
    tibro, other = councils.by(key_of("1472")), councils.by(key_of("1499"))
    made = await tibro.made("/initiatives", an_initiative())
    await tibro.made(f"/initiatives/{made['id']}/decide", DECIDED)
    assert (await other.get(f"/initiatives/{made['id']}")).json()["reported_by"] == "1472"
    step = {"initiative_id": made["id"], "title": "Kursplan"}
    assert (await tibro.post("/steps", step)).status_code == 201
    assert (await tibro.post("/outcomes", an_outcome(made))).status_code == 201
    for refused in (
        await other.post("/steps", step),
        await other.post("/outcomes", an_outcome(made)),
    ):
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "initiative_id")
    assert (await other.post(f"/initiatives/{made['id']}/decide", DECIDED)).status_code == 404
    checklist = await councils.made("/checklist-templates/default", None)
    body = {"checklist_template_id": checklist["id"], "initiative_id": made["id"]}
    assert (await tibro.post("/checklists", body)).status_code == 403


async def test_members_see_their_councils_initiatives_with_all_below(councils: Signed) -> None:
    council, post = await new_council(councils), uuid4()
    seat = {"council_id": council["id"], "actor_id": str(uuid4()), "post_id": str(post)}
    await councils.made("/seats", seat | {"valid_from": "2020-01-01"})
    mine = await decided_initiative(councils, council_id=council["id"])
    theirs = await decided_initiative(councils)
    for made in (mine, theirs):
        await councils.made("/outcomes", an_outcome(made))
        await councils.made("/steps", {"initiative_id": made["id"], "title": "Kursplan"})
    member = councils.by(replace(MEMBER, post_ids=(post,)))
    assert [i["id"] for i in (await member.get("/initiatives")).json()["items"]] == [mine["id"]]
    for path in ("/outcomes", "/steps"):
        found = (await member.get(path)).json()["items"]
        assert [thing["initiative_id"] for thing in found] == [mine["id"]]
        assert len((await councils.by(READER).get(path)).json()["items"]) == 2
    assert (await member.post("/initiatives", an_initiative())).status_code == 403


async def test_an_outcome_has_happened_and_says_what_it_measures(councils: Signed) -> None:
    made = await decided_initiative(councils)
    ahead = await councils.post("/outcomes", an_outcome(made, happened_on="2199-01-01"))
    assert (ahead.status_code, ahead.json()["errors"][0]["field"]) == (422, "happened_on")
    bare = await councils.post("/outcomes", an_outcome(made, before="10"))
    assert (bare.status_code, bare.json()["errors"][0]["field"]) == (422, "measure")
    unknown = await councils.post("/outcomes", an_outcome(made, need_ids=[str(uuid4())]))
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "need_ids")
    measured = an_outcome(made, measure="Sökande till utbildningen", before="10", after="31.5")
    stored = await councils.made("/outcomes", measured)
    assert (stored["before"], stored["after"]) == ("10", "31.5")


async def test_how_many_were_employed_is_unknown_until_an_outcome_says_it(
    councils: Signed,
) -> None:
    initiative = await running(councils)
    told = []
    for employed in (None, 0, 3):
        await councils.made("/outcomes", an_outcome(initiative, persons_employed=employed))
        found = (await councils.get(f"/initiatives/{initiative['id']}")).json()
        told.append(found["persons_employed"])
    assert told == [None, 0, 3]


async def test_a_finished_initiative_keeps_what_it_is_done_by(councils: Signed) -> None:
    done, other = await running(councils), await running(councils)
    url = f"/initiatives/{done['id']}"
    only = await councils.made("/outcomes", an_outcome(done))
    await councils.made(f"{url}/finish", {"closed_on": only["happened_on"]})
    address, version = f"/outcomes/{only['id']}", only["version"]
    refused = await councils.delete(address, version=version)
    assert blamed(refused) == (409, "id", "only_outcome")
    moved = await councils.put(address, an_outcome(other), version=version)
    assert blamed(moved) == (409, "initiative_id", "only_outcome")
    await councils.made("/outcomes", an_outcome(done))
    assert (await councils.delete(address, version=version)).status_code == 204
    (left,) = (await councils.get(f"{url}/outcomes")).json()["items"]
    await councils.made(f"{url}/resume", None)
    address = f"/outcomes/{left['id']}"
    assert (await councils.delete(address, version=left["version"])).status_code == 204


async def test_nothing_new_is_done_about_a_need_that_lives_no_more(councils: Signed) -> None:
    needs = [await councils.made("/needs", a_need()) for _ in range(3)]
    dropped, merged, living = (need["id"] for need in needs)
    body = an_initiative(need_ids=[dropped])
    made = await councils.made("/initiatives", body)
    await councils.made(f"/needs/{dropped}/drop", {"reason": "Exempel"})
    await councils.made("/needs/merge", {"from_ids": [merged], "into_id": living})
    for gone, why in ((dropped, "dropped"), (merged, "merged")):
        for caller in (councils, councils.by(key_of("1472"))):
            refused = await caller.post("/initiatives", an_initiative(need_ids=[gone]))
            assert blamed(refused) == (422, "need_ids", why)
    assert living not in refused.text, "a key may not know of the one that it lives on as"
    meeting = await meeting_in(councils)
    decided = await councils.made("/decisions", a_decision(meeting, need_ids=[living]))
    await councils.made(f"/needs/{living}/drop", {"reason": "Exempel"})
    told = an_initiative(need_ids=[living], decision_id=decided["id"])
    await councils.made("/initiatives", told)
    kept = await councils.put(f"/initiatives/{made['id']}", body, version=made["version"])
    assert kept.status_code == 200, "what it is about already may stay"
    await councils.made(f"/initiatives/{made['id']}/decide", DECIDED)
    await councils.made("/outcomes", an_outcome(made, need_ids=[dropped]))
