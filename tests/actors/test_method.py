"""Methods: found by step and group, used, and retired rather than lost."""

from services.kit import clock
from tests.actors.test_departure import Fact
from tests.callers import ASSOCIATION, MEMBER, READER, STRATEGIST, Signed, municipality
from tests.councils.builders import blamed, day


def a_method(**more: object) -> Fact:
    """A way of working, for meetings."""
    said = {"name": "Rundan", "purpose": "Alla hörs", "how_to": "Ett.\n\nTvå."}
    return said | {"steps": ["meeting"]} | more


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
    late = await actors.post(f"{url}/use", {"used_on": day(1)})
    assert blamed(late) == (422, "used_on", "in_the_future")
    await actors.by(STRATEGIST).made(f"{url}/use", {"used_on": day(-2)})
    used = await actors.made(f"{url}/use", {"used_on": day(-9)})
    assert (used["use_count"], used["last_used_on"]) == (2, day(-2))
    gone = await actors.delete(url, version=used["version"])
    assert blamed(gone) == (409, "id", "used")
    early = await actors.post(f"{url}/retire", {"retired_on": day(-2)})
    assert blamed(early) == (422, "retired_on", "too_early")
    known = clock.now().isoformat().replace("+00:00", "Z")
    retired = await actors.made(f"{url}/retire", {"retired_on": day(-1)})
    assert retired["retired"]
    assert blamed(await actors.post(f"{url}/retire", {"retired_on": day(0)}))[2] == "done"
    assert blamed(await actors.post(f"{url}/use", {"used_on": day(0)}))[2] == "retired"
    listed = "/methods?retired=false"
    assert (await actors.get(listed)).json()["items"] == []
    assert len((await actors.get(f"{listed}&as_of={day(-2)}")).json()["items"]) == 1
    assert len((await actors.get(f"{listed}&known_at={known}")).json()["items"]) == 1
    back = await actors.made(f"{url}/restore", {})
    assert (back["retired"], back["use_count"]) == (False, 2)
    assert blamed(await actors.post(f"{url}/restore"))[2] == "not_done"
    other = await actors.made("/methods", a_method(name="Ny"))
    assert (await actors.delete(f"/methods/{other['id']}", version=1)).status_code == 204


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
        used = await actors.by(caller).post(f"{url}/use", {"used_on": day(0)})
        assert used.status_code == 403
