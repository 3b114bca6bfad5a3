"""Interviews: nothing typed is lost, and nothing is used without consent."""

import asyncio

import pytest
from sqlalchemy import text

from services.councils.contract.interview import TypedAnswer
from services.councils.contract.need import Area
from services.councils.dialogue_map.default_map import DEFAULT_MAP
from services.councils.interview.rules import Fate, fate_of
from tests.callers import ADMINISTRATOR, ASSOCIATION, MEMBER, READER, STRATEGIST, Signed
from tests.callers import municipality as key_of
from tests.councils.builders import blamed, day
from tests.councils.work import an_interview, new_interview, typed

SECRET = "Vi hittar ingen som kan ställa om maskinen"
GAP = {"question_key": "hard_to_find", "gap": SECRET, "present": "Två platser står tomma"}
STORED = {
    "present": "Deras",
    "desired": None,
    "gap": None,
    "score": None,
    "quote": False,
    "source": None,
    "example": False,
    "version": 3,
    "writer": "sida-1",
    "turn": 0,
}


def test_our_own_map_asks_in_every_area_and_of_norms_too() -> None:
    assert 20 <= len(DEFAULT_MAP.questions) <= 24
    for area in Area:
        asked = [question for question in DEFAULT_MAP.questions if question.area is area]
        assert len(asked) >= 6
        assert sum(question.norm_critical for question in asked) == 2
    assert len({question.text for question in DEFAULT_MAP.questions}) == len(DEFAULT_MAP.questions)
    assert DEFAULT_MAP.name == "Kompetensnavs egen dialogkarta"


@pytest.mark.parametrize(
    ("said", "version", "writer", "fate"),
    [
        ("Mitt", 3, None, Fate.written),
        ("Mitt", 2, None, Fate.conflict),
        ("Mitt", 4, None, Fate.conflict),
        ("Deras", 1, None, Fate.unchanged),
        ("Mitt", 0, "sida-1", Fate.written),
        ("Mitt", 0, "sida-2", Fate.conflict),
        (None, 0, None, Fate.unchanged),
        (None, 2, None, Fate.conflict),
        (None, 3, None, Fate.written),
    ],
)
def test_whose_typing_wins(said: str | None, version: int, writer: str | None, fate: Fate) -> None:
    answer = TypedAnswer(question_key="introduction", present=said, version=version)
    assert fate_of(answer, STORED, writer) is fate


async def test_our_own_map_is_made_once_and_never_changes(councils: Signed) -> None:
    first, again = await asyncio.gather(
        *(councils.made("/dialogue-maps/default", None) for _ in range(2))
    )
    assert first["id"] == again["id"]
    assert (first["status"], first["version"]) == ("published", 1)
    url = f"/dialogue-maps/{first['id']}"
    body = {"name": "Annat", "questions": []}
    for refused in (
        await councils.put(url, body, version=1),
        await councils.delete(url, version=1),
        await councils.post(f"{url}/publish"),
    ):
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "published")
    assert (await councils.get(url)).json()["questions"] == first["questions"]


async def test_a_map_is_changed_until_it_is_published(councils: Signed) -> None:
    question = {"key": "why", "area": "matching", "text": "Varför?"}
    made = await councils.made("/dialogue-maps", {"name": "Egen", "edition": 2})
    url = f"/dialogue-maps/{made['id']}"
    assert (await councils.post(f"{url}/publish")).json()["errors"][0]["code"] == "empty"
    twice = await councils.put(url, {"name": "Egen", "questions": [question] * 2}, version=1)
    assert (twice.status_code, twice.json()["errors"][0]["field"]) == (422, "questions")
    taken = await councils.post("/dialogue-maps", {"name": "Egen", "edition": 2})
    assert (taken.status_code, taken.json()["errors"][0]["field"]) == (409, "edition")
    early = await councils.post("/interviews", an_interview(made))
    assert early.json()["errors"][0]["code"] == "not_published"
    body = {"name": "Egen", "edition": 2, "questions": [question]}
    assert (await councils.put(url, body, version=1)).status_code == 200
    assert (await councils.post(f"{url}/publish")).json()["status"] == "published"
    assert (await councils.post("/interviews", an_interview(made))).status_code == 201


