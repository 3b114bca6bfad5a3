"""Selections: an industry is chosen by criteria, and what was decided is not changed in silence."""

from typing import Any

from services.kit import clock
from tests.callers import MEMBER, READER, Signed, municipality
from tests.councils.builders import a_decision, blamed, council_in, day, meeting_in

Thing = dict[str, Any]
CHOOSER = {"name": "Exempelstyrgruppen", "kind": "steering_group", "level": "strategic"}


def a_selection(council: Thing, **more: Any) -> Thing:
    """Two industries and two criteria, judged by one of them."""
    body = {"council_id": council["id"], "title": "Pilotbransch", "question": "Vilken bransch?"}
    body["candidates"] = [{"key": "mobel", "name": "Möbel"}, {"key": "vard", "name": "Vård"}]
    body["criteria"] = [
        {"key": "behov", "name": "Har behov av stöd", "weight": 60},
        {"key": "vilja", "name": "Vill samverka", "weight": 40},
    ]
    body["scores"] = [
        scored("mobel", "behov", 5, evidence="Exempel: intervjuer"), scored("vard", "behov", 3),
    ]  # fmt: skip
    return body | more


def scored(candidate: str, criterion: str, score: int | None, **more: Any) -> Thing:
    """How a candidate is judged by a criterion."""
    return {"candidate": candidate, "criterion": criterion, "score": score} | more


async def selection_in(councils: Signed, **more: Any) -> Thing:
    """A selection of a steering group that exists."""
    council = await council_in(councils, **CHOOSER)
    return await councils.made("/selections", a_selection(council, **more))


def as_sent(selection: Thing, **more: Any) -> Thing:
    """The values of a selection, to be sent again with some others."""
    stored = {"id", "version", "created_at", "updated_at", "amendments"}
    return {name: selection[name] for name in selection if name not in stored} | more


def errors(answer: Any) -> set[tuple[str, str]]:
    """Every wrong field with its code."""
    return {(one["field"], one["code"]) for one in answer.json()["errors"]}


async def test_a_selection_has_its_result_its_arithmetic_and_what_is_not_known(
    councils: Signed,
) -> None:
    made = await selection_in(councils)
    url = f"/selections/{made['id']}"
    found = (await councils.get(f"{url}/result")).json()
    assert (found["first"], found["steady"], found["moves"]) == (["mobel"], True, [])
    best, other = found["candidates"]
    assert (best["mean"], best["place"], best["unjudged"]) == (5.0, 1, ["vilja"])
    assert best["parts"][0]["share"] == 1.0
    assert other["mean"] == 3.0
    then = clock.now().isoformat().replace("+00:00", "Z")
    scores = [*made["scores"], scored("mobel", "vilja", 2), scored("vard", "vilja", 4)]
    changed = await councils.put(url, as_sent(made, scores=scores), version=1)
    assert changed.status_code == 200, changed.text
    found = (await councils.get(f"{url}/result")).json()
    assert [(one["candidate"], one["mean"]) for one in found["candidates"]] == [
        ("mobel", 3.8), ("vard", 3.4),
    ]  # fmt: skip
    assert found["steady"] is False
    assert {(one["criterion"], one["to"], *one["first"]) for one in found["moves"]} == {
        ("behov", 30.0, "vard"), ("vilja", 60.0, "mobel", "vard"),
    }  # fmt: skip
    before = (await councils.get(f"{url}/result?known_at={then}")).json()
    assert before["candidates"][0]["mean"] == 5.0, "as it was known then"
    unweighed = [{"key": "behov", "name": "Behov"}, {"key": "vilja", "name": "Vilja"}]
    await councils.put(url, as_sent(made, criteria=unweighed), version=2)
    found = (await councils.get(f"{url}/result")).json()
    assert (found["first"], found["steady"], found["unweighed"]) == ([], None, ["behov", "vilja"])


async def test_who_chooses_is_a_steering_group_or_a_forum_that_is_open(councils: Signed) -> None:
    ordinary = await council_in(councils)
    refused = await councils.post("/selections", a_selection(ordinary))
    assert blamed(refused) == (422, "council_id", "not_choosing")
    chooser = await council_in(councils, **CHOOSER)
    made = await councils.made("/selections", a_selection(chooser))
    over = {"closed_on": day(0), "reason": "goal_met", "result": "Klart", "lessons": "Inga"}
    await councils.made(f"/councils/{chooser['id']}/close", over)
    refused = await councils.post("/selections", a_selection(chooser))
    assert blamed(refused) == (409, "council_id", "closed")
    entry = {"selection_id": made["id"], "candidate": "vard", "quarter": "threat"}
    refused = await councils.post("/swot-entries", entry | {"group_name": "A", "text": "Dyrt"})
    assert blamed(refused) == (409, "selection_id", "closed")
    other = await council_in(councils, **CHOOSER)
    url = f"/selections/{made['id']}"
    moved = await councils.put(url, as_sent(made, council_id=other["id"]), version=1)
    assert blamed(moved) == (422, "council_id", "fixed")
    assert (await councils.get(url)).status_code == 200


