"""An actor's timeline: everything dated in one order, with when it was written down."""

from typing import Any

from services.kit import clock
from tests.actors.test_departure import actor, held, person, post_at
from tests.actors.test_readiness import assessment
from tests.callers import LEADER, READER, Signed, municipality
from tests.councils.builders import day

Fact = dict[str, Any]


async def story(actors: Signed) -> tuple[Fact, Fact, Fact]:
    """An actor with something of every kind; its post and the other actor."""
    at, other = await actor(actors), await actor(actors, "Exempelkommun 2")
    post, somebody = await post_at(actors, at), await person(actors)
    own = {"actor_id": at["id"]}
    standing = own | {"level": "operative", "status": "active"}
    await actors.made(
        "/standings", standing | {"valid_from": "2018-01-01", "valid_to": "2019-01-01"}
    )
    await actors.made(f"/actors/{at['id']}/withdraw", {"withdrawn_on": "2019-01-01", "reason": "X"})
    await actors.made("/holdings", held(post, somebody, "2020-01-01", "2021-03-01"))
    related = own | {"other_actor_id": other["id"], "kind": "collaborates_with"}
    await actors.made("/relations", related | {"valid_from": "2018-02-01", "state": "new"})
    said = {
        "held_on": "2022-05-05",
        "channel": "meeting",
        "said": "Hemligt",
        "our_actor_id": other["id"],
    }
    await actors.made("/contacts", own | said)
    given = {"issuer_actor_id": other["id"], "holder_actor_id": at["id"], "scope": "Leda arbetet"}
    decided = {"decided_on": "2022-12-01", "valid_from": "2023-01-01", "valid_to": "2024-01-01"}
    await actors.made("/mandates", given | decided)
    asked = {"role": "Värd", "asked_on": "2021-01-10", "answered_on": "2021-02-10"}
    await actors.made("/role-trials", own | asked | {"answer": "accepted"})
    await actors.made("/readiness", assessment(at, post))
    gain = {"statement": "Rätt kompetens", "stated_on": "2021-04-01", "confirmed_on": "2021-05-01"}
    await actors.made("/gains", own | gain | {"confirmed_by_post_id": post["id"]})
    pledge = {"what": "Lokaler", "due_on": day(30), "delivered_on": "2022-06-01"}
    await actors.made("/pledges", own | pledge)
    return at, post, other


async def told(actors: Signed, at: Fact, query: str = "limit=200") -> list[Fact]:
    """The events of an actor."""
    answer = await actors.get(f"/actors/{at['id']}/timeline?{query}")
    assert answer.status_code == 200, answer.text
    found: list[Fact] = answer.json()["items"]
    return found


async def test_everything_dated_stands_in_one_order(actors: Signed) -> None:
    at, post, other = await story(actors)
    events = await told(actors, at)
    days = [one["on"] for one in events]
    assert days == sorted(days, reverse=True)
    assert [one["kind"] for one in events if one["on"] < "2026-01-01"] == [
        "mandate_lapsed",
        "mandate_begun",
        "mandate_decided",
        "pledge_delivered",
        "contact_held",
        "gain_confirmed",
        "gain_stated",
        "holding_ended",
        "trial_answered",
        "trial_asked",
        "holding_begun",
        "standing_begun",
        "standing_ended",
        "relation_begun",
        "standing_begun",
    ]  # fmt: skip
    by_kind = {one["kind"]: one for one in events}
    assert by_kind["pledge_due"]["on"] == day(30), "what is to come is there too"
    assert {"post_made", "readiness_assessed"} <= by_kind.keys()
    ended = by_kind["holding_ended"]
    assert (ended["on"], ended["title"], ended["party"]) == (
        "2021-02-28", post["title"], "Exempelperson 1",
    )  # fmt: skip
    assert by_kind["relation_begun"]["party"] == other["name"]
    assert by_kind["relation_begun"]["code"] == "collaborates_with"
    assert by_kind["mandate_decided"]["party_id"] == other["id"]
    assert by_kind["trial_asked"]["code"] == "accepted"
    (then,) = await told(actors, at, "as_of=2021-01-20&noun=role_trial")
    assert then["code"] == "waiting", "it was answered later"
    assert all(one["written_at"][:10] >= day(-1) for one in events)


