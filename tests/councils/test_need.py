"""Needs: met only with evidence, merged and split without losing where they came from."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from services.kit import clock
from tests.callers import ADMINISTRATOR, MEMBER, READER, STRATEGIST, Signed, municipality
from tests.councils.builders import blamed
from tests.councils.work import a_need, an_initiative, new_council

TOMORROW = str(clock.today() + timedelta(days=1))


async def test_a_need_is_met_only_with_evidence(councils: Signed) -> None:
    need = await councils.made("/needs", a_need(identified_on="2026-05-01"))
    url = f"/needs/{need['id']}"
    assert need["status"] == "identified"
    assert (await councils.post(f"{url}/prioritise")).json()["status"] == "prioritised"
    assert (await councils.post(f"{url}/start")).json()["status"] == "being_met"
    bare = await councils.post(f"{url}/meet", {"met_on": "2026-05-01"})
    assert (bare.status_code, bare.json()["errors"][0]["field"]) == (422, "evidence")
    early = await councils.post(f"{url}/meet", {"met_on": TOMORROW, "evidence": "Intyg"})
    assert (early.status_code, early.json()["errors"][0]["field"]) == (422, "met_on")
    met = await councils.post(f"{url}/meet", {"met_on": "2026-05-01", "evidence": "Intyg"})
    assert (met.json()["status"], met.json()["evidence"]) == ("met", "Intyg")
    changed = await councils.put(url, a_need(statement="Annat"), version=met.json()["version"])
    assert (changed.status_code, changed.json()["errors"][0]["code"]) == (409, "closed")
    again = (await councils.post(f"{url}/reopen")).json()
    assert (again["status"], again["evidence"], again["met_on"]) == ("being_met", None, None)


@pytest.mark.parametrize("steps", [[], ["prioritise"], ["prioritise", "start"]])
async def test_a_reopened_need_goes_on_from_where_it_was(
    councils: Signed, steps: list[str]
) -> None:
    need = await councils.made("/needs", a_need(identified_on="2026-05-01"))
    url = f"/needs/{need['id']}"
    for step in steps:
        await councils.made(f"{url}/{step}", {})
    before = (await councils.get(url)).json()["status"]
    closings = {"drop": {"reason": "Fel"}, "meet": {"met_on": "2026-05-01", "evidence": "Intyg"}}
    for verb, told in closings.items():
        assert (await councils.post(f"{url}/{verb}", told)).status_code == 200
        again = (await councils.post(f"{url}/reopen")).json()
        assert (again["status"], again["dropped_reason"]) == (before, None), verb
    refused = await councils.post(f"{url}/reopen")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "wrong_status")


async def test_what_makes_a_need_is_done_once_for_a_key_and_never_without(
    councils: Signed,
) -> None:
    one, other = [(await councils.made("/needs", a_need()))["id"] for _ in range(2)]
    before = len((await councils.get("/needs")).json()["items"])
    none = {"headers": {"Idempotency-Key": None}}
    for path, body in (
        ("/needs/merge", {"from_ids": [one, other], "into": a_need()}),
        (f"/needs/{one}/split", {"parts": [a_need(), a_need()]}),
        (f"/answers/{one}/need", {"horizon": "short"}),
    ):
        refused = await councils.post(path, body, **none)
        assert blamed(refused) == (400, "idempotency-key", "missing"), path
    assert len((await councils.get("/needs")).json()["items"]) == before
    key = {"headers": {"Idempotency-Key": "once"}}
    merge = {"from_ids": [one, other], "into": a_need()}
    first, again = [await councils.post("/needs/merge", merge, **key) for _ in range(2)]
    assert first.json()["id"] == again.json()["id"]


async def test_no_part_and_no_union_was_seen_on_a_day_to_come(councils: Signed) -> None:
    need = await councils.made("/needs", a_need())
    parts = [a_need(), a_need(identified_on=TOMORROW)]
    split = await councils.post(f"/needs/{need['id']}/split", {"parts": parts})
    united = {"from_ids": [need["id"]], "into": a_need(identified_on=TOMORROW)}
    merged = await councils.post("/needs/merge", united)
    assert [(e.status_code, e.json()["errors"][0]["field"]) for e in (split, merged)] == [
        (422, "parts.1.identified_on"),
        (422, "into.identified_on"),
    ]


async def test_all_open_needs_are_counted_by_occupation(councils: Signed) -> None:
    for code in ["8321"] * 3 + ["7522"] * 203 + [None]:
        await councils.made("/needs", a_need(occupation_code=code))
    gone = await councils.made("/needs", a_need(occupation_code="7111"))
    dropped = await councils.made(f"/needs/{gone['id']}/drop", {"reason": "Fel"})
    await councils.made("/needs", a_need(occupation_code="8321", municipality_codes=["1480"]))
    asked = "/needs/wanted-occupations"
    found = (await councils.get(asked)).json()["items"]
    assert [(one["occupation_code"], one["needs"]) for one in found] == [("7522", 203), ("8321", 4)]
    tibro = (await councils.by(municipality("1472")).get(asked)).json()["items"]
    assert [one["needs"] for one in tibro] == [203, 3]
    await councils.made("/needs", a_need(occupation_code="8321", municipality_codes=[]))
    there = (await councils.get(f"{asked}?municipality_code=1480")).json()["items"]
    assert [(one["occupation_code"], one["needs"]) for one in there] == [("8321", 2)]
    told = (await councils.by(municipality("1480")).get(asked)).json()["items"]
    assert told == there, "its own key is told the same"
    assert (await councils.get(f"{asked}?municipality_code=Tibro")).status_code == 400
    then = (await councils.get(f"{asked}?known_at={dropped['updated_at']}")).json()["items"]
    assert [one["needs"] for one in then] == [203, 3, 1], "one was dropped since, another made"


async def test_a_need_is_dropped_only_with_a_reason(councils: Signed) -> None:
    url = f"/needs/{(await councils.made('/needs', a_need()))['id']}"
    assert (await councils.post(f"{url}/drop", {})).status_code == 422
    assert (await councils.post(f"{url}/drop", {"reason": " "})).status_code == 422
    dropped = await councils.post(f"{url}/drop", {"reason": "Företaget har lagts ned"})
    assert dropped.json()["dropped_reason"] == "Företaget har lagts ned"
    refused = await councils.post(f"{url}/start")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "wrong_status")


async def test_merged_needs_stay_readable_and_name_the_living_one(councils: Signed) -> None:
    one = await councils.made("/needs", a_need(figures=["SCB 2025"]))
    two = await councils.made("/needs", a_need(areas=["matching"], municipality_codes=["1496"]))
    body = {"from_ids": [one["id"], two["id"]], "into": a_need(statement="Operatörer")}
    initiative = an_initiative(need_ids=[one["id"]])
    await councils.made("/initiatives", initiative)
    first = await councils.made("/needs/merge", body)
    assert first["areas"] == ["education", "matching"]
    assert (first["figures"], first["municipality_codes"]) == (["SCB 2025"], ["1472", "1496"])
    assert first["initiative_count"] == 1
    last = await councils.made("/needs", a_need())
    merged = await councils.made("/needs/merge", {"from_ids": [first["id"]], "into_id": last["id"]})
    assert (merged["id"], merged["initiative_count"]) == (last["id"], 1)
    for living, count in ((last, 1), (one, 1), (two, 0)):
        found = (await councils.get(f"/initiatives?need_id={living['id']}")).json()["items"]
        assert len(found) == count, "what it counts is what it lists"
    other = await councils.made("/needs", a_need())
    assert other["initiative_count"] == 0, "what a merged need had is not everybody's"
    for merged_id in (one["id"], two["id"], first["id"]):
        answer = await councils.get(f"/needs/{merged_id}")
        assert answer.status_code == 301
        assert answer.headers["location"].endswith(f"/needs/{last['id']}")
        old = answer.json()
        assert (old["status"], old["merged_into_id"]) == ("dropped", last["id"])
        assert old["dropped_reason"] == "Sammanslaget med ett annat behov"
    reopened = await councils.post(f"/needs/{one['id']}/reopen")
    assert (reopened.status_code, reopened.json()["errors"][0]["code"]) == (409, "replaced")
    listed = await councils.get(f"/needs?merged_into_id={last['id']}&count=true")
    assert listed.json()["count"] == 3


async def test_what_needs_live_on_in_has_come_as_far_as_any_of_them(councils: Signed) -> None:
    one, two, three = [await councils.made("/needs", a_need()) for _ in range(3)]
    await councils.made(f"/needs/{one['id']}/prioritise", None)
    body = {"from_ids": [one["id"], two["id"]], "into": a_need(statement="Operatörer")}
    new = await councils.made("/needs/merge", body)
    assert new["status"] == "prioritised"
    await councils.made(f"/needs/{new['id']}/start", None)
    body = {"from_ids": [new["id"]], "into_id": three["id"]}
    assert (await councils.made("/needs/merge", body))["status"] == "being_met"


async def test_a_merge_takes_only_open_known_needs(councils: Signed) -> None:
    need = await councils.made("/needs", a_need())
    other = await councils.made("/needs", a_need())
    await councils.post(f"/needs/{other['id']}/drop", {"reason": "Borta"})

    async def refused(**body: object) -> tuple[int, str]:
        found = await councils.post("/needs/merge", body)
        return found.status_code, found.json()["errors"][0]["field"]

    ids = [need["id"]]
    assert await refused(from_ids=ids, into_id=str(uuid4())) == (422, "into_id")
    assert await refused(from_ids=[str(uuid4())], into_id=need["id"]) == (422, "from_ids")
    assert await refused(from_ids=ids, into_id=need["id"]) == (422, "into_id")
    assert await refused(from_ids=ids, into_id=other["id"]) == (409, "into_id")
    assert await refused(from_ids=ids) == (422, "into_id")
    assert await refused(from_ids=[str(uuid4())], into=a_need()) == (422, "from_ids"), "none is"
    assert (await councils.get(f"/needs/{need['id']}")).json()["version"] == 1


async def test_a_split_need_lives_on_in_its_parts(councils: Signed) -> None:
    whole = await councils.made("/needs", a_need(figures=["SCB 2025"], reported_by="1472"))
    parts = [a_need(statement="Operatörer"), a_need(statement="Tekniker", figures=["Egen"])]
    url = f"/needs/{whole['id']}"
    split = await councils.made(f"{url}/split", {"parts": parts, "reason": "Två yrken"})
    one, two = split["items"]
    assert (one["figures"], two["figures"]) == (["SCB 2025"], ["Egen"])
    assert {one["split_from_id"], two["split_from_id"]} == {whole["id"]}
    assert one["reported_by"] == "1472"
    old = (await councils.get(url)).json()
    assert (old["status"], old["split_into_ids"]) == ("dropped", [one["id"], two["id"]])
    assert old["dropped_reason"] == "Två yrken"
    assert (await councils.post(f"{url}/reopen")).status_code == 409
    assert (await councils.post(f"{url}/split", {"parts": parts})).status_code == 409
    await councils.made(f"/needs/{one['id']}/split", {"parts": parts})
    old = (await councils.get(f"/needs/{one['id']}")).json()
    assert (old["status"], old["dropped_reason"]) == ("dropped", "Delat i flera behov")
    assert (await councils.post(f"{url}/split", {"parts": parts[:1]})).status_code == 422


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"areas": []}, "areas"),
        ({"areas": ["matching", "matching"]}, "areas"),
        ({"municipality_codes": ["1472", "1472"]}, "municipality_codes"),
        ({"horizon": None}, "horizon"),
        ({"from_year": 2026, "to_year": 2025}, "to_year"),
        ({"from_year": 2099}, "from_year"),
        ({"minority_share": "0.7"}, "minority_share"),
        ({"minority_share": "0.2"}, "minority_share_source"),
        ({"gap_between": ["authorities"]}, "gap_between"),
        ({"occupation_code": "83"}, "occupation_code"),
        ({"status": "met"}, "status"),
        ({"answer_ids": [str(uuid4())]}, "answer_ids"),
        ({"meeting_ids": [str(uuid4())]}, "meeting_ids"),
        ({"council_id": str(uuid4())}, "council_id"),
        ({"identified_on": "2200-01-01"}, "identified_on"),
    ],
)
async def test_what_does_not_fit_is_blamed_on_its_field(
    councils: Signed, more: dict[str, object], field: str
) -> None:
    refused = await councils.post("/needs", a_need(**more))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


async def test_the_equality_check_follows_from_the_share(councils: Signed) -> None:
    async def required(share: str | None) -> bool | None:
        more = {"minority_share": share, "minority_share_source": "SCB"} if share else {}
        made = await councils.made("/needs", a_need(**more))
        found: bool | None = made["equality_check_required"]
        return found

    assert [await required(share) for share in (None, "0.3999", "0.4", "0.5")] == [
        None,
        True,
        False,
        False,
    ]


async def test_filters_find_needs(councils: Signed) -> None:
    post, answer = str(uuid4()), str(uuid4())
    owned = await councils.made(
        "/needs", a_need(owner_post_id=post, occupation_code="8311", from_year=2027)
    )
    other = await councils.made(
        "/needs", a_need(statement="Svenska på jobbet", areas=["reception"], horizon="long")
    )

    async def found(query: str) -> list[str]:
        answered = await councils.get(f"/needs?{query}")
        assert answered.status_code == 200, answered.text
        return [need["id"] for need in answered.json()["items"]]

    assert await found(f"owner_post_id={post}") == [owned["id"]]
    assert await found("ownerless=true") == [other["id"]]
    assert await found("ownerless=false") == [owned["id"]]
    assert await found("area=reception&area=matching") == [other["id"]]
    assert await found("occupation_code=8311&status=identified&horizon=short") == [owned["id"]]
    assert await found("municipality_code=1472&sort=statement") == [owned["id"], other["id"]]
    for words in ("jobb", "jobbet", "svenska jobben"):
        assert await found(f"q={words}") == [other["id"]], words
    assert await found(f"answer_id={answer}") == []
    assert await found("from_year=2027") == [owned["id"]]


async def test_a_need_that_something_names_is_not_removed(councils: Signed) -> None:
    need = await councils.made("/needs", a_need())
    initiative = await councils.made("/initiatives", an_initiative(need_ids=[need["id"]]))
    refused = await councils.delete(f"/needs/{need['id']}", version=1)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "in_use")
    assert (await councils.delete(f"/initiatives/{initiative['id']}", version=1)).is_success
    assert (await councils.delete(f"/needs/{need['id']}", version=1)).status_code == 204


async def test_an_action_on_an_old_version_is_refused(councils: Signed) -> None:
    need = await councils.made("/needs", a_need())
    url = f"/needs/{need['id']}"
    await councils.post(f"{url}/prioritise")
    stale = await councils.post(f"{url}/start", headers={"If-Match": '"v1"'})
    assert stale.status_code == 412
    assert (await councils.get(url)).json()["status"] == "prioritised"


async def test_a_member_proposes_in_an_own_council_and_changes_nothing(councils: Signed) -> None:
    council, other = await new_council(councils), await new_council(councils, name="Annat råd")
    post = uuid4()
    seat = {"council_id": council["id"], "actor_id": str(uuid4()), "post_id": str(post)}
    await councils.made("/seats", seat | {"valid_from": "2020-01-01"})
    member = councils.by(replace(MEMBER, post_ids=(post,)))
    mine = await member.made("/needs", a_need(council_id=council["id"]))
    assert mine["status"] == "identified"
    for council_id in (None, other["id"]):
        refused = await member.post("/needs", a_need(council_id=council_id))
        assert blamed(refused) == (422, "council_id", "no_seat")
    await councils.made("/needs", a_need(council_id=other["id"]))
    assert [need["id"] for need in (await member.get("/needs")).json()["items"]] == [mine["id"]]
    url = f"/needs/{mine['id']}"
    assert (await member.put(url, a_need(), version=1)).status_code == 403
    assert (await member.delete(url, version=1)).status_code == 403
    assert (await member.post(f"{url}/prioritise")).status_code == 403


async def test_staff_and_strategists_write_and_readers_read(councils: Signed) -> None:
    for caller in (ADMINISTRATOR, STRATEGIST):
        assert (await councils.by(caller).post("/needs", a_need())).status_code == 201
    reader = councils.by(READER)
    assert (await reader.post("/needs", a_need())).status_code == 403
    assert len((await reader.get("/needs")).json()["items"]) == 2


async def test_needs_as_they_were_known_and_as_a_table(councils: Signed) -> None:
    need = await councils.made("/needs", a_need())
    known = clock.now().isoformat()
    await councils.made("/initiatives", an_initiative(need_ids=[need["id"]]))
    await councils.made(f"/needs/{need['id']}/prioritise", None)
    for url in (f"/needs/{need['id']}", "/needs"):
        now = (await councils.get(url)).json()
        then = (await councils.get(url, params={"known_at": known})).json()
        now, then = (found.get("items", [found])[0] for found in (now, then))
        assert (now["status"], now["initiative_count"]) == ("prioritised", 1)
        assert (then["status"], then["initiative_count"]) == ("identified", 0)
    table = await councils.get("/needs", headers={"Accept": "text/csv"})
    assert "trätekniska maskiner" in table.text


async def test_a_merge_makes_no_need_that_nobody_can_change(councils: Signed) -> None:
    many = [
        await councils.made("/needs", a_need(figures=[f"{need}-{n}" for n in range(26)]))
        for need in range(2)
    ]
    ids = [need["id"] for need in many]
    for into in ({"into": a_need()}, {"into_id": ids.pop()}):
        named = [need["id"] for need in many if need["id"] != into.get("into_id")]
        refused = await councils.post("/needs/merge", {"from_ids": named} | into)
        assert blamed(refused) == (422, "from_ids", "too_much")
        assert "figures" in refused.json()["detail"]
    same = a_need(figures=many[0]["figures"])
    await councils.made("/needs/merge", {"from_ids": [many[0]["id"]], "into": same})
