"""Gap analyses: how many said what to each question, year by year, and never a word too much."""

from datetime import timedelta
from typing import Any

from services.kit import clock
from tests.callers import MEMBER, READER, STRATEGIST, Signed, municipality
from tests.councils.builders import blamed
from tests.councils.work import (
    a_need,
    an_interview,
    new_council,
    new_interview,
    somebody,
    typed,
)

Body = dict[str, Any]
FREE, SCALE = "hard_to_find", "supervision"


async def told(councils: Signed, *answers: Body, **more: Any) -> Body:
    """A stored interview with answers."""
    made = await new_interview(councils, **more)
    assert (await typed(councils, made, *answers))["status_code"] == 200
    return made


async def analysed(councils: Signed, query: str = "", key: str = FREE) -> tuple[Body, Body]:
    """The whole analysis, and one of its questions."""
    found = (await councils.get(f"/gap-analysis?{query}")).json()
    return found, next(one for one in found["items"] if one["question_key"] == key)


def said(question: Body) -> list[int]:
    """Its counts."""
    names = ("asked", "answered", "with_present", "with_desired", "with_gap")
    return [question[name] for name in names]


async def test_nothing_is_known_where_nobody_was_asked(councils: Signed) -> None:
    found = (await councils.get("/gap-analysis")).json()
    assert (found["dialogue_map_id"], found["items"], found["interview_count"]) == (None, [], 0)


async def test_how_many_said_what_to_each_question(councils: Signed) -> None:
    company = somebody()
    gap = {"question_key": FREE, "present": "Två platser", "gap": "Ingen kan maskinen"}
    await told(councils, gap, {"question_key": SCALE, "score": 2}, actor_id=company)
    await told(councils, {"question_key": FREE, "desired": "Alla"}, actor_id=company)
    await told(councils, {"question_key": SCALE, "score": 5}, held_on="2025-01-01")
    found, question = await analysed(councils)
    assert (found["interview_count"], found["actor_count"], found["unapproved_count"]) == (3, 2, 3)
    assert said(question) == [3, 2, 1, 1, 1]
    assert (question["area"], question["mean_score"]) == ("matching", None)
    _, scale = await analysed(councils, key=SCALE)
    assert (scale["score_counts"], scale["mean_score"]) == ([0, 1, 0, 0, 1], 3.5)
    unanswered = next(one for one in found["items"] if one["question_key"] == "who_fits_in")
    assert said(unanswered) == [3, 0, 0, 0, 0]
    assert (unanswered["norm_critical"], found["answers"]) == (True, [])


async def test_rounds_are_years_beside_each_other(councils: Signed) -> None:
    await told(councils, {"question_key": SCALE, "score": 2}, held_on="2024-05-01")
    await told(councils, {"question_key": SCALE, "score": 4, "gap": "Mer tid"})
    await told(councils)
    found, scale = await analysed(councils, key=SCALE)
    assert found["years"] == [2024, 2026]
    shown = ("year", "asked", "answered", "with_gap", "mean_score")
    assert [[one[name] for name in shown] for one in scale["rounds"]] == [
        [2024, 1, 1, 0, 2.0],
        [2026, 2, 1, 1, 4.0],
    ]


async def test_only_what_was_said_with_consent_counts(councils: Signed) -> None:
    gap = {"question_key": FREE, "gap": "Ingen"}
    nothing = {"consent": False, "consent_on": None, "consent_scope": None}
    await told(councils, gap, **nothing)
    gone = await told(councils, gap)
    await councils.made(f"/interviews/{gone['id']}/withdraw", None)
    found, question = await analysed(councils, f"question_key={FREE}")
    assert (found["interview_count"], said(question), found["answers"]) == (0, [0] * 5, [])


async def test_a_council_an_industry_and_days_are_chosen(councils: Signed) -> None:
    council = await new_council(councils, industry="Möbel")
    gap = {"question_key": FREE, "gap": "Ingen"}
    await told(councils, gap, council_id=council["id"], held_on="2026-02-01")
    await told(councils, gap)
    for query, many in (
        (f"council_id={council['id']}", 1),
        ("industry=möbel", 1),
        ("industry=taxi", 0),
        ("held_to=2026-02-01", 1),
        ("held_from=2026-02-02", 1),
        ("held_from=2026-01-01&held_to=2026-12-31", 2),
    ):
        assert (await analysed(councils, query))[1]["with_gap"] == many, query
    assert (await councils.get("/gap-analysis?council=1")).status_code == 400
    assert (await councils.get(f"/gap-analysis?dialogue_map_id={somebody()}")).status_code == 404


