"""The red thread: whole, and broken at each place alone."""

import asyncio
from dataclasses import replace
from typing import Any

from services.kit import clock
from tests.analysis.conftest import Three
from tests.callers import LEADER, municipality

Fact = dict[str, Any]


async def world(three: Three) -> Fact:
    """An actor, a held post, a council with a meeting."""
    actor = await three.actors.made("/actors", {"name": "Exempelkommun", "kind": "municipality"})
    post = await three.actors.made("/posts", {"actor_id": actor["id"], "title": "Utvecklare"})
    person = await three.actors.made("/people", {"name": "Exempelperson 1"})
    held = {"post_id": post["id"], "person_id": person["id"], "valid_from": "2020-01-01"}
    holding = await three.actors.made("/holdings", held)
    council = await three.councils.made(
        "/councils",
        {"name": "Exempelrådet", "kind": "industry_council", "level": "operative",
         "leader_actor_ids": [actor["id"]], "phase": "active"},
    )  # fmt: skip
    meeting = await three.councils.made(
        "/meetings",
        {"council_id": council["id"], "title": "Möte", "starts_at": "2026-11-01T09:00:00+01:00"},
    )
    return {"actor": actor, "post": post, "holding": holding, "council": council,
            "meeting": meeting, "person": person}  # fmt: skip


async def need_in(three: Three, at: Fact, **more: object) -> Fact:
    """A need of the council."""
    body = {"statement": "Fler snickare", "areas": ["education"], "horizon": "short",
            "figures": ["Exempelsiffra"],
            "council_id": at["council"]["id"], "owner_post_id": at["post"]["id"]}  # fmt: skip
    return await three.councils.made("/needs", body | more)


async def decision_on(three: Three, at: Fact, need: Fact, **more: object) -> Fact:
    """A decision about the need."""
    return await three.councils.made(
        "/decisions",
        {"council_id": at["council"]["id"], "meeting_id": at["meeting"]["id"], "text": "Vi gör det",
         "decided_on": "2026-11-01", "need_ids": [need["id"]]} | more,
    )  # fmt: skip


async def initiative_for(three: Three, at: Fact, need: Fact, **more: object) -> Fact:
    """An initiative that answers the need, and is decided."""
    body = {"title": "Utbildning", "kind": "education_start", "need_ids": [need["id"]],
            "lead_actor_id": at["actor"]["id"], "owner_post_id": at["post"]["id"],
            "horizon": "short"}  # fmt: skip
    made = await three.councils.made("/initiatives", body | more)
    decided = {"decided_on": "2026-11-01"}
    return await three.councils.made(f"/initiatives/{made['id']}/decide", decided)


async def covered(three: Three, at: Fact) -> None:
    """Somebody covers the post from today on."""
    person = await three.actors.made("/people", {"name": "Exempelperson 2"})
    held = {"post_id": at["post"]["id"], "person_id": person["id"], "cover": "substitute"}
    await three.actors.made("/holdings", held | {"valid_from": clock.today().isoformat()})


async def broken(three: Three, need: Fact) -> list[str]:
    """The kinds of break in the need's thread."""
    thread = (await three.analysis.get(f"/threads?need_id={need['id']}")).json()["items"][0]
    return [one["kind"] for one in thread["breaks"]]


async def test_a_lonely_need_breaks_everywhere_and_each_link_mends_its_own(three: Three) -> None:
    at = await world(three)
    lonely = await three.councils.made(
        "/needs",
        {"statement": "Ensamt", "areas": ["matching"], "horizon": "long", "example": True},
    )
    assert set(await broken(three, lonely)) == {
        "no_source", "no_council", "no_actor", "no_decision", "ownerless",
    }  # fmt: skip
    need = await need_in(three, at)
    assert await broken(three, need) == ["no_decision"]
    decision = (await decision_on(three, at, need))["id"]
    assert await broken(three, need) == ["decision_without_initiative"]
    initiative = await initiative_for(three, at, need, ends_on="2026-11-02", decision_id=decision)
    assert await broken(three, need) == ["initiative_without_outcome"]
    outcome = {"initiative_id": initiative["id"], "need_ids": [need["id"]], "horizon": "short",
               "change": "Tio nya", "evidence": "Exempel", "happened_on": "2026-11-02"}  # fmt: skip
    await three.councils.made("/outcomes", outcome)
    assert await broken(three, need) == []
    listed = (await three.analysis.get("/breaks?count=true")).json()
    assert {need for one in listed["items"] for need in one["need_ids"]} == {lonely["id"]}
    assert listed["count"] == 5
    assert {one["example"] for one in listed["items"]} == {True}