async def test_answers_are_saved_as_they_are_typed(councils: Signed) -> None:
    interview = await new_interview(councils)
    assert (interview["question_count"], interview["answer_count"]) == (24, 0)
    empty = {"question_key": "introduction"}
    done = await typed(councils, interview, GAP, empty)
    assert [answer["question_key"] for answer in done["saved"]] == ["hard_to_find"]
    again = await typed(councils, interview, GAP | {"version": 1, "desired": "Tre sökande"}, empty)
    assert (again["saved"][0]["version"], again["conflicts"]) == (2, [])
    listed = (await councils.get(f"/interviews/{interview['id']}/answers")).json()["items"]
    assert [(a["present"], a["desired"]) for a in listed] == [(GAP["present"], "Tre sökande")]
    assert (await councils.get(f"/interviews/{interview['id']}")).json()["answer_count"] == 1


async def test_two_writers_lose_nothing(councils: Signed) -> None:
    interview = await new_interview(councils)
    await typed(councils, interview, GAP, writer="sida-1")
    mine = GAP | {"gap": "Mitt", "version": 0}
    other = {"question_key": "introduction", "present": "Fadder"}
    done = await typed(councils, interview, mine, other, writer="sida-2")
    assert done["status_code"] == 409
    assert [answer["gap"] for answer in done["conflicts"]] == [SECRET]
    assert done["errors"][0]["field"] == "hard_to_find"
    assert [answer["present"] for answer in done["saved"]] == ["Fadder"]
    seen = done["conflicts"][0]["version"]
    joined = GAP | {"gap": f"{SECRET}. Mitt", "version": seen}
    assert (await typed(councils, interview, joined, writer="sida-2"))["status_code"] == 200
    late = await typed(councils, interview, GAP | {"gap": "Mer", "version": 1}, writer="sida-1")
    assert late["conflicts"][0]["gap"] == f"{SECRET}. Mitt"


async def test_a_lost_answer_is_no_conflict_with_oneself(councils: Signed) -> None:
    interview = await new_interview(councils)
    await typed(councils, interview, GAP, writer="sida-1")
    again = await typed(councils, interview, GAP | {"gap": "Mer"}, writer="sida-1")
    assert (again["status_code"], again["saved"][0]["gap"]) == (200, "Mer")


async def test_what_comes_late_is_not_stored_over_what_the_page_sent_after_it(
    councils: Signed,
) -> None:
    interview = await new_interview(councils)
    url = f"/interviews/{interview['id']}/answers"
    for turn, said, status in ((4, "Första andra", 200), (2, "Första", 409), (5, "Tredje", 200)):
        body = {"answers": [GAP | {"gap": said}], "writer": "sida-1", "turn": turn}
        assert (await councils.send("PUT", url, json=body)).status_code == status
    (kept,) = (await councils.get(url)).json()["items"]
    assert kept["gap"] == "Tredje"


async def test_what_the_map_does_not_ask_is_refused_whole(councils: Signed) -> None:
    interview = await new_interview(councils)
    wrong = [{"question_key": "unknown", "gap": "x"}, {"question_key": "introduction", "score": 3}]
    done = await typed(councils, interview, GAP, *wrong)
    assert done["status_code"] == 422
    fields = [error["field"] for error in done["errors"]]
    assert fields == ["answers.1.question_key", "answers.2.score"]
    rest = [{"question_key": "unknown", "score": 9}, {"question_key": "introduction", "x": 1}]
    done = await typed(councils, interview, *rest, *wrong)
    fields = {error["field"] for error in done["errors"]}
    assert fields == {
        "answers.0.score",
        "answers.0.question_key",
        "answers.1.x",
        "answers.2.question_key",
        "answers.3.score",
    }
    assert not (await councils.get("/answers")).json()["items"]
    twice = await typed(councils, interview, GAP, GAP)
    assert twice["errors"][0]["field"] == "answers"
    scaled = await typed(councils, interview, {"question_key": "supervision", "score": 4})
    assert scaled["saved"][0]["score"] == 4


