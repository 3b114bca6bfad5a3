"""Carried issues: an ambassador carries one to one place, and a reply shows from its day on."""

from typing import Any

from tests.actors.test_departure import actor, post_at
from tests.callers import MEMBER, READER, Signed, municipality, somebody
from tests.councils.builders import blamed, day

Fact = dict[str, Any]


def an_issue(post: Fact, **more: Any) -> Fact:
    """Something that was carried to a body ten days ago."""
    told = {"issue": "Exempel: fler platser", "ambassador_post_id": post["id"]}
    return told | {"carried_on": day(-10), "to_body": "Exempel: direktionen"} | more


async def test_an_issue_is_carried_and_answered_on_its_days(actors: Signed) -> None:
    at, other = await actor(actors), await actor(actors)
    post = await post_at(actors, at)
    reply = {"reply": "Exempel: de tar upp det", "replied_on": day(-2)}
    there = {"to_body": None, "to_actor_id": other["id"]}
    made = await actors.made("/carried-issues", an_issue(post, **reply, **there))
    assert (made["answered"], made["reply"]) == (True, reply["reply"])
    then = (await actors.get(f"/carried-issues/{made['id']}?as_of={day(-5)}")).json()
    assert (then["answered"], then["reply"], then["replied_on"]) == (False, None, None)
    for query in ("answered=true", f"answered=false&as_of={day(-5)}", f"actor_id={other['id']}"):
        listed = (await actors.get(f"/carried-issues?{query}")).json()["items"]
        assert [one["id"] for one in listed] == [made["id"]], query
    assert not (await actors.get(f"/carried-issues?as_of={day(-11)}")).json()["items"]
    events = await actors.get(f"/actors/{other['id']}/timeline?noun=carried_issue")
    kinds = [one["kind"] for one in events.json()["items"]]
    assert kinds == ["issue_answered", "issue_carried"]


async def test_one_place_one_day_and_an_ambassador_of_the_mandate(actors: Signed) -> None:
    at, other = await actor(actors, managed_by="1472"), await actor(actors)
    post, strange = await post_at(actors, at), await post_at(actors, at, "Strateg")
    given = {"issuer_actor_id": other["id"], "holder_actor_id": at["id"], "scope": "Leda"}
    given |= {"valid_from": "2020-01-01", "ambassador_post_ids": [post["id"]]}
    mandate = await actors.made("/mandates", given)

    async def refused(**more: Any) -> tuple[int, str, str]:
        return blamed(await actors.post("/carried-issues", an_issue(post, **more)))

    assert await refused(to_body=None) == (422, "to_actor_id", "one_place")
    assert await refused(to_council_id=somebody()) == (422, "to_actor_id", "one_place")
    assert await refused(carried_on=day(1)) == (422, "carried_on", "in_the_future")
    assert await refused(reply="Ja") == (422, "replied_on", "missing")
    early = {"reply": "Ja", "replied_on": day(-11)}
    assert await refused(**early) == (422, "replied_on", "too_early")
    wrong = {"mandate_id": mandate["id"], "ambassador_post_id": strange["id"]}
    assert await refused(**wrong) == (422, "ambassador_post_id", "not_ambassador")
    told = an_issue(post, mandate_id=mandate["id"], need_id=somebody())
    made = await actors.made("/carried-issues", told)
    removed = await actors.send(
        "DELETE", f"/mandates/{mandate['id']}", headers={"if-match": '"v1"'}
    )
    assert blamed(removed) == (409, "id", "in_use")
    url = f"/mandates/{mandate['id']}"
    assert (
        await actors.put(url, given | {"ambassador_post_ids": []}, version=1)
    ).status_code == 200
    url = f"/carried-issues/{made['id']}"
    kept = await actors.put(url, told | {"reply": "Ja", "replied_on": day(0)}, version=1)
    assert kept.status_code == 200, "it was carried all the same"
    for caller in (MEMBER, READER):
        assert (await actors.by(caller).get(url)).status_code == 200
        assert (await actors.by(caller).post("/carried-issues", told)).status_code == 403
    assert (await actors.by(municipality("1495")).post("/carried-issues", told)).status_code == 422
    own = actors.by(municipality("1472"))
    assert (await own.post("/carried-issues", an_issue(post))).status_code == 201


async def test_a_key_reads_of_issues_that_name_a_need_only_its_own(actors: Signed) -> None:
    post = await post_at(actors, await actor(actors, managed_by="1472"))
    about = await actors.made("/carried-issues", an_issue(post, need_id=somebody()))
    plain = await actors.made("/carried-issues", an_issue(post))
    for code, seen in (("1472", {about["id"], plain["id"]}), ("1496", {plain["id"]})):
        theirs = actors.by(municipality(code))
        listed = (await theirs.get("/carried-issues")).json()["items"]
        assert {one["id"] for one in listed} == seen, code
        status = 200 if about["id"] in seen else 404
        assert (await theirs.get(f"/carried-issues/{about['id']}")).status_code == status
        feed = (await theirs.get("/feed?entities=carried_issue")).text
        assert (about["id"] in feed) == (status == 200)
