"""Merged needs: what was decided and done for one that was merged away goes on with the living."""

from tests.analysis.conftest import Three
from tests.analysis.test_thread import (
    broken,
    decision_on,
    initiative_for,
    need_in,
    world,
)
from tests.callers import municipality


async def test_what_was_done_for_a_merged_need_stands_in_the_thread_of_the_living(
    three: Three,
) -> None:
    at = await world(three)
    gone, living = await need_in(three, at), await need_in(three, at, statement="Fler snickare nu")
    decision = await decision_on(three, at, gone)
    initiative = await initiative_for(
        three, at, gone, decision_id=decision["id"], ends_on="2026-11-02"
    )
    outcome = {"initiative_id": initiative["id"], "need_ids": [gone["id"]], "horizon": "short",
               "change": "Tio nya", "evidence": "Exempel", "happened_on": "2026-11-02"}  # fmt: skip
    assert await broken(three, living) == ["no_decision"]
    # Who works on it and who owns it are not lost where the one that remains names nobody.
    first = await need_in(three, at, statement="Snickare", council_id=None, owner_post_id=None)
    await three.councils.made("/needs/merge", {"from_ids": [gone["id"]], "into_id": first["id"]})
    assert await broken(three, first) == ["initiative_without_outcome"]
    last = {"from_ids": [first["id"]], "into_id": living["id"]}
    await three.councils.made("/needs/merge", last)
    assert await broken(three, living) == ["initiative_without_outcome"]
    reached = await three.councils.made("/outcomes", outcome)
    assert await broken(three, living) == []
    assert (await three.analysis.get("/breaks")).json()["items"] == []
    found = (await three.analysis.get("/threads")).json()["items"]
    assert [one["need_id"] for one in found] == [living["id"]]
    # By its own id it is found alike what was dropped or split: with what was its own.
    url = f"need_id={gone['id']}"
    (own,) = (await three.analysis.get(f"/threads?{url}&count=true")).json()["items"]
    assert (own["need_id"], own["status"], own["breaks"]) == (gone["id"], "dropped", [])
    assert decision["id"] in {step["thing"]["id"] for step in own["steps"]}
    judged = (await three.analysis.get(f"/verdicts?{url}&need_id={living['id']}")).json()["items"]
    assert {(one["need_id"], one["judged"]) for one in judged} == {
        (gone["id"], False), (living["id"], True),
    }  # fmt: skip
    shown = {step["thing"]["id"]: step["from_ids"] for step in found[0]["steps"]}
    assert shown[decision["id"]] == [living["id"]]
    assert {initiative["id"], reached["id"]} <= shown.keys()


async def test_a_municipality_does_not_read_what_its_need_was_merged_with(three: Three) -> None:
    at = await world(three)
    mine = await need_in(three, at, reported_by="1472")
    theirs = await need_in(three, at, statement="Fler målare", reported_by="1499")
    decision = await decision_on(three, at, theirs, text="Hemligt beslut")
    await three.councils.made("/needs/merge", {"from_ids": [theirs["id"]], "into_id": mine["id"]})
    tibro = three.analysis.by(municipality("1472"))
    assert "Hemligt beslut" not in (await tibro.get("/threads")).text
    assert decision["id"] in (await three.analysis.get("/threads")).text