async def test_only_what_was_approved_is_quoted(councils: Signed) -> None:
    quote = {"question_key": FREE, "gap": "Ingen vill", "quote": True}
    first = await told(councils, quote, held_on="2026-01-01")
    second = await told(councils, quote)
    for verb in ("send", "approve"):
        await councils.made(f"/interviews/{first['id']}/{verb}", None)
    answers = (await analysed(councils, f"question_key={FREE}"))[0]["answers"]
    read = [(one["interview_id"], one["gap"], one["quotable"]) for one in answers]
    assert read == [(second["id"], "Ingen vill", False), (first["id"], "Ingen vill", True)]


async def test_an_edition_that_asks_otherwise_is_not_the_same_question(councils: Signed) -> None:
    one = {"key": "why", "area": "matching", "text": "Varför?"}
    maps = []
    for edition, words in enumerate(("Varför?", "Varför?", "Hur då?"), 1):
        draft = {"name": "Egen", "edition": edition, "questions": [one | {"text": words}]}
        made = await councils.made("/dialogue-maps", draft)
        maps.append(await councils.made(f"/dialogue-maps/{made['id']}/publish", None))
        held = {"dialogue_map_id": made["id"], "held_on": f"202{edition}-01-01"}
        await told(councils, {"question_key": "why", "gap": words}, **held)
    _, question = await analysed(councils, f"dialogue_map_id={maps[0]['id']}", "why")
    assert (said(question)[:2], [one["year"] for one in question["rounds"]]) == (
        [2, 2],
        [2021, 2022],
    )
    _, question = await analysed(councils, f"dialogue_map_id={maps[2]['id']}", "why")
    assert said(question)[:2] == [1, 1]


async def test_needs_that_came_of_it_are_counted(councils: Signed) -> None:
    await told(councils, {"question_key": FREE, "gap": "Ingen"})
    (answer,) = (await councils.get("/answers")).json()["items"]
    await councils.made(f"/answers/{answer['id']}/need", {"horizon": "short"})
    assert (await analysed(councils))[1]["need_count"] == 1


async def test_a_need_is_one_however_many_answers_it_rests_on(councils: Signed) -> None:
    for text in ("Ingen", "Få"):
        await told(councils, {"question_key": FREE, "gap": text})
    ids = [one["id"] for one in (await councils.get("/answers")).json()["items"]]
    both, other = [await councils.made("/needs", a_need(answer_ids=ids)) for _ in range(2)]
    assert (await analysed(councils))[1]["need_count"] == 2
    merge = {"from_ids": [other["id"]], "into_id": both["id"]}
    await councils.made("/needs/merge", merge)
    assert (await analysed(councils))[1]["need_count"] == 1, "the closed one lives on in the other"
    parts = [a_need(statement="Del ett"), a_need(statement="Del två")]
    await councils.made(f"/needs/{both['id']}/split", {"parts": parts})
    assert (await analysed(councils))[1]["need_count"] == 2
    assert [one["need_count"] for one in (await councils.get("/answers")).json()["items"]] == [2, 2]


async def test_an_interview_to_come_has_asked_nobody(councils: Signed) -> None:
    await told(councils, {"question_key": FREE, "gap": "Ingen"})
    await told(councils, held_on=str(clock.today() + timedelta(days=20)))
    found, question = await analysed(councils)
    assert (found["interview_count"], said(question)[:2]) == (1, [1, 1])


async def test_who_may_not_read_interviews_reads_no_analysis(councils: Signed) -> None:
    await told(councils, {"question_key": FREE, "gap": "Ingen"})
    for caller in (MEMBER, READER, municipality("1498")):
        assert (await councils.by(caller).get("/gap-analysis")).status_code == 403
    assert (await councils.by(STRATEGIST).get("/gap-analysis")).status_code == 200


async def test_as_a_file(councils: Signed) -> None:
    await told(councils, {"question_key": FREE, "gap": "Ingen"})
    file = await councils.get("/gap-analysis", headers={"accept": "text/csv"})
    assert file.text.lstrip("\ufeff").startswith('"question_key"')
    assert FREE in file.text