async def test_it_is_narrowed_and_read_page_by_page(actors: Signed) -> None:
    at, _post, _other = await story(actors)
    every = await told(actors, at)
    found, address = [], f"/actors/{at['id']}/timeline?limit=4&count=true"
    while address:
        body = (await actors.get(address)).json()
        assert body["count"] == len(every)
        found += body["items"]
        address = body["next"]
    assert found == every
    assert await told(actors, at, "limit=4&page=2") == every[4:8]
    assert {one["noun"] for one in await told(actors, at, "noun=gain&noun=pledge")} == {
        "gain", "pledge",
    }  # fmt: skip
    between = await told(actors, at, "on_from=2021-01-01&on_until=2021-12-31")
    assert {one["on"][:4] for one in between} == {"2021"}
    assert [one["kind"] for one in await told(actors, at, "kind=trial_asked")] == ["trial_asked"]
    for wrong in ("kind=fisk", "frukt=1", "as_of=igår", "after=x", "limit=0"):
        assert (await actors.get(f"/actors/{at['id']}/timeline?{wrong}")).status_code == 400, wrong
    missing = "/actors/018f0000-0000-7000-8000-000000000000/timeline"
    assert (await actors.get(missing)).status_code == 404


async def test_each_noun_is_for_those_who_may_read_it(actors: Signed) -> None:
    at, _post, _other = await story(actors)
    whole = {one["noun"] for one in await told(actors, at)}
    assert {"contact", "readiness"} <= whole
    assert whole - {one["noun"] for one in await told(actors.by(READER), at)} == {
        "contact", "readiness",
    }  # fmt: skip
    keyed = await told(actors.by(municipality("1472", "read")), at)
    holding = next(one for one in keyed if one["noun"] == "holding")
    assert holding["party"] is None, "no name without the scope for it"
    assert "contact" not in {one["noun"] for one in keyed}


async def test_a_back_dated_correction_shows_both_times(actors: Signed) -> None:
    at = await actor(actors)
    post, somebody = await post_at(actors, at), await person(actors)
    made = await actors.made("/holdings", held(post, somebody, "2020-01-01"))
    before = clock.now().isoformat()
    kept = held(post, somebody, "2019-06-01", "2020-03-01")
    changed = await actors.put(f"/holdings/{made['id']}", kept, version=1)
    assert changed.status_code == 200
    ended, begun = await told(actors, at, "noun=holding")
    assert (begun["on"], ended["on"]) == ("2019-06-01", "2020-02-29")
    assert min(begun["written_at"], ended["written_at"]) > before[:19]
    then = await actors.get(f"/actors/{at['id']}/timeline", params={"known_at": before})
    (known,) = [one for one in then.json()["items"] if one["noun"] == "holding"]
    assert known["on"] == "2020-01-01"
    assert known["written_at"] < begun["written_at"]


async def test_the_states_of_a_relation_are_told_as_they_were_corrected(actors: Signed) -> None:
    at, other = await actor(actors), await actor(actors, "Exempelkommun 2")
    sides = {"actor_id": at["id"], "other_actor_id": other["id"], "kind": "collaborates_with"}
    draft = sides | {"valid_from": "2018-01-01"}
    made = await actors.made("/relations", draft | {"state": "new"})
    steps = (("working", "2019-01-01"), ("working", "2019-02-01"), ("rebuild", "2020-01-01"))
    for version, (state, since) in enumerate(steps, start=1):
        more = {"state": state, "state_since": since}
        answer = await actors.put(f"/relations/{made['id']}", draft | more, version=version)
        assert answer.status_code == 200, answer.text
    found = await told(actors, other, "kind=relation_changed")
    assert [(one["code"], one["on"]) for one in found] == [
        ("rebuild", "2020-01-01"), ("working", "2019-02-01"),
    ]  # fmt: skip
    assert {one["party"] for one in found} == {at["name"]}


