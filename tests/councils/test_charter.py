"""Charters: what a council is to do, version after version."""

from services.councils.charter.queries import CHARTERS
from tests.callers import MEMBER, READER, Signed, municipality
from tests.councils.builders import a_decision, blamed, changed, council_in, day, meeting_in


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
    none = {"planned_seats": [{"role": "chair", "seats": 1}, {"role": "member", "seats": 0}]}
    refused = await councils.post("/charters", said | {"valid_from": day(-3)} | none)
    assert blamed(refused) == (422, "planned_seats.1.seats", "no_seats")
    nothing = await councils.post("/charters", {"council_id": council["id"]})
    assert {one["field"] for one in nothing.json()["errors"]} == {"purpose", "valid_from"}
    closing = {"closed_on": day(-1), "reason": "other"}
    await councils.made(f"/councils/{council['id']}/close", closing)
    late = await councils.post("/charters", said | {"valid_from": day(0)})
    assert blamed(late) == (409, "council_id", "closed")
    moved = await councils.put(url, made_of(made, valid_from=day(0)), version=1)
    assert blamed(moved) == (422, "valid_from", "after_closing")
    told = made_of(made, tasks="Rättat", change_reason="Exempel: fel ord")
    assert (await councils.put(url, told, version=1)).status_code == 200


def made_of(made: dict[str, object], **more: object) -> dict[str, object]:
    names = "council_id", "purpose", "valid_from", "decision_id"
    return {name: made[name] for name in names} | more


async def test_what_others_rely_on_is_changed_with_a_reason_and_kept(councils: Signed) -> None:
    council = await council_in(councils)
    said = {"council_id": council["id"], "purpose": "Börja", "valid_from": day(-30)}
    made = await councils.made("/charters", said)
    url = f"/charters/{made['id']}"
    for more in ({"purpose": "Annat"}, {"valid_from": day(30)}, {"planned_seats": PLANNED}):
        silent = await changed(councils, CHARTERS, made["id"], **more)
        assert blamed(silent) == (422, "change_reason", "locked_unexplained"), more
    done = await changed(councils, CHARTERS, made["id"], purpose="Annat", change_reason="Fel ord")
    (kept,) = done.json()["amendments"]
    assert (kept["purpose"], kept["valid_from"]) == ("Börja", day(-30))
    assert (kept["reason"], kept["fields"]) == ("Fel ord", ["purpose"])
    again = await changed(councils, CHARTERS, made["id"], purpose="Åter")
    assert blamed(again) == (422, "change_reason", "locked_unexplained"), "a new reason each time"
    refused = await councils.delete(url, version=2)
    assert blamed(refused) == (409, "id", "has_held")
    ahead = await changed(
        councils, CHARTERS, made["id"], valid_from=day(30), change_reason="Fel dag"
    )
    assert ahead.json()["in_force"] is False
    refused = await councils.delete(url, version=3)
    assert blamed(refused) == (409, "id", "has_held"), "it held once"


async def test_one_that_is_to_come_is_free_until_it_is_adopted(councils: Signed) -> None:
    council = await council_in(councils)
    said = {"council_id": council["id"], "purpose": "Sen", "valid_from": day(30)}
    made = await councils.made("/charters", said)
    free = await changed(councils, CHARTERS, made["id"], purpose="Senare", valid_from=day(40))
    assert (free.status_code, free.json()["amendments"]) == (200, [])
    decision = await councils.made("/decisions", a_decision(await meeting_in(councils, council)))
    adopted = await changed(councils, CHARTERS, made["id"], decision_id=decision["id"])
    assert adopted.status_code == 200
    for more in ({"purpose": "Annat"}, {"decision_id": None}):
        silent = await changed(councils, CHARTERS, made["id"], **more)
        assert blamed(silent) == (422, "change_reason", "locked_unexplained"), more
    refused = await councils.delete(f"/charters/{made['id']}", version=3)
    assert blamed(refused) == (409, "id", "has_held")


async def test_a_withdrawn_one_is_in_force_on_no_day_and_gives_its_day_free(
    councils: Signed,
) -> None:
    council = await council_in(councils)
    said = {"council_id": council["id"], "purpose": "Börja", "valid_from": day(-30)}
    first = await councils.made("/charters", said)
    wrong = await councils.made("/charters", said | {"valid_from": day(-3), "purpose": "Fel"})
    gone = await changed(councils, CHARTERS, wrong["id"], withdrawn_reason="Fel råd")
    assert (gone.json()["in_force"], gone.json()["purpose"]) == (False, "Fel")
    lasting = (await councils.get(f"/charters/{first['id']}")).json()
    assert (lasting["in_force"], lasting["valid_to"]) == (True, None)
    silent = await changed(councils, CHARTERS, wrong["id"], withdrawn_reason=None)
    assert blamed(silent) == (422, "change_reason", "locked_unexplained")
    await councils.made("/charters", said | {"valid_from": day(-3), "purpose": "Rätt"})
    back = await changed(
        councils, CHARTERS, wrong["id"], withdrawn_reason=None, change_reason="Ändå"
    )
    assert blamed(back) == (409, "valid_from", "taken")


PLANNED = [{"role": "chair", "seats": 1}]


async def test_who_may_read_and_write_charters(councils: Signed) -> None:
    council = await council_in(councils)
    said = {"council_id": council["id"], "valid_from": day(1), "purpose": "Exempel: snickeri"}
    made = await councils.made("/charters", said)
    for caller in (READER, MEMBER, municipality("1472", "read", "write")):
        assert (await councils.by(caller).post("/charters", said)).status_code == 403
    found = (await councils.by(READER).get("/charters?q=snickeriet")).json()["items"]
    assert [one["id"] for one in found] == [made["id"]]
    url = f"/charters/{made['id']}"
    assert (await councils.by(MEMBER).get(url)).status_code == 404, "it sits in no such council"
    assert (await councils.delete(url, version=1)).status_code == 204