async def test_everything_wrong_is_told_at_its_field(councils: Signed) -> None:
    chooser = await council_in(councils, **CHOOSER)
    body = a_selection(chooser)
    twice = [body["candidates"][0]] * 2
    wrong = body | {"candidates": twice, "chosen_candidate": "skog", "decided_on": day(-1)}
    wrong |= {"held_on": day(0), "criteria": body["criteria"][:1] * 2}
    assert errors(await councils.post("/selections", wrong)) == {
        ("candidates", "repeated"), ("criteria", "repeated"), ("scores.1.candidate", "judged"),
        ("candidates.1.name", "taken"),
        ("chosen_candidate", "not_a_candidate"), ("decision_text", "missing"),
        ("decided_on", "too_early"),
    }  # fmt: skip
    bad = body | {"scores": [*body["scores"], scored("mobel", "behov", 6)]}
    assert blamed(await councils.post("/selections", bad)) == (
        422, "scores.2.score", "less_than_equal",
    )  # fmt: skip
    for yes in ({"scores": [scored("mobel", "behov", True)]}, {"criteria": [
        {"key": "behov", "name": "Behov", "weight": True}
    ]}):  # fmt: skip
        assert "int_type" in {code for _, code in errors(
            await councils.post("/selections", body | yes)
        )}, "yes is no number"  # fmt: skip
    alike = [body["candidates"][0], {"key": "skog", "name": "MÖBEL"}]
    refused = await councils.post("/selections", body | {"candidates": alike, "scores": []})
    assert blamed(refused) == (422, "candidates.1.name", "taken")
    again = body | {"scores": [*body["scores"], scored("mobel", "behov", 1)]}
    assert blamed(await councils.post("/selections", again)) == (422, "scores", "repeated")
    heavy = body | {"criteria": [{"key": "behov", "name": "Behov", "weight": 101}]}
    assert ("criteria.0.weight", "less_than_equal") in errors(
        await councils.post("/selections", heavy)
    )
    alone = body | {"candidates": body["candidates"][:1], "scores": []}
    assert blamed(await councils.post("/selections", alone)) == (422, "candidates", "too_short")
    late = body | {"decision_text": "Möbel", "decided_on": day(1), "change_reason": "Nej"}
    assert errors(await councils.post("/selections", late)) == {
        ("decided_on", "in_the_future"), ("change_reason", "none_required"),
    }  # fmt: skip
    elsewhere = await meeting_in(councils)
    decision = await councils.made("/decisions", a_decision(elsewhere))
    foreign = body | {"decision_text": "Möbel", "decision_id": decision["id"]}
    refused = await councils.post("/selections", foreign)
    assert blamed(refused) == (422, "decision_id", "other_council")


async def test_what_was_decided_changes_with_a_reason_only_and_stays_beside_it(
    councils: Signed,
) -> None:
    made = await selection_in(councils)
    url = f"/selections/{made['id']}"
    told = {"decision_text": "Möbel, för behovet", "chosen_candidate": "mobel"}
    decided = (await councils.put(url, as_sent(made, **told), version=1)).json()
    assert (decided["chosen_candidate"], decided["amendments"]) == ("mobel", [])
    again = await councils.put(url, as_sent(decided), version=2)
    assert again.status_code == 200, "what changes nothing needs no reason"
    version = again.json()["version"]
    other = as_sent(decided, chosen_candidate="vard", title="Val")
    silent = await councils.put(url, other, version=version)
    assert blamed(silent) == (422, "change_reason", "missing")
    reason = other | {"change_reason": "Vi räknade fel"}
    changed = (await councils.put(url, reason, version=version)).json()
    (amendment,) = changed["amendments"]
    assert amendment["fields"] == ["chosen_candidate", "title"]
    assert (amendment["chosen_candidate"], amendment["reason"]) == ("Möbel", "Vi räknade fel")
    same = reason | {"title": "Valet"}
    refused = await councils.put(url, same, version=changed["version"])
    assert blamed(refused) == (422, "change_reason", "missing"), "an old reason says nothing"
    refused = await councils.delete(url, version=changed["version"])
    assert blamed(refused) == (409, "id", "selection_decided")
    assert amendment["scores"] == [], "they did not change"
    reopened = same | {"decision_text": None, "chosen_candidate": None, "change_reason": "Om igen"}
    opened = (await councils.put(url, reopened, version=changed["version"])).json()
    assert [one["decision_text"] for one in opened["amendments"]] == ["Möbel, för behovet"] * 2
    free = await councils.put(url, as_sent(opened, title="Nytt"), version=opened["version"])
    assert free.status_code == 200, "nothing is decided now"
    kept = await councils.delete(url, version=free.json()["version"])
    assert blamed(kept) == (409, "id", "was_decided"), "and what was decided goes with nothing"
    begun = await selection_in(councils)
    gone = await councils.delete(f"/selections/{begun['id']}", version=begun["version"])
    assert gone.status_code == 204


