"""Links to needs: a key learns by no other thing of a need that it may not know of."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.kit.identity import Caller
from tests.callers import ASSOCIATION, LEADER, MEMBER, READER, Signed, municipality
from tests.councils.builders import a_decision, a_seat, council_in, day, meeting_in
from tests.councils.test_direction import STRATEGIC
from tests.councils.test_escalation import lifted
from tests.councils.test_fast_track import a_fast_track
from tests.councils.work import a_need, an_initiative, an_outcome, decided_initiative

Thing = dict[str, Any]
TIBRO, SKARA = municipality("1472"), municipality("1495")
SECRET = "Tibro söker hemliga snickare"
PATHS = (
    "agenda-items", "decisions", "initiatives", "outcomes", "steps", "checklists", "directions",
    "escalations",
)  # fmt: skip


@pytest.fixture
async def told(councils: Signed) -> dict[str, Thing]:
    """Of each kind: things of a need in Tibro, of that and one in Skara, and of none."""
    others = {"council_id": (await council_in(councils))["id"]}
    tibro = await councils.made("/needs", a_need(statement=SECRET, **others))
    skara = await councils.made("/needs", a_need(municipality_codes=["1495"], **others))
    forum = await council_in(councils, **STRATEGIC)
    meeting = await meeting_in(councils, forum)
    template = await councils.made("/checklist-templates/default", None)
    made = {"tibro": tibro, "skara": skara, "meeting": meeting}
    kinds = {"one": [tibro], "both": [tibro, skara], "none": []}
    for kind, needs in kinds.items():
        named: dict[str, Any] = {"need_ids": [need["id"] for need in needs]}
        item = {"meeting_id": meeting["id"], "title": SECRET, "kind": "discussion"} | named
        point = made[f"agenda-items {kind}"] = await councils.made("/agenda-items", item)
        decision = a_decision(meeting, text=SECRET, agenda_item_id=point["id"], **named)
        made[f"decisions {kind}"] = await councils.made("/decisions", decision)
        priorities = [
            {"text": f"{SECRET} {place}", "need_ids": [need["id"]]}
            for place, need in enumerate(needs)
        ]
        at = {"decision_id": made[f"decisions {kind}"]["id"], "priorities": priorities}
        asks = {"title": SECRET, "text": SECRET, "horizon": "long", "answer_by": day(9)}
        asks |= at | {"council_ids": [others["council_id"]]}
        made[f"directions {kind}"] = await councils.made("/directions", asks)
        raised = lifted({"id": others["council_id"]}, forum, title=SECRET, **named)
        made[f"escalations {kind}"] = await councils.made("/escalations", raised)
        body = {"title": SECRET, "council_id": meeting["council_id"]} | named
        initiative = await decided_initiative(councils, **body)
        made[f"initiatives {kind}"] = initiative
        outcome = an_outcome(initiative, change=SECRET, **named)
        made[f"outcomes {kind}"] = await councils.made("/outcomes", outcome)
        step = {"initiative_id": initiative["id"], "title": SECRET}
        made[f"steps {kind}"] = await councils.made("/steps", step)
        listed = {"checklist_template_id": template["id"], "initiative_id": initiative["id"]}
        made[f"checklists {kind}"] = await councils.made("/checklists", listed)
    return made


async def whole_feed(councils: Signed) -> list[Thing]:
    events: list[Thing] = (await councils.get("/feed?limit=1000")).json()["events"]
    return events


@pytest.mark.parametrize("caller", [TIBRO, SKARA, LEADER, READER, ASSOCIATION], ids=str)
async def test_no_path_tells_of_a_need_that_the_caller_may_not_know_of(
    councils: Signed, told: dict[str, Thing], caller: Caller
) -> None:
    theirs = councils.by(caller)
    seen = {one["id"] for one in (await theirs.get("/needs")).json()["items"]}
    assert (told["tibro"]["id"] in seen) == (caller is not SKARA)
    for name, thing in told.items():
        path, _, kind = name.partition(" ")
        if path not in PATHS:
            continue
        hidden = kind == "one" and caller is SKARA
        one = await theirs.get(f"/{path}/{thing['id']}")
        assert one.status_code == (404 if hidden else 200), name
        listed = (await theirs.get(f"/{path}?count=true")).json()
        assert (thing["id"] in {item["id"] for item in listed["items"]}) != hidden, name
        assert listed["count"] == (2 if caller is SKARA else 3), name
        file = await theirs.get(f"/{path}", headers={"Accept": "text/csv"})
        assert (thing["id"] in file.text) != hidden, name
        assert told["tibro"]["id"] in seen or told["tibro"]["id"] not in file.text, name
        for item in [*listed["items"], *([] if hidden else [one.json()])]:
            assert set(item.get("need_ids", ())) <= seen, name
    assert (await theirs.get("/initiatives?q=hemliga")).json()["items"] != []


@pytest.mark.parametrize("reported_by", [None, "1472", "1495"])
async def test_a_need_of_the_whole_region_is_for_every_key_unless_another_municipality_reported_it(
    councils: Signed, reported_by: str | None
) -> None:
    everywhere = a_need(municipality_codes=[], reported_by=reported_by)
    need = await councils.made("/needs", everywhere)
    about = await councils.made("/initiatives", an_initiative(need_ids=[need["id"]]))
    seen, skara = reported_by != "1472", councils.by(SKARA)
    for address in (f"/needs/{need['id']}", f"/initiatives/{about['id']}"):
        assert (await skara.get(address)).status_code == (200 if seen else 404), address
    wrote = await skara.put(f"/needs/{need['id']}", everywhere, version=1)
    assert wrote.status_code == (200 if reported_by == "1495" else 404)


async def test_nor_does_the_feed(councils: Signed, told: dict[str, Thing]) -> None:
    everything = await whole_feed(councils.by(ASSOCIATION))
    told_skara = await whole_feed(councils.by(SKARA))
    keys = {event["key"] for event in told_skara}
    hidden = {thing["id"] for name, thing in told.items() if name.endswith(" one")}
    assert hidden <= {event["key"] for event in everything}
    assert not hidden & keys
    assert told["tibro"]["id"] not in str(told_skara)
    both = [event for event in told_skara if event["key"] == told["initiatives both"]["id"]]
    assert both[0]["data"]["need_ids"] == [told["skara"]["id"]]


async def test_a_copy_learns_what_it_may_not_know_of_any_more(councils: Signed) -> None:
    skara, here = councils.by(SKARA), a_need(municipality_codes=["1495"])
    need = await councils.made("/needs", here)
    initiative = await councils.made("/initiatives", an_initiative(title=SECRET))
    before = await whole_feed(skara)
    assert {event["verb"] for event in before if event["data"]} == {"created"}
    secret = a_need(statement=SECRET)
    assert (await councils.put(f"/needs/{need['id']}", secret, version=1)).status_code == 200
    about = an_initiative(title=SECRET, need_ids=[need["id"]])
    url = f"/initiatives/{initiative['id']}"
    assert (await councils.put(url, about, version=1)).status_code == 200
    assert (await skara.get(url)).status_code == 404
    ids = (need["id"], initiative["id"])
    told = [event for event in await whole_feed(skara) if event["key"] in ids]
    assert [(event["key"], event["verb"], event["data"]) for event in told] == [
        (one, "removed", None) for one in ids * 2
    ], "those who follow and those who begin now have neither"
    back = await councils.put(f"/needs/{need['id']}", here, version=2)
    assert back.status_code == 200
    now = [event for event in await whole_feed(skara) if event["key"] == need["id"]]
    assert [event["verb"] for event in now] == ["created", "removed", "changed"]
    assert now[-1]["data"]["municipality_codes"] == ["1495"]


async def test_a_key_keeps_its_own_initiative_and_the_links_that_it_does_not_see(
    councils: Signed, told: dict[str, Thing]
) -> None:
    skara, (tibro, own) = councils.by(SKARA), (told["tibro"]["id"], told["skara"]["id"])
    url = f"/initiatives/{(await skara.made('/initiatives', an_initiative()))['id']}"
    body = an_initiative(reported_by="1495", need_ids=[tibro])
    await councils.put(url, body, version=1)
    assert (await skara.get(url)).json()["need_ids"] == []
    put = await skara.put(url, an_initiative(need_ids=[own]), version=2)
    assert (put.status_code, put.json()["need_ids"]) == (200, [own])
    assert (await councils.get(url)).json()["need_ids"] == [own, tibro]
    refused = await skara.post("/initiatives", an_initiative(need_ids=[tibro]))
    assert refused.json()["errors"][0]["code"] == "unknown_reference"


async def test_who_says_nothing_of_needs_means_those_of_the_initiative_and_of_the_point(
    councils: Signed, told: dict[str, Thing]
) -> None:
    both = [told["tibro"]["id"], told["skara"]["id"]]
    body = an_outcome(told["initiatives both"])
    assert "need_ids" not in body
    made = await councils.made("/outcomes", body)
    assert made["need_ids"] == both
    none = await councils.put(f"/outcomes/{made['id']}", body | {"need_ids": []}, version=1)
    assert none.json()["need_ids"] == []
    again = await councils.put(f"/outcomes/{made['id']}", body, version=2)
    assert again.json()["need_ids"] == both
    point = {"agenda_item_id": told["agenda-items both"]["id"]}
    decision = a_decision(told["meeting"], **point)
    assert (await councils.made("/decisions", decision))["need_ids"] == both
    assert (await councils.made("/decisions", decision | {"need_ids": []}))["need_ids"] == []


async def test_an_outcome_keeps_its_links_too(councils: Signed, told: dict[str, Thing]) -> None:
    skara = councils.by(SKARA)
    initiative = await decided_initiative(skara)
    outcome = await councils.made(
        "/outcomes", an_outcome(initiative, need_ids=[told["tibro"]["id"]])
    )
    put = await skara.put(f"/outcomes/{outcome['id']}", an_outcome(initiative), version=1)
    assert (put.status_code, put.json()["need_ids"]) == (200, [])
    kept = (await councils.get(f"/outcomes/{outcome['id']}")).json()
    assert kept["need_ids"] == [told["tibro"]["id"]]


async def test_parts_and_heirs_are_links_too(councils: Signed) -> None:
    whole = await councils.made("/needs", a_need(municipality_codes=["1472", "1495"]))
    parts = [a_need(municipality_codes=["1472"]), a_need(municipality_codes=["1495"])]
    await councils.made(f"/needs/{whole['id']}/split", {"parts": parts})
    mine = (await councils.by(SKARA).get(f"/needs/{whole['id']}")).json()["split_into_ids"]
    all_ = (await councils.get(f"/needs/{whole['id']}")).json()["split_into_ids"]
    assert (len(mine), len(all_)) == (1, 2)
    merged = await councils.made("/needs", a_need(municipality_codes=["1495"]))
    into = a_need(municipality_codes=["1472"])
    living = await councils.made("/needs/merge", {"from_ids": [merged["id"]], "into": into})
    assert (await councils.get(f"/needs/{merged['id']}")).json()["merged_into_id"] == living["id"]


async def test_a_signal_is_told_with_its_need(councils: Signed) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track(municipality_codes=["1472"]))
    for caller, status in ((LEADER, 200), (TIBRO, 200), (SKARA, 404)):
        theirs = councils.by(caller)
        clock = await theirs.get(f"/councils/{made['council_id']}/clock")
        signals = (await theirs.get("/shortage-signals")).json()["items"]
        assert (clock.status_code, len(signals)) == (status, int(status == 200))


async def test_a_member_keeps_what_its_council_dealt_with_without_others_ids(
    councils: Signed, told: dict[str, Thing]
) -> None:
    council = (await councils.get(f"/councils/{told['meeting']['council_id']}")).json()
    post = str(uuid4())
    await councils.made("/seats", a_seat(council, post_id=post))
    member = councils.by(replace(MEMBER, post_ids=(UUID(post),)))
    for path in ("agenda-items", "decisions", "initiatives", "outcomes"):
        found = (await member.get(f"/{path}/{told[f'{path} one']['id']}")).json()
        assert found["need_ids"] == [], path


@pytest.mark.parametrize("decided", [True, False])
async def test_a_key_is_told_of_anothers_hidden_initiative_what_it_is_told_of_none(
    councils: Signed, *, decided: bool
) -> None:
    """Neither its status nor the day that it began shows in what is refused."""
    tibro, skara, nowhere = councils.by(TIBRO), councils.by(SKARA), str(uuid4())
    need = await tibro.made("/needs", a_need(reported_by="1472"))
    hidden = await tibro.made("/initiatives", an_initiative(need_ids=[need["id"]]))
    mine = await skara.made("/initiatives", an_initiative())
    for one, by in ((hidden, tibro), (mine, skara)):
        if decided or one is mine:
            day = {"decided_on": "2026-02-01"}
            await by.made(f"/initiatives/{one['id']}/decide", day)
    own = await skara.made("/outcomes", an_outcome(mine))
    step = {"title": "Kursplan"}
    for path, body in (
        ("/steps", step),
        ("/steps", {"title": ""}),
        ("/outcomes", an_outcome(mine)),
        ("/outcomes", an_outcome(mine, change="")),
        ("/outcomes", an_outcome(mine, happened_on="2026-01-01")),
        (f"/outcomes/{own['id']}", an_outcome(mine)),
    ):
        answers = []
        for one in (hidden["id"], nowhere):
            sent = body | {"initiative_id": one}
            if own["id"] in path:
                told = await skara.put(path, sent, version=own["version"])
            else:
                told = await skara.post(path, sent)
            assert told.status_code == 422, path
            answers.append((told.json()["detail"], told.json()["errors"]))
        as_hidden, as_none = answers
        assert str(as_hidden).replace(hidden["id"], nowhere) == str(as_none), path
        named = {(one["field"], one["code"]) for one in as_none[1]}
        assert ("initiative_id", "unknown_reference") in named, path