async def test_a_need_that_is_met_must_still_have_its_chain(three: Three) -> None:
    at = await world(three)
    need = await need_in(three, at, owner_post_id=None)
    decision = await decision_on(three, at, need)
    initiative = await initiative_for(three, at, need, decision_id=decision["id"])
    outcome = {"initiative_id": initiative["id"], "need_ids": [need["id"]], "horizon": "short",
               "change": "Tio nya", "evidence": "Exempel", "happened_on": "2026-11-02"}  # fmt: skip
    reached = await three.councils.made("/outcomes", outcome)
    met = {"met_on": clock.today().isoformat(), "evidence": "Exempel"}
    await three.councils.post(f"/needs/{need['id']}/meet", met)
    assert await broken(three, need) == [], "nobody need own it any longer"
    apart = await three.councils.put(
        f"/outcomes/{reached['id']}", outcome | {"need_ids": []}, version=reached["version"]
    )
    assert await broken(three, need) == ["initiative_without_outcome"]
    listed = (await three.analysis.get("/breaks")).json()["items"]
    assert [(one["kind"], one["since"], one["example"]) for one in listed] == [
        ("initiative_without_outcome", met["met_on"], False)
    ]
    version = apart.json()["version"]
    await three.councils.put(f"/outcomes/{reached['id']}", outcome, version=version)
    told = {name: decision[name] for name in ("council_id", "meeting_id", "text", "decided_on")}
    await three.councils.put(
        f"/decisions/{decision['id']}", told | {"need_ids": []}, version=decision["version"]
    )
    assert await broken(three, need) == ["no_decision"]
    await three.councils.post(f"/needs/{need['id']}/reopen", {})
    await three.councils.post(f"/needs/{need['id']}/drop", {"reason": "Exempel"})
    assert await broken(three, need) == []


async def test_an_initiative_that_is_only_proposed_carries_out_no_decision(three: Three) -> None:
    at = await world(three)
    need = await need_in(three, at)
    decision = await decision_on(three, at, need)
    body = {"title": "Utbildning", "kind": "study", "need_ids": [need["id"]], "horizon": "short",
            "lead_actor_id": at["actor"]["id"], "ends_on": "2026-11-02",
            "decision_id": decision["id"]}  # fmt: skip
    made = await three.councils.made("/initiatives", body)
    for status, verb, kinds in (
        ("proposed", {"decide": {"decided_on": "2026-11-01"}}, ["decision_without_initiative"]),
        ("decided", {}, ["initiative_without_outcome", "ownerless"]),
    ):
        thread = (await three.analysis.get(f"/threads?need_id={need['id']}")).json()["items"][0]
        told = {step["thing"]["id"]: step["status"] for step in thread["steps"]}
        assert (told[made["id"]], told[decision["id"]]) == (status, None)
        assert [one["kind"] for one in thread["breaks"]] == kinds
        for name, said in verb.items():
            await three.councils.made(f"/initiatives/{made['id']}/{name}", said)


async def stopped_at(three: Three, need: Fact) -> list[str]:
    """The decisions in the need's thread that no initiative follows."""
    thread = (await three.analysis.get(f"/threads?need_id={need['id']}")).json()["items"][0]
    assert {one["kind"] for one in thread["breaks"]} <= {"decision_without_initiative"}
    return [one["thing"]["id"] for one in thread["breaks"]]


async def test_each_decision_that_asks_for_an_initiative_has_one(three: Three) -> None:
    at = await world(three)
    need, other = await need_in(three, at), await need_in(three, at, statement="Fler målare")
    first = await decision_on(three, at, need)
    shared = await decision_on(three, at, need, need_ids=[need["id"], other["id"]])
    loose = await initiative_for(three, at, need)
    assert set(await stopped_at(three, need)) == {first["id"], shared["id"]}
    await initiative_for(three, at, need, decision_id=shared["id"])
    assert await stopped_at(three, need) == [first["id"]]
    assert await stopped_at(three, other) == [shared["id"]], "the initiative answers another need"
    # What corrects a decision needs no initiative anew; what takes its place without the need does.
    newer = await decision_on(three, at, other, supersedes_id=shared["id"])
    assert await stopped_at(three, other) == [newer["id"]]
    again = await decision_on(three, at, need, supersedes_id=first["id"])
    assert await stopped_at(three, need) == [again["id"]]
    draft = {"title", "kind", "need_ids", "lead_actor_id", "owner_post_id", "horizon"}
    told = {name: loose[name] for name in draft} | {"decision_id": first["id"]}
    await three.councils.put(f"/initiatives/{loose['id']}", told, version=loose["version"])
    assert await stopped_at(three, need) == [], "the correction is followed by what it corrects"


