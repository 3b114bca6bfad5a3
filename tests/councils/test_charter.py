"""Charters: what a council is to do, version after version."""

from tests.callers import MEMBER, READER, Signed, municipality
from tests.councils.builders import a_decision, blamed, council_in, day, meeting_in


async def test_the_last_charter_that_had_begun_is_in_force(councils: Signed) -> None:
    council = await council_in(councils)
    said = {"council_id": council["id"], "valid_from": day(-300), "purpose": "Börja"}
    first = await councils.made("/charters", said | {"decides_itself": "Vilka möten"})
    second = await councils.made("/charters", said | {"valid_from": day(-10), "purpose": "Gör"})
    await councils.made("/charters", said | {"valid_from": day(30), "purpose": "Sen"})
    assert (second["in_force"], second["valid_to"]) == (True, None)
    again = await councils.post("/charters", said)
    assert blamed(again) == (409, "valid_from", "taken")
    url = f"/councils/{council['id']}/charters"
    for days, purposes, valid_to in (
        (0, ["Gör"], None), (-10, ["Gör"], None), (-11, ["Börja"], None), (-301, [], None),
        (30, ["Sen"], None),
    ):  # fmt: skip
        found = (await councils.get(f"{url}?as_of={day(days)}&in_force=true")).json()["items"]
        assert [one["purpose"] for one in found] == purposes, days
        assert [one["valid_to"] for one in found] == [valid_to] * len(found)
    earlier = (await councils.get(f"/charters/{first['id']}")).json()
    assert (earlier["in_force"], earlier["valid_to"]) == (False, day(-10))
    assert earlier["decides_itself"] == "Vilka möten", "those before can be read"


async def test_a_charter_stays_with_its_council_and_follows_its_decision(councils: Signed) -> None:
    council, other = await council_in(councils), await council_in(councils)
    decision = await councils.made("/decisions", a_decision(await meeting_in(councils, other)))
    said = {"council_id": council["id"], "purpose": "Börja", "decision_id": decision["id"]}
    early = await councils.post("/charters", said | {"valid_from": day(-8)})
    assert blamed(early) == (422, "valid_from", "too_early")
    made = await councils.made("/charters", said | {"valid_from": day(-7)})
    url = f"/charters/{made['id']}"
    moved = await councils.put(url, made_of(made, council_id=other["id"]), version=1)
    assert blamed(moved) == (422, "council_id", "fixed")
    nothing = await councils.post("/charters", {"council_id": council["id"]})
    assert {one["field"] for one in nothing.json()["errors"]} == {"purpose", "valid_from"}
    closing = {"closed_on": day(-1), "reason": "other"}
    await councils.made(f"/councils/{council['id']}/close", closing)
    late = await councils.post("/charters", said | {"valid_from": day(0)})
    assert blamed(late) == (409, "council_id", "closed")
    moved = await councils.put(url, made_of(made, valid_from=day(0)), version=1)
    assert blamed(moved) == (422, "valid_from", "after_closing")
    assert (await councils.put(url, made_of(made, tasks="Rättat"), version=1)).status_code == 200


def made_of(made: dict[str, object], **more: object) -> dict[str, object]:
    names = "council_id", "purpose", "valid_from", "decision_id"
    return {name: made[name] for name in names} | more


async def test_who_may_read_and_write_charters(councils: Signed) -> None:
    council = await council_in(councils)
    said = {"council_id": council["id"], "valid_from": day(0), "purpose": "Exempel: snickeri"}
    made = await councils.made("/charters", said)
    for caller in (READER, MEMBER, municipality("1472", "read", "write")):
        assert (await councils.by(caller).post("/charters", said)).status_code == 403
    found = (await councils.by(READER).get("/charters?q=snickeriet")).json()["items"]
    assert [one["id"] for one in found] == [made["id"]]
    url = f"/charters/{made['id']}"
    assert (await councils.by(MEMBER).get(url)).status_code == 404, "it sits in no such council"
    assert (await councils.delete(url, version=1)).status_code == 204
