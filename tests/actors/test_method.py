"""Methods: found by step and group, used, and retired rather than lost."""

from services.kit import clock
from tests.actors.test_departure import Fact, actor, post_at
from tests.callers import ASSOCIATION, MEMBER, READER, STRATEGIST, Signed, municipality
from tests.councils.builders import blamed, day


def a_method(**more: object) -> Fact:
    """A way of working, for meetings."""
    said = {"name": "Rundan", "purpose": "Alla hörs", "how_to": "Ett.\n\nTvå."}
    return said | {"steps": ["meeting"]} | more


def a_use(method: Fact, on: str, **more: object) -> Fact:
    """It was used on a day."""
    return {"method_id": method["id"], "used_on": on} | more


async def used_of(actors: Signed, url: str) -> tuple[int, str | None]:
    """How often a method was used, and when last."""
    one = (await actors.get(url)).json()
    return one["use_count"], one["last_used_on"]


async def test_methods_are_found_by_step_group_and_words(actors: Signed) -> None:
    small = await actors.made("/methods", a_method(group_from=2, group_to=8, duration_minutes=20))
    gap = a_method(name="Glappet", steps=["gap_analysis", "interviews"], group_from=6)
    await actors.made("/methods", gap | {"materials": "Blädderblock"})
    assert (small["retired"], small["use_count"], small["how_to"]) == (False, 0, "Ett.\n\nTvå.")

    async def found(query: str) -> list[str]:
        return [one["name"] for one in (await actors.get(f"/methods?{query}")).json()["items"]]

    assert await found("") == ["Glappet", "Rundan"]
    assert await found("step=interviews&step=selection") == ["Glappet"]
    assert await found("group_size=4") == ["Rundan"]
    assert await found("group_size=40") == ["Glappet"]
    assert await found("minutes_until=30") == ["Rundan"]
    assert await found("q=bl%C3%A4dderblock") == ["Glappet"]
    wrong = a_method(steps=["meeting", "meeting"], group_from=5, group_to=4, how_to="")
    answer = await actors.post("/methods", wrong)
    assert {(one["field"], one["code"]) for one in answer.json()["errors"]} == {
        ("steps", "repeated"),
        ("group_to", "below_from"),
        ("how_to", "string_too_short"),
    }


async def test_what_has_been_used_is_retired_and_not_lost(actors: Signed) -> None:
    made = await actors.made("/methods", a_method())
    url = f"/methods/{made['id']}"
    late = await actors.post("/method-uses", a_use(made, day(1)))
    assert blamed(late) == (422, "used_on", "in_the_future")
    await actors.by(STRATEGIST).made("/method-uses", a_use(made, day(-2)))
    await actors.made("/method-uses", a_use(made, day(-9)))
    assert await used_of(actors, url) == (2, day(-2))
    gone = await actors.delete(url, version=1)
    assert blamed(gone) == (409, "id", "used")
    early = await actors.post(f"{url}/retire", {"retired_on": day(-2)})
    assert blamed(early) == (422, "retired_on", "too_early")
    known = clock.now().isoformat().replace("+00:00", "Z")
    retired = await actors.made(f"{url}/retire", {"retired_on": day(-1)})
    assert retired["retired"]
    assert blamed(await actors.post(f"{url}/retire", {"retired_on": day(0)}))[2] == "done"
    again = await actors.post("/method-uses", a_use(made, day(0)))
    assert blamed(again) == (409, "used_on", "retired")
    listed = "/methods?retired=false"
    assert (await actors.get(listed)).json()["items"] == []
    assert len((await actors.get(f"{listed}&as_of={day(-2)}")).json()["items"]) == 1
    assert len((await actors.get(f"{listed}&known_at={known}")).json()["items"]) == 1
    back = await actors.made(f"{url}/restore", {})
    assert (back["retired"], back["use_count"]) == (False, 2)
    assert blamed(await actors.post(f"{url}/restore"))[2] == "not_done"
    other = await actors.made("/methods", a_method(name="Ny"))
    assert (await actors.delete(f"/methods/{other['id']}", version=1)).status_code == 204


async def test_each_use_is_told_of_and_the_day_counts_its_own(actors: Signed) -> None:
    made, other = [await actors.made("/methods", a_method(name=n)) for n in ("Ett", "Två")]
    url, uses = f"/methods/{made['id']}", f"/methods/{made['id']}/method-uses"
    post = await post_at(actors, await actor(actors))
    known = clock.now().isoformat().replace("+00:00", "Z")
    first = await actors.made("/method-uses", a_use(made, day(-9), note="Taxi"))
    named = a_use(made, day(-2), noted_by_post_id=post["id"])
    last = await actors.made("/method-uses", named)
    assert [one["id"] for one in (await actors.get(uses)).json()["items"]] == [
        last["id"], first["id"],
    ]  # fmt: skip
    assert await used_of(actors, f"{url}?as_of={day(-3)}") == (1, day(-9))
    assert await used_of(actors, f"{url}?as_of={day(-10)}") == (0, None)
    assert await used_of(actors, f"{url}?known_at={known}") == (0, None)
    assert (await actors.get(f"{uses}?as_of={day(-3)}")).json()["items"] == [first]
    assert (await actors.get(f"{uses}?known_at={known}")).json()["items"] == []

    async def used(query: str) -> list[str]:
        return [one["name"] for one in (await actors.get(f"/methods?{query}")).json()["items"]]

    assert await used("used=true") == ["Ett"]
    assert await used(f"used=true&as_of={day(-10)}") == []
    assert await used("used=false") == ["Två"]
    by = f"/method-uses?noted_by_post_id={post['id']}"
    assert [one["id"] for one in (await actors.get(by)).json()["items"]] == [last["id"]]
    moved = await actors.put(f"/method-uses/{last['id']}", a_use(other, day(-2)), version=1)
    assert blamed(moved) == (422, "method_id", "fixed")
    nobody = await actors.post("/method-uses", a_use(post, day(0), noted_by_post_id=made["id"]))
    assert {(e["field"], e["code"]) for e in nobody.json()["errors"]} == {
        ("method_id", "unknown_reference"), ("noted_by_post_id", "unknown_reference"),
    }  # fmt: skip
    gone = await actors.by(STRATEGIST).delete(f"/method-uses/{last['id']}", version=1)
    assert (gone.status_code, await used_of(actors, url)) == (204, (1, day(-9)))
    assert (await actors.delete(f"/method-uses/{first['id']}", version=1)).status_code == 204
    assert (await actors.delete(url, version=1)).status_code == 204, "nobody has used it after all"


async def test_leaders_keep_the_library_and_everybody_reads(actors: Signed) -> None:
    made = await actors.by(ASSOCIATION).made("/methods", a_method())
    url = f"/methods/{made['id']}"
    for caller in (STRATEGIST, READER, MEMBER, municipality("1472")):
        assert (await actors.by(caller).get(url)).status_code == 200
        assert (await actors.by(caller).post("/methods", a_method())).status_code == 403
        assert (await actors.by(caller).put(url, a_method(), version=1)).status_code == 403
        retired = await actors.by(caller).post(f"{url}/retire", {"retired_on": day(0)})
        assert retired.status_code == 403
    for caller in (READER, MEMBER, municipality("1472")):
        used = await actors.by(caller).post("/method-uses", a_use(made, day(0)))
        assert used.status_code == 403
        assert (await actors.by(caller).get(f"{url}/method-uses")).status_code == 200
