"""Needs rest only on what may be used: by no way on an answer without consent, or still to come."""

from tests.callers import Signed
from tests.councils.builders import day
from tests.councils.work import a_need, new_interview, typed

GAP = {"question_key": "hard_to_find", "gap": "Operatörer saknas"}


async def _may_not_be_used(councils: Signed) -> list[tuple[str, str]]:
    """Answers of a withdrawn interview, of one without consent, and of one to come."""
    bare = {"consent": False, "consent_on": None, "consent_scope": None}
    talks = [await new_interview(councils, **more) for more in ({}, bare, {"held_on": day(30)})]
    ids = [(await typed(councils, one, GAP))["saved"][0]["id"] for one in talks]
    await councils.made(f"/interviews/{talks[0]['id']}/withdraw", None)
    return list(zip(ids, ("no_consent", "no_consent", "in_the_future"), strict=True))


async def test_no_way_makes_a_need_rest_on_what_may_not_be_used(councils: Signed) -> None:
    need = await councils.made("/needs", a_need())
    url, before = f"/needs/{need['id']}", len((await councils.get("/needs")).json()["items"])
    for answer, code in await _may_not_be_used(councils):
        bad = a_need(answer_ids=[answer])
        split, merged = {"parts": [bad, a_need()]}, {"from_ids": [need["id"]], "into": bad}
        for refused, field in (
            (await councils.post("/needs", bad), "answer_ids"),
            (await councils.put(url, bad, version=1), "answer_ids"),
            (await councils.post(f"/answers/{answer}/need", {"horizon": "short"}), "answer_ids"),
            (await councils.post(f"{url}/split", split), "parts.0.answer_ids"),
            (await councils.post("/needs/merge", merged), "into.answer_ids"),
        ):
            blames = {(one["field"], one["code"]) for one in refused.json()["errors"]}
            assert (refused.status_code, (field, code) in blames) == (409, True), (field, code)
    assert len((await councils.get("/needs")).json()["items"]) == before


async def test_what_a_need_rests_on_stays_when_its_consent_ends(councils: Signed) -> None:
    interview = await new_interview(councils)
    answer = (await typed(councils, interview, GAP))["saved"][0]
    told = {"answer_ids": [answer["id"]]}
    one, other = [await councils.made("/needs", a_need(**told)) for _ in range(2)]
    await councils.made(f"/interviews/{interview['id']}/withdraw", None)
    kept = await councils.put(f"/needs/{one['id']}", a_need(urgency="high", **told), version=1)
    assert (kept.status_code, kept.json()["answer_ids"]) == (200, [answer["id"]])
    split = {"parts": [a_need(**told), a_need()]}
    parts = (await councils.made(f"/needs/{one['id']}/split", split))["items"]
    assert [part["answer_ids"] for part in parts] == [[answer["id"]]] * 2
    merge = {"from_ids": [other["id"], parts[0]["id"]], "into": a_need(**told)}
    assert (await councils.made("/needs/merge", merge))["answer_ids"] == [answer["id"]]