async def test_a_change_of_a_decision_keeps_its_scores_and_a_reason_that_was_told_alone(
    councils: Signed,
) -> None:
    made = await selection_in(councils, decision_text="Möbel", chosen_candidate="mobel")
    url = f"/selections/{made['id']}"
    alone = await councils.put(url, as_sent(made, change_reason="Så här var det"), version=1)
    (told,) = alone.json()["amendments"]
    assert (told["reason"], told["fields"], told["scores"]) == ("Så här var det", [], [])
    again = await councils.put(url, as_sent(alone.json()), version=2)
    assert len(again.json()["amendments"]) == 1, "the same reason again is none"
    fresh = {"scores": [scored("mobel", "behov", 1)], "change_reason": "Vi räknade fel"}
    judged = await councils.put(url, as_sent(made, **fresh), version=3)
    assert judged.is_success, judged.text
    mark = {"candidate": "Möbel", "criterion": "Har behov av stöd", "weight": 60, "score": 5}
    first, second = judged.json()["amendments"][-1]["scores"]
    assert first == mark | {"evidence": "Exempel: intervjuer"}
    assert (second["candidate"], second["score"], second["evidence"]) == ("Vård", 3, None)


async def test_a_closed_council_judges_and_says_no_more_but_writes_down_what_it_decided(
    councils: Signed,
) -> None:
    made = await selection_in(councils)
    url = f"/selections/{made['id']}"
    entry = {"selection_id": made["id"], "candidate": "vard", "quarter": "threat"}
    entry |= {"group_name": "A", "text": "Dyrt"}
    said = await councils.made("/swot-entries", entry)
    over = {"closed_on": day(-2), "reason": "expired", "result": "Klart"}
    await councils.made(f"/councils/{made['council_id']}/close", over)
    told = {"decision_text": "Möbel", "chosen_candidate": "mobel"}
    for more, wrong in (
        ({"scores": []}, (409, "scores", "closed")),
        ({"criteria": made["criteria"][::-1]}, (409, "criteria", "closed")),
        (told, (422, "decided_on", "closed_undated")),
        (told | {"decided_on": day(-1)}, (422, "decided_on", "after_closing")),
    ):
        assert blamed(await councils.put(url, as_sent(made, **more), version=1)) == wrong
    at = f"/swot-entries/{said['id']}"
    assert blamed(await councils.put(at, entry | {"text": "B"}, version=1)) == (
        409, "selection_id", "closed",
    )  # fmt: skip
    assert blamed(await councils.delete(at, version=1)) == (409, "selection_id", "closed")
    right = as_sent(made, title="Val", **told, decided_on=day(-2))
    decided = await councils.put(url, right, version=1)
    assert decided.is_success, "in its time"
    opened = right | dict.fromkeys((*told, "decided_on")) | {"change_reason": "Nej"}
    refused = await councils.put(url, opened, version=2)
    assert blamed(refused) == (422, "decided_on", "closed_undated")
    words = right | {"decision_text": "Möbelbranschen", "change_reason": "Ordet"}
    assert (await councils.put(url, words, version=2)).is_success


async def test_a_selection_is_found_by_council_day_state_and_words(councils: Signed) -> None:
    made = await selection_in(councils, held_on=day(-20), decision_text="Möbelbranschen")
    await selection_in(councils, held_on=day(-200))
    for query, count in (
        ("decided=true", 1), ("decided=false", 1), (f"held_from={day(-30)}", 1),
        (f"held_until={day(-30)}", 1), (f"as_of={day(-100)}", 1), ("q=möbelbransch", 1),
        (f"council_id={made['council_id']}", 1), ("", 2),
    ):  # fmt: skip
        found = (await councils.get(f"/selections?{query}")).json()["items"]
        assert len(found) == count, query
    below = await councils.get(f"/councils/{made['council_id']}/selections")
    assert len(below.json()["items"]) == 1


async def test_staff_choose_members_see_their_own_councils(councils: Signed) -> None:
    made = await selection_in(councils)
    url, body = f"/selections/{made['id']}", as_sent(made)
    entry = {"selection_id": made["id"], "candidate": "vard", "quarter": "threat"}
    entry |= {"group_name": "Styrgruppen", "text": "Dyrt"}
    said = await councils.made("/swot-entries", entry)
    for caller in (READER, MEMBER, municipality("1472", "read", "write")):
        other = councils.by(caller)
        assert (await other.post("/selections", body)).status_code == 403
        assert (await other.post("/swot-entries", entry)).status_code == 403
    for path in (url, f"{url}/result", f"/swot-entries/{said['id']}"):
        assert (await councils.by(READER).get(path)).status_code == 200
        assert (await councils.by(MEMBER).get(path)).status_code == 404, (
            "it sits in no such council"
        )