async def test_a_decision_at_a_point_of_follow_up_asks_for_nothing_of_its_own(
    three: Three,
) -> None:
    at = await world(three)
    need = await need_in(three, at)
    item = {"meeting_id": at["meeting"]["id"], "title": "Uppföljning", "kind": "follow_up"}
    point = (await three.councils.made("/agenda-items", item))["id"]
    noted = await decision_on(three, at, need, agenda_item_id=point)
    assert await stopped_at(three, need) == [noted["id"]], "nothing is done at all"
    decision = await decision_on(three, at, need)
    await initiative_for(three, at, need, decision_id=decision["id"])
    assert await stopped_at(three, need) == []


async def test_one_thing_that_stops_several_threads_is_one_break_with_all_of_them(
    three: Three,
) -> None:
    at = await world(three)
    first, second = await need_in(three, at), await need_in(three, at, statement="Fler målare")
    both = [first["id"], second["id"]]
    decision = await decision_on(three, at, first, need_ids=both)
    shared = await initiative_for(three, at, first, need_ids=both, owner_post_id=None,
                                  decision_id=decision["id"])  # fmt: skip
    found = (await three.analysis.get("/breaks?kind=ownerless&count=true")).json()
    (one,) = found["items"]
    assert (one["thing"]["id"], found["count"]) == (shared["id"], 1)
    assert set(one["need_ids"]) == {first["id"], second["id"]}
    assert await broken(three, first) == await broken(three, second) == ["ownerless"]
    stopped = {"closed_on": "2026-11-02", "reason": "Ingen anordnare"}
    await three.councils.post(f"/initiatives/{shared['id']}/stop", stopped)
    assert await broken(three, first) == ["decision_without_initiative"]


async def test_the_thread_is_dated_by_when_things_happened_and_not_when_they_were_written(
    three: Three,
) -> None:
    need = await need_in(three, await world(three), identified_on="2020-03-10")
    thread = (await three.analysis.get(f"/threads?need_id={need['id']}")).json()["items"][0]
    days = {step["stage"]: step["on"] for step in thread["steps"]}
    assert days["need"] == "2020-03-10"
    assert [one["since"] for one in thread["breaks"]] == ["2020-03-10"]


async def test_a_post_that_falls_vacant_leaves_the_need_ownerless(three: Three) -> None:
    at = await world(three)
    need = await need_in(three, at, identified_on="2026-10-01")
    undone, replaced, _nobodys = [
        await decision_on(three, at, need, owner_post_id=owner)
        for owner in (at["post"]["id"], at["post"]["id"], None)
    ]
    await decision_on(three, at, need, supersedes_id=replaced["id"])
    assert "ownerless" not in await broken(three, need)
    left = {"left_on": "2026-11-02"}
    await three.actors.post(f"/people/{at['person']['id']}/depart", left)
    thread = (await three.analysis.get(f"/threads?need_id={need['id']}")).json()["items"][0]
    ownerless = [one for one in thread["breaks"] if one["kind"] == "ownerless"]
    assert {one["thing"]["id"] for one in ownerless} == {need["id"], undone["id"]}
    assert {one["since"] for one in ownerless} == {"2026-11-02"}
    assert {one["owner_post_id"] for one in ownerless} == {at["post"]["id"]}
    await covered(three, at)
    assert "ownerless" not in await broken(three, need), "a substitute answers for it"


async def test_a_municipality_sees_the_threads_of_its_own_needs(three: Three) -> None:
    at = await world(three)
    mine = await need_in(three, at, reported_by="1472")
    area = await need_in(three, at, municipality_codes=["1472", "1496"])
    await need_in(three, at, reported_by="1499")
    tibro = three.analysis.by(municipality("1472"))
    found = (await tibro.get("/threads?count=true")).json()
    assert {one["need_id"] for one in found["items"]} == {mine["id"], area["id"]}
    assert found["count"] == 2


async def test_names_and_search_over_every_service(three: Three) -> None:
    at = await world(three)
    need = await need_in(three, at, municipality_codes=["1480"])
    ids = f"id={at['actor']['id']}&id={need['id']}&id={at['person']['id']}"
    names = (await three.analysis.get(f"/labels?{ids}")).json()
    assert {one["label"] for one in names.values()} == {
        "Exempelkommun", "Fler snickare", "Exempelperson 1",
    }  # fmt: skip
    assert len((await three.analysis.by(municipality("1472")).get(f"/labels?{ids}")).json()) == 1
    hits = (await three.analysis.get("/search?q=snickaren")).json()["items"]
    assert [one["noun"] for one in hits] == ["need"]
    part = (await three.analysis.get("/search?q=kommun")).json()["items"]
    assert [one["label"] for one in part] == ["Exempelkommun"]
    for wrong in ("/search?q=", "/search?q=x&limit=0", "/labels", "/labels?id=1", "/threads?x=1"):
        assert (await three.analysis.get(wrong)).status_code == 400, wrong