async def test_what_the_parties_say_stands_beside_each_other(councils: Signed) -> None:
    gap = {"question_key": FREE, "gap": "Ingen kan maskinen"}
    council = await new_council(councils, industry="Möbel")
    await told(councils, gap, {"question_key": SCALE, "score": 2}, council_id=council["id"])
    taught = (
        {"question_key": FREE, "present": "Vi utbildar tolv"},
        {"question_key": SCALE, "score": 4},
    )
    await told(councils, *taught, side="education")
    found, scale = await analysed(councils, key=SCALE)
    assert found["sides"] == ["working_life", "education"]
    shown = [(one["side"], one["asked"], one["mean_score"]) for one in scale["sides"]]
    assert shown == [("working_life", 1, 2), ("education", 1, 4)]
    assert scale["mean_score"] == 3, "together as before"
    _, free = await analysed(councils)
    counts = [(one["with_present"], one["with_gap"]) for one in free["sides"]]
    assert counts == [(0, 1), (1, 0)]
    two = {"gap_between": ["education", "working_life"], "areas": ["matching", "education"]}
    need = await councils.made("/needs", a_need(**two, council_id=council["id"]))
    closed = await councils.made("/needs", a_need(**two))
    await councils.made(f"/needs/{closed['id']}/drop", {"reason": "Borta"})
    await councils.made("/needs", a_need())
    found, _ = await analysed(councils)
    pair = {"sides": ["working_life", "education"], "need_ids": [need["id"]]}
    assert found["between"] == [pair | {"area": area} for area in ("matching", "education")]
    found, _ = await analysed(councils, f"council_id={council['id']}")
    assert len(found["between"]) == 2
    elsewhere = (await councils.get(f"/gap-analysis?council_id={somebody()}")).json()
    assert elsewhere["between"] == []


async def rounds(councils: Signed, **query: str) -> Body:
    """Two rounds compared."""
    answer = await councils.get("/gap-analysis/rounds", params=query)
    assert answer.status_code == 200, answer.text
    found: Body = answer.json()
    return found


async def test_two_periods_stand_beside_each_other(councils: Signed) -> None:
    await told(councils, {"question_key": SCALE, "score": 2}, held_on="2024-05-01")
    await told(councils, {"question_key": SCALE, "score": 4, "gap": "Mer tid"})
    found = await rounds(councils, held_to="2024-12-31", other_from="2025-01-01")
    assert [found[one]["interview_count"] for one in ("before", "after")] == [1, 1]
    assert (found["before"]["held_to"], found["after"]["held_to"]) == ("2024-12-31", None)
    pair = next(one for one in found["items"] if one["question_key"] == SCALE)
    assert (pair["before"]["mean_score"], pair["after"]["mean_score"]) == (2, 4)
    assert (pair["before"]["with_gap"], pair["after"]["with_gap"]) == (0, 1)
    assert (found["only_before"], found["only_after"]) == ([], [])
    assert (await councils.by(READER).get("/gap-analysis/rounds")).status_code == 403


async def test_a_period_that_ends_before_it_begins_is_refused(councils: Signed) -> None:
    for first, last in (("held_from", "held_to"), ("other_from", "other_to")):
        query = {first: "2025-02-01", last: "2025-01-01"}
        answer = await councils.get("/gap-analysis/rounds", params=query)
        assert blamed(answer) == (400, last, "empty_period")
    query = {"held_from": "2025-02-01", "held_to": "2025-01-01"}
    assert blamed(await councils.get("/gap-analysis", params=query)) == (
        400,
        "held_to",
        "empty_period",
    )


async def test_only_what_both_maps_ask_is_compared_and_the_rest_is_named(councils: Signed) -> None:
    texts = {
        1: {"why": "Varför?", "who": "Vem?", "old": "Då?"},
        2: {"why": "Varför?", "who": "Vilka?"},
    }
    maps = {}
    for edition, asked in texts.items():
        questions = [{"key": key, "area": "matching", "text": text} for key, text in asked.items()]
        made = await councils.made(
            "/dialogue-maps", {"name": "Egen", "edition": edition, "questions": questions}
        )
        await councils.made(f"/dialogue-maps/{made['id']}/publish", None)
        maps[edition] = made["id"]
        gap = {"question_key": "why", "gap": "Ingen söker"}
        for _ in range(edition):
            held = await councils.made("/interviews", an_interview(made))
            await typed(councils, held, gap)
    found = await rounds(councils, dialogue_map_id=maps[1], other_map_id=maps[2])
    (pair,) = found["items"]
    assert pair["question_key"] == "why"
    assert [pair[one]["asked"] for one in ("before", "after")] == [1, 2], "each by its map alone"
    assert [one["text"] for one in found["only_before"]] == ["Vem?", "Då?"]
    assert [one["text"] for one in found["only_after"]] == ["Vilka?"]
    assert (
        await councils.get(f"/gap-analysis/rounds?other_map_id={somebody()}")
    ).status_code == 404