async def test_a_merged_actor_has_its_history_with_it(actors: Signed) -> None:
    old, new = await actor(actors), await actor(actors, "Exempelkommun 2")
    await post_at(actors, old, "Chef")
    answer = await actors.post(f"/actors/{old['id']}/merge", {"into_id": new["id"]})
    assert answer.status_code == 200
    for one in (old, new):
        events = await told(actors, one)
        assert {event["kind"] for event in events} == {"post_made", "actor_merged"}
        merged = next(event for event in events if event["kind"] == "actor_merged")
        assert (merged["title"], merged["party"]) == (old["name"], new["name"])
    await actors.by(LEADER).post(f"/actors/{old['id']}/part", {})
    both = {"actor_merged", "actor_parted"}
    for one, more in ((new, set[str]()), (old, {"post_made"})):
        events = await told(actors, one)
        assert {event["kind"] for event in events} == both | more
        days = [event["kind"] for event in events if event["kind"] in both]
        assert days == ["actor_parted", "actor_merged"], "of one day the later first"
        said = [(e["title"], e["party"]) for e in events if e["kind"] in both]
        assert said == [(old["name"], new["name"])] * 2, "of both, also after it is undone"


async def test_what_was_corrected_is_told_to_staff(actors: Signed) -> None:
    at = await actor(actors)
    post, somebody = await post_at(actors, at), await person(actors)
    made = await actors.made("/holdings", held(post, somebody, "2020-01-01"))
    url, path = f"/holdings/{made['id']}", f"/actors/{at['id']}/corrections"
    assert (await actors.get(path)).json()["items"] == []
    ended = held(post, somebody, "2020-01-01", "2021-01-01")
    assert (await actors.put(url, ended, version=1)).status_code == 200
    assert (await actors.get(path)).json()["items"] == [], "an end is no correction"
    earlier = held(post, somebody, "2019-06-01", "2021-01-01")
    assert (await actors.put(url, earlier, version=2)).status_code == 200
    other = await actor(actors, "Exempelkommun 2")
    sides = {"actor_id": at["id"], "other_actor_id": other["id"], "kind": "collaborates_with"}
    related = sides | {"valid_from": "2018-01-01"}
    relation = await actors.made("/relations", related | {"state": "new"})
    for version, more in enumerate(
        ({"state": "working", "state_since": "2019-01-01"},
         {"state": "working", "state_since": "2019-02-01"}), start=1,
    ):  # fmt: skip
        address = f"/relations/{relation['id']}"
        assert (await actors.put(address, related | more, version=version)).status_code == 200
    newest, first = (await actors.get(path)).json()["items"]
    assert (first["noun"], first["thing_id"], first["by"]) == ("holding", made["id"], "user")
    assert first["fields"] == [
        {"field": "valid_from", "before": "2020-01-01", "after": "2019-06-01"}
    ]
    assert [one["field"] for one in newest["fields"]] == ["state_since"]
    assert len((await actors.get(f"{path}?noun=holding")).json()["items"]) == 1
    page = (await actors.get(f"{path}?limit=1")).json()
    assert page["items"] == [newest]
    assert (await actors.get(page["next"])).json()["items"] == [first]
    assert (await actors.get(f"{path}?count=true&limit=1")).json()["count"] == 2
    assert (await actors.delete(address, version=3)).status_code == 204
    (away,) = (await actors.get(f"{path}?limit=1")).json()["items"]
    assert (away["noun"], away["thing_id"], away["removed"]) == ("relation", relation["id"], True)
    said = {one["field"]: one["before"] for one in away["fields"]}
    assert (said["other_actor_id"], said["valid_from"]) == (other["id"], "2018-01-01")
    assert all(one["after"] is None for one in away["fields"])
    theirs = (await actors.get(f"/actors/{other['id']}/corrections")).json()["items"]
    assert theirs[0]["thing_id"] == relation["id"], "of both its sides"
    offer = {"provider_actor_id": at["id"], "name": "Träteknik", "form": "other"}
    programme = await actors.made("/programmes", offer)
    for gone, version in (
        (url, 3),
        (f"/posts/{post['id']}", 1),
        (f"/programmes/{programme['id']}", 1),
    ):
        assert (await actors.delete(gone, version=version)).status_code == 204, gone
    last = (await actors.get(f"{path}?limit=3")).json()["items"]
    assert [one["noun"] for one in last] == ["programme", "post", "holding"]
    assert all(one["removed"] for one in last), "also what hung on a post that is gone"
    assert (await actors.by(READER).get(path)).status_code == 403
    assert (await actors.by(municipality("1472", "read")).get(path)).status_code == 403
