"""Directions: a strategic council asks others, and each of them answers in time, or is late."""

from typing import Any
from uuid import uuid4

from services.councils.contract.decision import DecisionDraft
from tests.callers import Signed
from tests.councils.builders import (
    a_decision,
    blamed,
    council_in,
    day,
    meeting_in,
)
from tests.councils.work import a_need

Thing = dict[str, Any]
STRATEGIC = {"name": "Exempelforum", "kind": "strategic_forum", "level": "strategic"}


async def decided_in(councils: Signed, council: Thing, **more: Any) -> Thing:
    """A decision of a meeting of a council, ten days ago."""
    meeting = await meeting_in(councils, council, starts_at=f"{day(-10)}T09:00:00Z")
    return await councils.made("/decisions", a_decision(meeting, **more))


async def a_direction(councils: Signed, *asked: Thing, **more: Any) -> Thing:
    """What a new strategic council asks of some councils, with a week to answer."""
    decision = await decided_in(councils, await council_in(councils, **STRATEGIC))
    body = {"decision_id": decision["id"], "title": "Möbel först", "text": "Vi satsar på möbel"}
    body |= {"horizon": "long", "answer_by": day(7)}
    return body | {"council_ids": [one["id"] for one in asked]} | more


def an_answer(direction: Thing, council: Thing, **more: Any) -> Thing:
    """It is accepted today."""
    body = {"direction_id": direction["id"], "council_id": council["id"]}
    return body | {"answer": "accepted", "answered_on": day(0)} | more


async def test_a_direction_waits_is_late_and_is_answered_by_the_day(councils: Signed) -> None:
    one, two = await council_in(councils), await council_in(councils)
    body = await a_direction(councils, one, two, answer_by=day(-3))
    made = await councils.made("/directions", body)
    url = f"/directions/{made['id']}"
    assert (made["state"], made["evidence"]) == ("overdue", "none")
    assert set(made["waiting_council_ids"]) == {one["id"], two["id"]}
    assert (await councils.get(f"{url}?as_of={day(-3)}")).json()["state"] == "open"
    told = an_answer(made, one, answered_on=day(-5))
    await councils.made("/direction-answers", told)
    now = (await councils.get(url)).json()
    assert (now["state"], now["waiting_council_ids"]) == ("overdue", [two["id"]])
    await councils.made("/direction-answers", an_answer(made, two))
    now = (await councils.get(url)).json()
    assert (now["state"], now["waiting_council_ids"]) == ("answered", [])
    before = (await councils.get(f"{url}?as_of={day(-1)}")).json()
    assert (before["state"], before["waiting_council_ids"]) == ("overdue", [two["id"]])


async def test_a_direction_is_of_a_years_agenda(councils: Signed) -> None:
    one = await council_in(councils)
    body = await a_direction(councils, one, year=2021)
    made = await councils.made("/directions", body)
    await councils.made("/directions", await a_direction(councils, one))
    found = (await councils.get("/directions?year=2021")).json()["items"]
    assert [(item["id"], item["year"]) for item in found] == [(made["id"], 2021)]
    assert blamed(await councils.get("/directions?year=soon"))[:2] == (400, "year")
    assert blamed(await councils.post("/directions", body | {"year": 21}))[:2] == (422, "year")


async def test_lists_are_narrowed_by_either_side_state_and_time(councils: Signed) -> None:
    one, two = await council_in(councils), await council_in(councils)
    late = await councils.made("/directions", await a_direction(councils, one, answer_by=day(-1)))
    soon = await councils.made("/directions", await a_direction(councils, one, two))
    found = {
        f"to_council_id={one['id']}": [late, soon],
        f"to_council_id={two['id']}": [soon],
        f"council_id={late['council_id']}": [late],
        f"decision_id={soon['decision_id']}": [soon],
        f"state=overdue&to_council_id={one['id']}": [late],
        f"state=open&state=overdue&to_council_id={one['id']}": [late, soon],
        f"state=answered&to_council_id={one['id']}": [],
        f"answer_until={day(0)}&to_council_id={one['id']}": [late],
        f"answer_from={day(0)}&to_council_id={one['id']}": [soon],
        f"evidence=none&to_council_id={two['id']}": [soon],
        f"evidence=current&to_council_id={two['id']}": [],
        f"horizon=short&to_council_id={two['id']}": [],
        f"as_of={day(-11)}&to_council_id={two['id']}": [],
        f"q=möbel&to_council_id={two['id']}": [soon],
    }
    for query, wanted in found.items():
        items = (await councils.get(f"/directions?{query}")).json()["items"]
        assert [item["id"] for item in items] == [item["id"] for item in wanted], query
    below = await councils.get(f"/councils/{soon['council_id']}/directions")
    assert [item["id"] for item in below.json()["items"]] == [soon["id"]]


