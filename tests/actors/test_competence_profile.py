"""Competence profiles: one draft at a time, and a published edition never changes."""

from tests.actors.test_departure import Fact
from tests.callers import ASSOCIATION, LEADER, MEMBER, READER, STRATEGIST, Signed, municipality
from tests.councils.builders import blamed, day

TRUST: Fact = {"kind": "skill", "text": "Bygger förtroende", "conclusion": "Det tar tid"}


def a_profile(*requirements: Fact, **more: object) -> Fact:
    """What is asked of who leads processes."""
    return {"introduction": "Rollen", "requirements": list(requirements or (TRUST,))} | more


async def test_a_published_edition_never_changes_and_the_next_begins_as_its_copy(
    actors: Signed,
) -> None:
    first = await actors.made("/competence-profiles", a_profile(source="Slutrapport"))
    url = f"/competence-profiles/{first['id']}"
    assert (first["edition"], first["status"], first["published_on"]) == (1, "draft", None)
    told = {"weight": "required", "project": None, "own_reading": False}
    assert first["requirements"] == [TRUST | told]
    second = await actors.post("/competence-profiles", a_profile())
    assert blamed(second) == (409, "status", "draft_there")
    assert blamed(await actors.post(f"{url}/next"))[2] == "wrong_status"
    bare = await actors.put(url, a_profile() | {"requirements": []}, version=1)
    assert blamed(await actors.post(f"{url}/publish")) == (409, "requirements", "empty")
    twice = a_profile(TRUST, TRUST | {"text": "BYGGER förtroende", "kind": "attitude"})
    assert blamed(await actors.put(url, twice, version=2)) == (422, "requirements", "repeated")
    assert bare.status_code == 200
    loose = a_profile(TRUST, TRUST | {"text": "Lyssnar", "conclusion": None})
    assert (await actors.put(url, loose, version=2)).status_code == 200, "a draft may be unfinished"
    refused = await actors.post(f"{url}/publish")
    assert blamed(refused) == (409, "requirements.1.conclusion", "unfounded")
    await actors.put(url, a_profile(source="Slutrapport"), version=3)
    published = await actors.made(f"{url}/publish", {})
    assert (published["status"], published["published_on"]) == ("published", day(0))
    for answer in (
        await actors.put(url, a_profile(), version=5),
        await actors.delete(url, version=5),
        await actors.post(f"{url}/publish"),
    ):
        assert blamed(answer) == (409, "status", "published")
    copy = await actors.made(f"{url}/next", {})
    assert (copy["edition"], copy["status"], copy["source"]) == (2, "draft", "Slutrapport")
    assert copy["requirements"] == published["requirements"]
    assert blamed(await actors.post(f"{url}/next")) == (409, "status", "draft_there")
    listed = (await actors.get("/competence-profiles")).json()["items"]
    assert [one["edition"] for one in listed] == [2, 1]
    then = (await actors.get(f"/competence-profiles?as_of={day(0)}")).json()["items"]
    assert [one["edition"] for one in then] == [1], "a draft has come on no day"
    there = (await actors.get(f"/competence-profiles?as_of={day(-1)}")).json()["items"]
    assert there == []
    gone = await actors.delete(f"/competence-profiles/{copy['id']}", version=1)
    assert gone.status_code == 204


async def test_leaders_write_the_profile_and_everybody_reads(actors: Signed) -> None:
    made = await actors.by(ASSOCIATION).made("/competence-profiles", a_profile())
    url, others = f"/competence-profiles/{made['id']}", (STRATEGIST, READER, MEMBER)
    for caller in (*others, municipality("1472")):
        assert (await actors.by(caller).get(url)).status_code == 404, "a draft is its writers'"
        assert (await actors.by(caller).get("/competence-profiles")).json()["items"] == []
    assert (await actors.by(LEADER).get(url)).status_code == 200
    assert (await actors.made(f"{url}/publish", {}))["status"] == "published"
    for caller in (*others, municipality("1472")):
        assert (await actors.by(caller).get(url)).status_code == 200
        assert (await actors.by(caller).put(url, a_profile(), version=1)).status_code == 403
        assert (await actors.by(caller).post(f"{url}/publish")).status_code == 403
