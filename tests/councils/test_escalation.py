"""Escalations: what a council cannot see to itself is lifted to a higher level, and answered."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.callers import ASSOCIATION, LEADER, MEMBER, READER, Signed, municipality
from tests.councils.builders import a_seat, blamed, council_in, day, somebody
from tests.councils.test_direction import STRATEGIC, a_direction, decided_in
from tests.councils.work import a_need

Thing = dict[str, Any]


def lifted(council: Thing, asked: Thing, **more: Any) -> Thing:
    """An obstacle, lifted ten days ago."""
    body = {"council_id": council["id"], "to_council_id": asked["id"], "kind": "obstacle"}
    body |= {"title": "Bussen går inte", "text": "Eleverna kommer inte till skolan"}
    return body | {"raised_on": day(-10), "answer_by": day(7)} | more


def a_reply(**more: Any) -> Thing:
    """It is taken up today."""
    said = {"answer": "taken_up", "answer_text": "Vi tar det med trafikbolaget"}
    return said | {"answered_on": day(0)} | more


async def both_in(councils: Signed) -> tuple[Thing, Thing]:
    """A council, and a strategic one."""
    return await council_in(councils), await council_in(councils, **STRATEGIC)


async def test_an_escalation_waits_is_late_and_is_answered_by_the_day(councils: Signed) -> None:
    council, forum = await both_in(councils)
    made = await councils.made("/escalations", lifted(council, forum, answer_by=day(-3)))
    url = f"/escalations/{made['id']}"
    assert (made["state"], made["answer"], made["earlier_answers"]) == ("overdue", None, [])
    assert (await councils.get(f"{url}?as_of={day(-4)}")).json()["state"] == "open"
    done = await councils.made(f"{url}/answer", a_reply(answered_on=day(-1)))
    assert (done["state"], done["answer"]) == ("answered", "taken_up")
    assert (await councils.get(f"{url}?as_of={day(-2)}")).json()["state"] == "overdue"
    no = await councils.made(f"{url}/answer", a_reply(answer="declined", answer_text="Nej"))
    (before,) = no["earlier_answers"]
    said = {"answer": "taken_up", "text": "Vi tar det med trafikbolaget", "answered_on": day(-1)}
    assert said.items() <= before.items()
    late = await councils.post(
        f"{url}/answer", a_reply(), headers={"If-Match": f'"v{done["version"]}"'}
    )
    assert late.status_code == 412, "somebody answered meanwhile"


async def test_lists_are_narrowed_by_either_side_state_and_time(councils: Signed) -> None:
    council, forum = await both_in(councils)
    late = await councils.made("/escalations", lifted(council, forum, answer_by=day(-1)))
    soon = await councils.made("/escalations", lifted(council, forum, kind="mandate"))
    for query, wanted in {
        f"council_id={council['id']}": [late, soon],
        f"to_council_id={forum['id']}": [late, soon],
        f"to_council_id={council['id']}": [],
        f"state=overdue&council_id={council['id']}": [late],
        f"answer_until={day(0)}&council_id={council['id']}": [late],
        f"kind=mandate&council_id={council['id']}": [soon],
        f"as_of={day(-11)}&council_id={council['id']}": [],
        f"q=bussen&council_id={council['id']}": [late, soon],
        f"answer=declined&council_id={council['id']}": [],
    }.items():
        items = (await councils.get(f"/escalations?{query}")).json()["items"]
        assert [item["id"] for item in items] == [item["id"] for item in wanted], query


LEVELS = ("operative", "bridging", "strategic")


@pytest.mark.parametrize("to", LEVELS)
@pytest.mark.parametrize("level", LEVELS)
async def test_it_goes_upward_only(councils: Signed, level: str, to: str) -> None:
    council, asked = await council_in(councils, level=level), await council_in(councils, level=to)
    answer = await councils.post("/escalations", lifted(council, asked))
    if LEVELS.index(to) > LEVELS.index(level):
        assert answer.status_code == 201
    else:
        assert blamed(answer) == (422, "to_council_id", "not_higher")


async def test_days_and_needs_are_those_that_can_be(councils: Signed) -> None:
    council, forum = await both_in(councils)
    gone = await councils.made("/needs", a_need())
    await councils.made(f"/needs/{gone['id']}/drop", {"reason": "Inget"})
    for more, told in (
        ({"raised_on": day(1)}, ("raised_on", "in_the_future")),
        ({"answer_by": day(-11)}, ("answer_by", "too_early")),
        ({"need_ids": [str(uuid4())]}, ("need_ids", "unknown_reference")),
        ({"need_ids": [gone["id"]]}, ("need_ids", "dropped")),
        ({"to_council_id": str(uuid4())}, ("to_council_id", "unknown_reference")),
    ):
        refused = await councils.post("/escalations", lifted(council, forum, **more))
        assert blamed(refused) == (422, *told)


async def test_a_closed_council_lifts_and_is_asked_nothing_new(councils: Signed) -> None:
    council, forum = await both_in(councils)
    made = await councils.made("/escalations", lifted(council, forum))
    url = f"/escalations/{made['id']}"
    closed = {"closed_on": day(0), "reason": "other"}
    await councils.made(f"/councils/{forum['id']}/close", closed)
    assert (await councils.get(url)).json()["state"] == "lapsed"
    refused = await councils.post("/escalations", lifted(council, forum))
    assert blamed(refused) == (409, "to_council_id", "closed")
    assert blamed(await councils.post(f"{url}/answer", a_reply())) == (409, "answer", "closed")
    other = await council_in(councils, **STRATEGIC)
    moved = await councils.put(url, lifted(council, other), version=1)
    assert (moved.status_code, moved.json()["state"]) == (200, "open"), "somebody else is asked"
    done = await councils.made(f"{url}/answer", a_reply())
    await councils.made(f"/councils/{council['id']}/close", closed)
    assert (await councils.get(url)).json()["answer_text"] == done["answer_text"]
    assert (await councils.get(url)).json()["state"] == "answered"
    refused = await councils.post("/escalations", lifted(council, other))
    assert blamed(refused) == (409, "council_id", "closed")


async def test_who_answered_stays_asked_and_the_question_comes_first(councils: Signed) -> None:
    council, forum = await both_in(councils)
    other = await council_in(councils, **STRATEGIC)
    made = await councils.made("/escalations", lifted(council, forum))
    url = f"/escalations/{made['id']}"
    for more, told in (
        ({"answered_on": day(1)}, ("answered_on", "in_the_future")),
        ({"answered_on": day(-11)}, ("answered_on", "too_early")),
        ({"answer_text": " "}, ("answer_text", "string_too_short")),
    ):
        assert blamed(await councils.post(f"{url}/answer", a_reply(**more))) == (422, *told)
    done = await councils.made(f"{url}/answer", a_reply(answered_on=day(-5)))
    moved = await councils.put(url, lifted(council, other), version=done["version"])
    assert blamed(moved) == (409, "to_council_id", "has_answered")
    later = lifted(council, forum, raised_on=day(-2))
    assert blamed(await councils.put(url, later, version=done["version"])) == (
        422, "raised_on", "too_late",
    )  # fmt: skip
    from_other = lifted(other, forum)
    assert blamed(await councils.put(url, from_other, version=done["version"])) == (
        422, "council_id", "fixed",
    )  # fmt: skip
    gone = await councils.delete(url, version=done["version"])
    assert blamed(gone) == (409, "answer", "has_answered")
    kept = await councils.put(url, lifted(council, forum, title="B"), version=done["version"])
    assert (kept.json()["title"], kept.json()["answer"]) == ("B", "taken_up")


async def test_an_answer_leads_to_what_the_one_asked_decided(councils: Signed) -> None:
    council, forum = await both_in(councils)
    made = await councils.made("/escalations", lifted(council, forum))
    url = f"/escalations/{made['id']}/answer"
    own, others = await decided_in(councils, forum), await decided_in(councils, council)
    direction = await councils.made("/directions", await a_direction(councils, council))
    for field, thing in (("decision_id", others), ("direction_id", direction)):
        refused = await councils.post(url, a_reply() | {field: thing["id"]})
        assert blamed(refused) == (422, field, "other_council")
    refused = await councils.post(url, a_reply(decision_id=str(uuid4())))
    assert blamed(refused) == (422, "decision_id", "unknown_reference")
    body = await a_direction(councils, council, decision_id=own["id"])
    direction = await councils.made("/directions", body)
    done = await councils.made(url, a_reply(decision_id=own["id"], direction_id=direction["id"]))
    assert (done["decision_id"], done["direction_id"]) == (own["id"], direction["id"])
    gone = await councils.delete(f"/directions/{direction['id']}", version=1)
    assert blamed(gone) == (409, "id", "in_use")


async def test_both_sides_see_it_and_others_what_they_see_of_needs(councils: Signed) -> None:
    council, forum = await both_in(councils)
    apart = await council_in(councils)
    need = await councils.made("/needs", a_need())  # in 1472
    made = await councils.made("/escalations", lifted(council, forum, need_ids=[need["id"]]))
    plain = await councils.made("/escalations", lifted(council, forum))
    url = f"/escalations/{made['id']}"
    for place, seen in ((council, True), (forum, True), (apart, False)):
        post = somebody()
        await councils.made("/seats", a_seat(place, post_id=post))
        theirs = councils.by(replace(MEMBER, post_ids=(UUID(post),)))
        assert (await theirs.get(url)).status_code == (200 if seen else 404)
        assert (await theirs.post(f"{url}/answer", a_reply())).status_code == 403
        found = (await councils.get(f"/escalations?post_id={post}")).json()["items"]
        assert len(found) == (2 if seen else 0)
    for caller, seen in ((municipality("1472"), True), (municipality("1495"), False)):
        theirs = councils.by(caller)
        assert (await theirs.get(url)).status_code == (200 if seen else 404)
        assert (await theirs.get(f"/escalations/{plain['id']}")).status_code == 200
    for caller in (READER, municipality("1472")):
        theirs = councils.by(caller)
        assert (await theirs.post("/escalations", lifted(council, forum))).status_code == 403
        assert (await theirs.post(f"{url}/answer", a_reply())).status_code == 403
    for caller in (LEADER, ASSOCIATION):
        await councils.by(caller).made("/escalations", lifted(council, forum))
    assert blamed(await councils.delete(f"/needs/{need['id']}", version=1))[2] == "in_use"
    assert (await councils.delete(url, version=1)).status_code == 204


async def test_after_a_closing_no_day_is_moved_past_it(councils: Signed) -> None:
    council, forum = await both_in(councils)
    made = await councils.made("/escalations", lifted(council, forum))
    url = f"/escalations/{made['id']}"
    await councils.made(f"{url}/answer", a_reply(answered_on=day(-5)))
    closing = {"closed_on": day(-4), "reason": "expired", "result": "Klart"}
    for one in (council, forum):
        await councils.made(f"/councils/{one['id']}/close", closing)
    again = await councils.post(f"{url}/answer", a_reply(answer="declined"))
    assert blamed(again) == (422, "answered_on", "after_closing")
    words = await councils.post(f"{url}/answer", a_reply(answered_on=day(-5), answer="declined"))
    assert words.is_success, "what was said is corrected"