async def test_only_a_standing_decision_of_an_open_strategic_council_sets_a_direction(
    councils: Signed,
) -> None:
    asked, forum = await council_in(councils), await council_in(councils, **STRATEGIC)
    other = await decided_in(councils, await council_in(councils, level="bridging"))
    body = await a_direction(councils, asked, decision_id=other["id"])
    refused = await councils.post("/directions", body)
    assert blamed(refused) == (422, "decision_id", "not_strategic")
    old = await decided_in(councils, forum)
    await decided_in(councils, forum, supersedes_id=old["id"])
    refused = await councils.post("/directions", body | {"decision_id": old["id"]})
    assert blamed(refused) == (409, "decision_id", "decision_replaced")
    early = body | {"answer_by": day(-11)}
    refused = await councils.post("/directions", await a_direction(councils, asked) | {
        "answer_by": early["answer_by"],
    })  # fmt: skip
    assert blamed(refused) == (422, "answer_by", "too_early")
    closed = {"closed_on": day(0), "reason": "other"}
    standing = await decided_in(councils, forum)
    await councils.made(f"/councils/{forum['id']}/close", closed)
    refused = await councils.post("/directions", body | {"decision_id": standing["id"]})
    assert blamed(refused) == (409, "decision_id", "closed")


async def test_other_open_councils_are_asked_each_once_and_who_answered_stays_asked(
    councils: Signed,
) -> None:
    one, two, gone = [await council_in(councils) for _ in range(3)]
    body = await a_direction(councils, one)
    decision = (await councils.get(f"/decisions/{body['decision_id']}")).json()
    await councils.made(f"/councils/{gone['id']}/close", {"closed_on": day(0), "reason": "other"})
    for ids, told in (
        ([], (422, "council_ids", "too_short")),
        ([one["id"], one["id"]], (422, "council_ids", "repeated")),
        ([decision["council_id"]], (422, "council_ids", "own_council")),
        ([gone["id"]], (409, "council_ids", "closed_council")),
        ([str(uuid4())], (422, "council_ids", "unknown_reference")),
    ):
        assert blamed(await councils.post("/directions", body | {"council_ids": ids})) == told
    made = await councils.made("/directions", body | {"council_ids": [one["id"], two["id"]]})
    url = f"/directions/{made['id']}"
    await councils.made("/direction-answers", an_answer(made, two))
    refused = await councils.put(url, body | {"council_ids": [one["id"]]}, version=1)
    assert blamed(refused) == (409, "council_ids", "has_answered")
    less = await councils.put(url, body | {"council_ids": [two["id"]]}, version=1)
    assert (less.status_code, less.json()["state"]) == (200, "answered")
    elsewhere = await decided_in(councils, await council_in(councils, **STRATEGIC))
    moved = body | {"council_ids": [two["id"]], "decision_id": elsewhere["id"]}
    assert blamed(await councils.put(url, moved, version=2)) == (422, "decision_id", "fixed")
    assert (await councils.delete(url, version=2)).status_code == 409, "it is answered"


async def test_to_choose_is_to_leave_out_six_at_most_with_the_reason_for_the_rest(
    councils: Signed,
) -> None:
    one, need = await council_in(councils), await councils.made("/needs", a_need())
    body = await a_direction(councils, one)
    many = [{"text": f"Sak {number}"} for number in range(7)]
    refused = await councils.post("/directions", body | {"priorities": many})
    assert blamed(refused) == (422, "priorities", "too_long")
    out = {"deselections": [{"text": "Bygg"}]}
    assert blamed(await councils.post("/directions", body | out))[1:] == (
        "deselections.0.reason", "missing",
    )  # fmt: skip
    unknown = {"priorities": [{"text": "A"}, {"text": "B", "need_ids": [str(uuid4())]}]}
    assert blamed(await councils.post("/directions", body | unknown))[1:] == (
        "priorities.1.need_ids", "unknown_reference",
    )  # fmt: skip
    chosen = [*many[:5], {"text": "Möbelsnickare", "need_ids": [need["id"]]}]
    left = [{"text": "Bygg", "reason": "Ett annat råd har det"}]
    made = await councils.made("/directions", body | {"priorities": chosen, "deselections": left})
    assert [item["text"] for item in made["priorities"]] == [item["text"] for item in chosen]
    assert (made["deselections"], made["need_ids"]) == (left, [need["id"]])
    found = (await councils.get(f"/directions?need_id={need['id']}")).json()["items"]
    assert [item["id"] for item in found] == [made["id"]]
    assert blamed(await councils.delete(f"/needs/{need['id']}", version=1))[2] == "in_use"
    await councils.made(f"/needs/{need['id']}/drop", {"reason": "Inget"})
    again = await councils.post("/directions", body | {"priorities": chosen})
    assert blamed(again) == (422, "priorities", "dropped")