async def test_nothing_is_sent_without_consent(councils: Signed) -> None:
    bare = {"consent": False, "consent_on": None, "consent_scope": None}
    interview = await new_interview(councils, **bare)
    await typed(councils, interview, GAP)
    url = f"/interviews/{interview['id']}"
    refused = await councils.post(f"{url}/send")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "no_consent")
    answer = (await councils.get("/answers")).json()["items"][0]
    used = await councils.post(f"/answers/{answer['id']}/need", {"horizon": "short"})
    assert (used.status_code, used.json()["errors"][0]["code"]) == (409, "no_consent")
    for more, field in (({}, "consent_on"), ({"consent_on": "2026-03-01"}, "consent_scope")):
        half = an_interview({"id": interview["dialogue_map_id"]}, consent_on=None)
        half |= {"consent_scope": None} | more
        assert (await councils.post("/interviews", half)).json()["errors"][0]["field"] == field
    given = an_interview({"id": interview["dialogue_map_id"]}, actor_id=interview["actor_id"])
    assert (await councils.put(url, given, version=1)).status_code == 200
    taken = await councils.put(url, given | bare, version=2)
    assert taken.json()["errors"][0]["code"] == "withdraw_instead"
    assert (await councils.post(f"{url}/send")).json()["status"] == "sent"


async def test_the_respondent_sends_back_or_approves(councils: Signed) -> None:
    interview = await new_interview(councils)
    url = f"/interviews/{interview['id']}"
    assert (await councils.post(f"{url}/send")).json()["errors"][0]["code"] == "empty"
    await typed(councils, interview, GAP)
    assert (await councils.post(f"{url}/send")).json()["status"] == "sent"
    assert (await typed(councils, interview, GAP | {"gap": "x"}))["status_code"] == 409
    back = await councils.post(f"{url}/return", {"reason": "Två platser, inte tre"})
    assert (back.json()["status"], back.json()["sent_on"]) == ("draft", None)
    assert (await councils.post(f"{url}/approve")).status_code == 409
    await councils.post(f"{url}/send")
    assert (await councils.post(f"{url}/approve")).json()["status"] == "approved"
    assert (await councils.delete(url, version=5)).status_code == 409


async def test_a_withdrawn_consent_removes_what_was_said_everywhere(councils: Signed) -> None:
    interview = await new_interview(councils)
    answer = (await typed(councils, interview, GAP | {"quote": True}))["saved"][0]
    need = await councils.made(
        f"/answers/{answer['id']}/need", {"horizon": "short", "statement": "Operatörer"}
    )
    assert need["answer_ids"] == [answer["id"]]
    url = f"/interviews/{interview['id']}"
    withdrawn = (await councils.post(f"{url}/withdraw")).json()
    assert (withdrawn["status"], withdrawn["consent"]) == ("withdrawn", False)
    left = (await councils.get(f"/answers/{answer['id']}")).json()
    assert [left[name] for name in ("present", "desired", "gap", "score")] == [None] * 4
    assert (left["withdrawn"], left["quote"]) == (True, False)
    kept = (await councils.get(f"/needs/{need['id']}")).json()
    assert (kept["statement"], kept["answer_ids"]) == ("Operatörer", [answer["id"]])
    async with councils.app.state.database.reading() as db:
        found = await db.scalar(text("SELECT string_agg(t::text, '') FROM ledger t"))
    assert "Operatörer" in found
    assert SECRET not in found
    for action in ("withdraw", "send", "approve"):
        assert (await councils.post(f"{url}/{action}")).status_code == 409