async def test_examples_are_marked_in_search_and_people_without_a_post_are_not_found_by_readers(
    three: Three,
) -> None:
    await world(three)
    told = {"name": "Exempelperson Ny", "example": True}
    person = await three.actors.made("/people", told)
    (hit,) = (await three.analysis.get("/search?q=Ny")).json()["items"]
    assert (hit["id"], hit["example"]) == (person["id"], True)
    reader = replace(LEADER, roles=("reader",))
    for service, path in ((three.analysis, "/search?q=exempelperson"), (three.actors, "/people")):
        found = (await service.by(reader).get(path)).json()["items"]
        assert [one.get("label") or one["name"] for one in found] == ["Exempelperson 1"], path
    alone = await three.actors.by(reader).get(f"/people/{person['id']}")
    assert alone.status_code == 404


async def test_unknown_seats_make_a_verdict_undecidable_and_known_ones_add_up(
    three: Three,
) -> None:
    at = await world(three)
    need = await need_in(
        three, at, occupation_code="7522", headcount_per_year=10, municipality_codes=["1472"]
    )
    programme = await three.actors.made(
        "/programmes",
        {"provider_actor_id": at["actor"]["id"], "name": "Träteknik", "form": "commissioned",
         "occupation_codes": ["7522"], "municipality_code": "1472"},
    )  # fmt: skip
    start = {"programme_id": programme["id"], "starts_on": "2026-12-01", "ends_on": "2027-05-01"}
    await three.actors.made("/intakes", start)
    url = f"/verdicts?need_id={need['id']}&horizon=short"
    unsure = (await three.analysis.get(url)).json()["items"][0]
    assert unsure["conclusion"] == "undecidable"
    assert unsure["supply_high"] is None
    assert "seats" in {one["kind"] for one in unsure["unknowns"] if one["decisive"]}
    done = {"programme_id": programme["id"], "starts_on": "2024-01-01", "seats": 20,
            "admitted": 20, "completed": 16, "employed_after": 12}  # fmt: skip
    await three.actors.made("/intakes", done)
    known = await three.actors.made("/intakes", start | {"starts_on": "2026-12-02", "seats": 5})
    assert known["seats"] == 5
    listed = (await three.actors.get("/intakes?starts_from=2026-12-01&sort=starts_on")).json()
    unknown = listed["items"][0]
    await three.actors.put(
        f"/intakes/{unknown['id']}", start | {"seats": 5}, version=unknown["version"]
    )
    sure = (await three.analysis.get(url)).json()["items"][0]
    # 2 intakes × 5 seats × 16/20 × 12/16 = 6 of the 10 needed.
    assert (sure["supply_low"], sure["supply_high"]) == ("6.00", "6.00")
    assert (sure["coverage_low"], sure["conclusion"]) == ("0.6000", "partly")


async def test_who_asks_while_others_ask_sees_what_was_written_before(three: Three) -> None:
    at = await world(three)

    async def own(number: int) -> list[Any]:
        need = await need_in(three, at, statement=f"Behov {number}")
        found = await three.analysis.get(f"/threads?need_id={need['id']}")
        return [one["name"] for one in found.json()["items"]]

    seen = await asyncio.gather(*(own(number) for number in range(24)))
    assert seen == [[f"Behov {number}"] for number in range(24)]


async def test_a_part_of_a_need_has_what_was_decided_and_done_for_the_whole(three: Three) -> None:
    at = await world(three)
    whole, merged = await need_in(three, at), await need_in(three, at, statement="Fler målare")
    decision = await decision_on(three, at, merged)
    await three.councils.made("/needs/merge", {"from_ids": [merged["id"]], "into_id": whole["id"]})
    part = {"statement": "Fler", "areas": ["education"], "horizon": "short"}
    parts = [part, part | {"statement": "Bättre"}]
    first, _ = (await three.councils.made(f"/needs/{whole['id']}/split", {"parts": parts}))["items"]
    again = (await three.councils.made(f"/needs/{first['id']}/split", {"parts": parts}))["items"]
    for one in again:
        assert await broken(three, one) == ["decision_without_initiative"]
    await initiative_for(three, at, merged, decision_id=decision["id"])
    own = await decision_on(three, at, again[0])
    assert await broken(three, again[0]) == ["decision_without_initiative"]
    assert await broken(three, again[1]) == []
    asked = f"/threads?need_id={again[0]['id']}"
    thread = (await three.analysis.get(asked)).json()["items"][0]
    decided = {one["thing"]["id"] for one in thread["steps"] if one["stage"] == "decision"}
    assert decided == {decision["id"], own["id"]}