async def test_an_answer_says_why_and_is_given_by_who_was_asked_once(councils: Signed) -> None:
    one, other = await council_in(councils), await council_in(councils)
    made = await councils.made("/directions", await a_direction(councils, one))
    url = "/direction-answers"
    for more, told in (
        ({"answer": "declined"}, ("why", "missing")),
        ({"answer": "adapted", "why": "Vi är få"}, ("adapted_text", "missing")),
        ({"adapted_text": "Något annat"}, ("adapted_text", "only_adapted")),
        ({"council_id": other["id"]}, ("council_id", "not_addressed")),
        ({"answered_on": day(1)}, ("answered_on", "in_the_future")),
        ({"answered_on": day(-11)}, ("answered_on", "too_early")),
    ):
        assert blamed(await councils.post(url, an_answer(made, one, **more))) == (422, *told)
    first = await councils.made(url, an_answer(made, one))
    again = await councils.post(url, an_answer(made, one))
    assert blamed(again) == (409, "council_id", "taken")
    moved = an_answer(made, one) | {"council_id": other["id"]}
    told = blamed(await councils.put(f"{url}/{first['id']}", moved, version=1))
    assert told[1] == "council_id"


async def test_an_answer_is_changed_and_what_was_said_first_is_kept(councils: Signed) -> None:
    one = await council_in(councils)
    made = await councils.made("/directions", await a_direction(councils, one))
    no = an_answer(made, one, answer="declined", why="Vi är för få", answered_on=day(-2))
    first = await councils.made("/direction-answers", no)
    assert first["earlier_answers"] == []
    url = f"/direction-answers/{first['id']}"
    marked = await councils.put(url, no | {"source": "Protokoll"}, version=1)
    assert marked.json()["earlier_answers"] == [], "nothing else was answered"
    now = (await councils.put(url, an_answer(made, one), version=2)).json()
    (before,) = now["earlier_answers"]
    said = {"answer": "declined", "text": "Vi är för få", "answered_on": day(-2)}
    assert said.items() <= before.items()
    assert before["until"].endswith("Z")
    then = (await councils.get(f"{url}?known_at={before['until']}")).json()
    assert (then["answer"], then["earlier_answers"]) == ("declined", [])


async def test_what_was_answered_before_does_not_go_with_the_answer(councils: Signed) -> None:
    one = await council_in(councils)
    made = await councils.made("/directions", await a_direction(councils, one))
    for again in (False, True):
        given = await councils.made("/direction-answers", an_answer(made, one))
        url = f"/direction-answers/{given['id']}"
        if again:
            told = an_answer(made, one, why="Nu hinner vi")
            given = (await councils.put(url, told, version=given["version"])).json()
        gone = await councils.delete(url, version=given["version"])
        assert gone.status_code == (409 if again else 204)
    assert blamed(gone) == (409, "earlier_answers", "answered_before")


async def test_nobody_waits_for_a_closed_council_or_for_what_was_replaced(
    councils: Signed,
) -> None:
    one, two = await council_in(councils), await council_in(councils)
    made = await councils.made("/directions", await a_direction(councils, one, two))
    url, answers = f"/directions/{made['id']}", "/direction-answers"
    first = await councils.made(answers, an_answer(made, one))
    closed = {"closed_on": day(0), "reason": "other"}
    for council in (one, two):
        await councils.made(f"/councils/{council['id']}/close", closed)
    now = (await councils.get(url)).json()
    assert (now["state"], now["waiting_council_ids"]) == ("lapsed", []), "two never answered"
    assert blamed(await councils.post(answers, an_answer(made, two))) == (
        409,
        "council_id",
        "closed",
    )
    assert (await councils.get(f"{answers}/{first['id']}")).status_code == 200
    await councils.made(f"/councils/{two['id']}/reopen", {"reason": "Fel råd"})
    assert (await councils.get(url)).json()["waiting_council_ids"] == [two["id"]]
    forum = (await councils.get(f"/councils/{made['council_id']}")).json()
    await decided_in(councils, forum, supersedes_id=made["decision_id"])
    assert (await councils.get(url)).json()["state"] == "lapsed"
    refused = await councils.post(answers, an_answer(made, two))
    assert blamed(refused) == (409, "direction_id", "decision_replaced")


async def test_all_that_is_wrong_is_told_at_once(councils: Signed) -> None:
    refused = await councils.post("/directions", {"title": "", "council_ids": [str(uuid4())]})
    told = {(one["field"], one["code"]) for one in refused.json()["errors"]}
    assert {
        ("title", "string_too_short"), ("decision_id", "missing"), ("horizon", "missing"),
        ("council_ids", "unknown_reference"),
    } <= told  # fmt: skip


