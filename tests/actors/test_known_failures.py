"""What other registries got wrong, by the numbers of their own issues: none of it holds here."""

from typing import Any

from tests.actors.test_departure import actor, held, person, post_at
from tests.callers import Signed

Fact = dict[str, Any]


async def _holder(actors: Signed, post: Fact, day: str | None = None) -> str | None:
    query = f"?as_of={day}" if day else ""
    found: str | None = (await actors.get(f"/posts/{post['id']}{query}")).json()["holder_person_id"]
    return found


async def _term(actors: Signed, post: Fact, by: Fact, first: str, end: str | None = None) -> Fact:
    return await actors.made("/holdings", held(post, by, first, end))


async def _relation(actors: Signed, one: Fact, other: Fact, **more: Any) -> Fact:
    told = {"actor_id": one["id"], "other_actor_id": other["id"], "kind": "member_of"}
    return await actors.made("/relations", told | {"valid_from": "2015-01-01"} | more)


async def test_popolo_spec_94_the_same_person_comes_back_for_a_repeat_term(actors: Signed) -> None:
    post = await post_at(actors, await actor(actors))
    first, second = await person(actors, 1), await person(actors, 2)
    await _term(actors, post, first, "2010-01-01", "2014-01-01")
    await _term(actors, post, second, "2014-01-01", "2018-01-01")
    again = await _term(actors, post, first, "2018-01-01")
    days = ("2012-06-01", "2016-06-01", "2020-06-01")
    assert [await _holder(actors, post, day) for day in days] == [
        first["id"], second["id"], first["id"],
    ]  # fmt: skip
    terms = (await actors.get(f"/posts/{post['id']}/holdings")).json()["items"]
    assert len([term for term in terms if term["person_id"] == first["id"]]) == 2
    assert again["id"] not in {term["id"] for term in terms if term["ended"]}


async def test_oparl_23_one_person_in_disjoint_periods_of_the_same_body(actors: Signed) -> None:
    post, somebody = await post_at(actors, await actor(actors)), await person(actors)
    await _term(actors, post, somebody, "2010-01-01", "2011-01-01")
    await _term(actors, post, somebody, "2015-01-01", "2016-01-01")
    days = ("2010-06-01", "2013-01-01", "2015-06-01", "2016-01-01")
    assert [bool(await _holder(actors, post, day)) for day in days] == [True, False, True, False]


async def test_civicrm_13016_13188_13334_14951_an_expired_term_leaves_the_present_one(
    actors: Signed,
) -> None:
    """There the nightly job that ended old relations cleared the current employer as well."""
    here, there = await actor(actors), await actor(actors, "Exempelkommun 2")
    post, other = await post_at(actors, here), await post_at(actors, there, "Strateg")
    somebody = await person(actors)
    old = await _term(actors, other, somebody, "2012-01-01")
    await _term(actors, post, somebody, "2016-01-01")
    ended = await actors.put(
        f"/holdings/{old['id']}", held(other, somebody, "2012-01-01", "2016-01-01"), version=1
    )
    assert ended.status_code == 200
    assert await _holder(actors, post) == somebody["id"]
    same = await _relation(actors, here, there, valid_to="2016-01-01")
    now = await _relation(actors, here, there, valid_from="2016-01-01")
    assert (await actors.delete(f"/relations/{same['id']}", version=1)).status_code == 204
    living = (await actors.get(f"/relations?actor_id={here['id']}")).json()["items"]
    assert [one["id"] for one in living] == [now["id"]]


async def test_civicrm_12032_a_changed_relation_leaves_nothing_of_what_it_was(
    actors: Signed,
) -> None:
    """There the employer stayed on the contact after the relation had become another kind."""
    one, other = await actor(actors), await actor(actors, "Exempelkommun 2")
    relation = await _relation(actors, one, other)
    told = {"actor_id": one["id"], "other_actor_id": other["id"], "valid_from": "2015-01-01"}
    changed = await actors.put(
        f"/relations/{relation['id']}", told | {"kind": "collaborates_with"}, version=1
    )
    assert changed.status_code == 200
    members = (await actors.get(f"/relations?actor_id={one['id']}&kind=member_of")).json()["items"]
    assert members == []
    somebody, post = await person(actors), await post_at(actors, one)
    term = await _term(actors, post, somebody, "2020-01-01")
    assert (await actors.delete(f"/holdings/{term['id']}", version=1)).status_code == 204
    assert (await actors.get(f"/people/{somebody['id']}")).json()["post_count"] == 0


async def test_oparl_109_history_is_not_rewritten_by_who_holds_it_now(actors: Signed) -> None:
    """There a membership had no period: each change of people rewrote the past."""
    post = await post_at(actors, await actor(actors))
    first, second = await person(actors, 1), await person(actors, 2)
    await _term(actors, post, first, "2010-01-01", "2015-01-01")
    before = (await actors.get("/holdings?sort=-created_at")).json()["items"][0]["updated_at"]
    await _term(actors, post, second, "2015-01-01")
    assert await _holder(actors, post, "2012-01-01") == first["id"]
    known = {"as_of": "2016-01-01", "known_at": before}
    then = (await actors.get(f"/posts/{post['id']}", params=known)).json()
    assert then["vacant"], "as it was known before the second one was written down"


async def test_oparl_170_a_body_that_dissolves_stays_readable(actors: Signed) -> None:
    body = await actor(actors)
    post = await post_at(actors, body)
    somebody = await person(actors)
    await _term(actors, post, somebody, "2010-01-01", "2015-01-01")
    place = {"actor_id": body["id"], "level": "operative", "status": "active"}
    place |= {"valid_from": "2010-01-01"}
    assert (await actors.post(f"/actors/{body['id']}/place", place)).status_code == 200
    over = {"withdrawn_on": "2015-01-01", "status": "closed", "reason": "Upplöst"}
    assert (await actors.post(f"/actors/{body['id']}/withdraw", over)).status_code == 200
    assert (await actors.get(f"/actors/{body['id']}")).json()["status"] == "closed"
    then = (await actors.get(f"/actors/{body['id']}?as_of=2012-01-01")).json()
    assert then["status"] == "active"
    assert await _holder(actors, post, "2012-01-01") == somebody["id"]
    listed = (await actors.get("/actors?status=active&as_of=2012-01-01")).json()["items"]
    assert [one["id"] for one in listed] == [body["id"]]


async def test_popolo_spec_15_a_post_that_nobody_holds_is_there_and_vacant(actors: Signed) -> None:
    post = await post_at(actors, await actor(actors))
    assert post["vacant"]
    assert post["vacant_since"] is None, "nobody ever held it"
    await _term(actors, post, await person(actors), "2010-01-01", "2015-01-01")
    now = (await actors.get(f"/posts/{post['id']}")).json()
    assert (now["vacant"], now["vacant_since"], now["holder_person_id"]) == (
        True, "2015-01-01", None,
    )  # fmt: skip
    vacant = (await actors.get("/posts?vacant=true")).json()["items"]
    assert [one["id"] for one in vacant] == [post["id"]]