async def test_a_need_is_made_of_an_answer_in_one_call(councils: Signed) -> None:
    interview = await new_interview(councils)
    answer = (await typed(councils, interview, GAP))["saved"][0]
    body = {"horizon": "short", "municipality_codes": ["1472"], "headcount_per_year": 4}
    need = await councils.made(f"/answers/{answer['id']}/need", body)
    assert (need["statement"], need["areas"]) == (SECRET, ["matching"])
    assert (need["answer_ids"], need["headcount_per_year"]) == ([answer["id"]], 4)
    assert need["identified_on"] == interview["held_on"]
    assert (await councils.get(f"/answers/{answer['id']}")).json()["need_count"] == 1
    asked = await councils.get(f"/needs?answer_id={answer['id']}")
    assert [found["id"] for found in asked.json()["items"]] == [need["id"]]
    wrong = body | {"from_year": 2030, "to_year": 2029}
    refused = await councils.post(f"/answers/{answer['id']}/need", wrong)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "to_year")


async def test_only_those_who_interview_see_interviews(councils: Signed) -> None:
    interview = await new_interview(councils)
    answer = (await typed(councils, interview, GAP))["saved"][0]
    for caller in (ADMINISTRATOR, MEMBER, READER, key_of("1472"), key_of("1472", "personal")):
        signed = councils.by(caller)
        assert (await signed.get("/interviews")).status_code == 403
        assert (await signed.get(f"/answers/{answer['id']}")).status_code == 403
        assert (await typed(signed, interview, GAP))["status_code"] == 403
    feed = await councils.by(key_of("1472")).get("/feed?entities=interview,answer")
    assert feed.json()["events"] == []
    for caller in (STRATEGIST, ASSOCIATION):
        seen = await councils.by(caller).get("/answers")
        assert [found["gap"] for found in seen.json()["items"]] == [SECRET]
    assert (await typed(councils.by(STRATEGIST), interview, GAP))["status_code"] == 403


async def test_a_map_with_answers_is_not_exchanged(councils: Signed) -> None:
    interview = await new_interview(councils)
    await typed(councils, interview, GAP)
    question = {"key": "why", "area": "matching", "text": "Varför?"}
    other = await councils.made("/dialogue-maps", {"name": "Egen", "questions": [question]})
    await councils.post(f"/dialogue-maps/{other['id']}/publish")
    url = f"/interviews/{interview['id']}"
    refused = await councils.put(url, an_interview(other), version=1)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "dialogue_map_id")
    assert (await councils.delete(url, version=1)).status_code == 409


async def test_what_is_still_to_be_said_makes_no_need(councils: Signed) -> None:
    interview = await new_interview(councils, held_on=day(30))
    given = await councils.post(
        "/interviews", an_interview({"id": interview["dialogue_map_id"]}, consent_on=day(1))
    )
    assert blamed(given) == (422, "consent_on", "in_the_future")
    answer = (await typed(councils, interview, GAP))["saved"][0]
    early = await councils.post(f"/answers/{answer['id']}/need", {"horizon": "short"})
    assert blamed(early) == (409, "answer_ids", "in_the_future")


async def test_words_in_quotation_marks_are_the_quotes(councils: Signed) -> None:
    interview = await new_interview(councils)
    said = {"present": 'De säger ”ingen söker” och "vi väntar".', "gap": "Ett glapp»"}
    other = {"question_key": "introduction", "present": "Inget citat"}
    await typed(councils, interview, GAP | said | {"quote": True}, other)
    listed = (await councils.get(f"/interviews/{interview['id']}/answers")).json()["items"]
    assert {one["question_key"]: one["quotes"] for one in listed} == {
        "hard_to_find": ["ingen söker", "vi väntar"], "introduction": [],
    }  # fmt: skip
    url = f"/gap-analysis?question_key=hard_to_find&dialogue_map_id={interview['dialogue_map_id']}"
    (answer,) = (await councils.get(url)).json()["answers"]
    assert (answer["quotes"], answer["quotable"]) == (["ingen söker", "vi väntar"], False)
