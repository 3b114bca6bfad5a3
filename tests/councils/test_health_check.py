"""Health checks: eight criteria that never change, judged with evidence, time after time."""

import hashlib

from services.councils.health_check.criteria import EDITIONS
from tests.callers import MEMBER, READER, Signed, municipality, somebody
from tests.councils.builders import blamed, council_in, day

# Of what is published. A criterion with other words is of another edition: add it here beside.
PUBLISHED = {1: "c6f310f8ebad094e"}


def test_published_criteria_never_change() -> None:
    for edition in EDITIONS:
        told = hashlib.sha256(edition.model_dump_json().encode()).hexdigest()[:16]
        assert PUBLISHED[edition.edition] == told
        keys = [one.key for one in edition.criteria]
        assert len(set(keys)) == len(keys) == 8
        assert all(one.source.startswith("Slutrapport") for one in edition.criteria)


def found(criterion: str = "gain", judgement: str = "holds", **more: object) -> dict[str, object]:
    """What was found of a criterion, with evidence."""
    return {"criterion": criterion, "judgement": judgement, "evidence": "Exempel: enkät"} | more


async def test_a_council_looks_again_and_what_is_to_be_done_is_begun(councils: Signed) -> None:
    council, post = await council_in(councils), somebody()
    todo = {"todo": "Fråga de nya", "owner_post_id": post, "due_on": day(20)}
    said = {"council_id": council["id"], "reviewed_on": day(-40), "next_review_on": day(-5)}
    said |= {"findings": [found("norms", "partly", **todo), found()]}
    first = await councils.made("/health-checks", said)
    assert [one["criterion"] for one in first["findings"]] == [
        one.key for one in EDITIONS[-1].criteria
    ], "every criterion, in its order"
    assert [one["judgement"] for one in first["findings"]].count("not_judged") == 6
    norms = first["findings"][-1]
    assert (norms["todo"], norms["owner_post_id"], norms["due_on"]) == (None, None, None)
    item = (await councils.get(f"/action-items/{norms['action_item_id']}")).json()
    assert (item["text"], item["owner_post_id"], item["due_on"]) == ("Fråga de nya", post, day(20))
    assert item["council_id"] == council["id"]
    assert first["overdue"] is True
    url = f"/health-checks/{first['id']}"
    for days, overdue in ((-5, False), (-4, True), (0, True)):
        then = (await councils.get(f"{url}?as_of={day(days)}")).json()
        assert then["overdue"] is overdue, days
    kept = said | {"findings": first["findings"], "note": "Rättat"}
    again = await councils.put(url, kept, version=1)
    assert again.json()["findings"] == first["findings"], "nothing is begun twice"
    assert len((await councils.get("/action-items")).json()["items"]) == 1
    twice = await councils.post("/health-checks", said)
    assert blamed(twice) == (409, "reviewed_on", "taken")
    await councils.made("/health-checks", said | {"reviewed_on": day(-2), "next_review_on": None})
    assert (await councils.get(url)).json()["overdue"] is False, "it looked again"
    listed = (await councils.get(f"/health-checks?overdue=true&as_of={day(-3)}")).json()["items"]
    assert [one["id"] for one in listed] == [first["id"]]


async def test_what_is_judged_has_evidence_by_criteria_that_there_are(councils: Signed) -> None:
    council, other = await council_in(councils), await council_in(councils)
    todo = {"council_id": other["id"], "text": "Ring"}
    foreign = (await councils.made("/action-items", todo))["id"]
    said = {"council_id": council["id"], "reviewed_on": day(0)}
    for findings, wrong in (
        ([found(evidence=None)], ("findings.0.evidence", "missing")),
        ([found(), found("luck")], ("findings.1.criterion", "unknown_point")),
        ([found(due_on=day(3))], ("findings.0.todo", "missing")),
        ([{"criterion": "gain"}], ("findings.0.judgement", "nothing_judged")),
        ([found(), found()], ("findings", "repeated")),
        ([found(action_item_id=foreign)], ("findings.0.action_item_id", "unknown_reference")),
    ):
        answer = await councils.post("/health-checks", said | {"findings": findings})
        assert blamed(answer) == (422, *wrong)
    for more, wrong in (
        ({"reviewed_on": day(1)}, ("reviewed_on", "in_the_future")),
        ({"next_review_on": day(0)}, ("next_review_on", "too_early")),
        ({"edition": 99}, ("edition", "unknown_reference")),
    ):
        answer = await councils.post("/health-checks", said | {"findings": [found()]} | more)
        assert blamed(answer) == (422, *wrong)
    made = await councils.made("/health-checks", said | {"findings": [found()]})
    sent = said | {"findings": [found()], "council_id": other["id"]}
    moved = await councils.put(f"/health-checks/{made['id']}", sent, version=1)
    assert blamed(moved) == (422, "council_id", "fixed")


async def test_who_may_read_and_write_health_checks(councils: Signed) -> None:
    council = await council_in(councils)
    said = {"council_id": council["id"], "reviewed_on": day(-1), "findings": [found()]}
    made = await councils.made("/health-checks", said | {"next_review_on": day(0)})
    for caller in (READER, MEMBER, municipality("1472", "read", "write")):
        assert (await councils.by(caller).post("/health-checks", said)).status_code == 403
    criteria = (await councils.by(READER).get("/health-criteria")).json()["items"]
    assert len(criteria[0]["criteria"]) == 8
    assert (await councils.by(READER).get(f"/health-checks/{made['id']}")).status_code == 200
    assert (await councils.by(MEMBER).get(f"/health-checks/{made['id']}")).status_code == 404
    await councils.made(
        f"/councils/{council['id']}/close", {"closed_on": day(0), "reason": "other"}
    )
    late = await councils.post("/health-checks", said | {"reviewed_on": day(0)})
    assert blamed(late) == (409, "council_id", "closed")
    assert (await councils.delete(f"/health-checks/{made['id']}", version=1)).status_code == 204