async def test_a_decision_and_a_council_that_a_direction_names_stay(councils: Signed) -> None:
    one = await council_in(councils)
    made = await councils.made("/directions", await a_direction(councils, one))
    gone = await councils.delete(f"/decisions/{made['decision_id']}", version=1)
    assert blamed(gone) == (409, "id", "in_use")
    gone = await councils.delete(f"/councils/{one['id']}", version=one["version"])
    assert blamed(gone) == (409, "id", "in_use")
    away = await councils.delete(f"/directions/{made['id']}", version=made["version"])
    assert away.status_code == 204


async def test_days_of_a_decision_and_of_a_closing_do_not_pass_its_answers(
    councils: Signed,
) -> None:
    asked = await council_in(councils)
    direction = await councils.made("/directions", await a_direction(councils, asked))
    await councils.made("/direction-answers", an_answer(direction, asked, answered_on=day(-2)))
    url = f"/decisions/{direction['decision_id']}"
    decision = (await councils.get(url)).json()
    moved = {name: decision[name] for name in DecisionDraft.model_fields} | {"decided_on": day(0)}
    late = await councils.put(url, moved, version=decision["version"])
    assert blamed(late) == (422, "decided_on", "after_direction")
    closing = {"closed_on": day(-3), "reason": "expired", "result": "Klart"}
    early = await councils.post(f"/councils/{asked['id']}/close", closing)
    assert blamed(early) == (409, "closed_on", "worked_later")


async def test_a_priority_names_a_need_once(councils: Signed) -> None:
    need = await councils.made("/needs", a_need())
    twice = [{"text": "Börja här", "need_ids": [need["id"], need["id"]]}]
    asked = await council_in(councils)
    sent = await a_direction(councils, asked, priorities=twice)
    told = blamed(await councils.post("/directions", sent))
    assert told == (422, "priorities.0.need_ids", "repeated")


async def test_what_somebody_answered_is_changed_with_a_reason_and_kept(councils: Signed) -> None:
    one = await council_in(councils)
    chosen = {"priorities": [{"text": "Snickare"}]}
    chosen["deselections"] = [{"text": "Bygg", "reason": "Ett annat råd har det"}]
    body = await a_direction(councils, one, **chosen)
    made = await councils.made("/directions", body)
    url = f"/directions/{made['id']}"
    other = {"text": "Vi satsar på målning", "priorities": [{"text": "Målare"}]}
    before = (await councils.put(url, body | {"title": "Möbel"}, version=1)).json()
    assert before["amendments"] == [], "nobody had answered"
    await councils.made("/direction-answers", an_answer(made, one))
    changed = body | {"title": "Möbel", "deselections": []} | other
    refused = await councils.put(url, changed, version=2)
    assert blamed(refused) == (422, "change_reason", "answered_unexplained")
    later = await councils.put(url, body | {"title": "Möbel", "answer_by": day(9)}, version=2)
    assert later.json()["amendments"] == [], "what they answer to is the same"
    done = await councils.put(url, changed | {"change_reason": "Nytt läge"}, version=3)
    (kept,) = done.json()["amendments"]
    assert (kept["reason"], kept["text"], kept["priorities"], kept["deselections"]) == (
        "Nytt läge", body["text"], ["Snickare"], chosen["deselections"],
    )  # fmt: skip
    assert kept["fields"] == ["text", "priorities", "deselections"]
    again = await councils.put(url, body | {"change_reason": "Nytt läge"}, version=4)
    assert blamed(again) == (422, "change_reason", "answered_unexplained"), "each its own"
    assert (await councils.put(url, body | {"change_reason": "Fel"}, version=4)).status_code == 200
    assert len((await councils.get(url)).json()["amendments"]) == 2


async def test_no_priority_stands_twice(councils: Signed) -> None:
    one = await council_in(councils)
    twice = {"priorities": [{"text": "Snickare"}, {"text": "Målare"}, {"text": "snickare"}]}
    refused = await councils.post("/directions", await a_direction(councils, one, **twice))
    assert blamed(refused) == (422, "priorities.2.text", "repeated")


async def test_what_comes_first_is_not_left_out_too(councils: Signed) -> None:
    direction = await a_direction(councils, await council_in(councils))
    for priorities, deselections, wrong in (
        (["Möbel"], ["möbel"], "prioritised"),
        (["Möbel"], ["Taxi", "taxi"], "repeated"),
    ):
        said = {
            "priorities": [{"text": one} for one in priorities],
            "deselections": [{"text": one, "reason": "Hinns inte"} for one in deselections],
        }
        at = f"deselections.{len(deselections) - 1}.text"
        assert blamed(await councils.post("/directions", direction | said)) == (422, at, wrong)
