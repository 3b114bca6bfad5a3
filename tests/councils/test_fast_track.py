"""The fast track: one call makes everything or nothing, and starts a clock."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from services.councils.contract.fast_track import ShortageSignal
from tests.callers import MEMBER, READER, STRATEGIST, Signed, municipality, somebody
from tests.councils.builders import at, blamed, day
from tests.councils.work import a_headcount, a_need

LISTS = ("councils", "needs", "seats", "meetings", "agenda-items", "attendances", "phases")


def a_fast_track(**more: Any) -> dict[str, Any]:
    """Forty drivers are lacking; three actors are called together."""
    leader = somebody()
    signal = {
        "occupation_code": "8321",
        "occupation_name": "Taxiförare",
        "headcount": 40,
        "needed_by": day(120),
        "source": "Exempelföretag 1",
        "signalled_on": day(-12),
    }
    meeting = {"title": "Första mötet", "starts_at": at(3), "place": "Exempelgatan 1"}
    return {
        "signal": signal,
        "name": "Tillfälligt råd för taxi",
        "industry": "Taxi",
        "purpose": "Utbilda förare före hösten",
        "convened_on": day(-10),
        "ends_on": day(180),
        "leader_actor_ids": [leader],
        "invited_actor_ids": [somebody(), leader],
        "process_leader_post_id": somebody(),
        "meeting": meeting,
    } | more


async def test_a_need_that_is_known_already_is_kept_with_its_sources(councils: Signed) -> None:
    need = await councils.made("/needs", a_need(urgency="acute", figures=["Exempel: 40 saknas"]))
    made = await councils.made("/councils/fast-track", a_fast_track(need_id=need["id"]))
    assert made["need_id"] == need["id"]
    (kept,) = (await councils.get("/needs")).json()["items"]
    assert (kept["figures"], kept["council_id"]) == (need["figures"], made["council_id"])
    assert kept["statement"] == need["statement"]
    items = (await councils.get(f"/meetings/{made['meeting_id']}/agenda-items")).json()["items"]
    assert [item["need_ids"] for item in items] == [[need["id"]]] * 2
    clock = (await councils.get(f"/councils/{made['council_id']}/clock")).json()
    assert (clock["need_id"], clock["headcount"]) == (need["id"], 40)
    # What a council works on stays its own; what is closed or unknown begins nothing.
    again = await councils.made("/councils/fast-track", a_fast_track(need_id=need["id"]))
    assert (await councils.get(f"/needs/{need['id']}")).json()["council_id"] == made["council_id"]
    assert again["council_id"] != made["council_id"]
    over = {"closed_on": day(0), "reason": "goal_met"}
    refused = await councils.post(f"/councils/{again['council_id']}/close", over)
    assert blamed(refused) == (409, "reason", "needs_open"), "it was convened for that need"
    await councils.made(f"/needs/{need['id']}/drop", {"reason": "Exempel"})
    for need_id, status, code in (
        (need["id"], 409, "closed"),
        (somebody(), 422, "unknown_reference"),
    ):
        refused = await councils.post("/councils/fast-track", a_fast_track(need_id=need_id))
        assert blamed(refused) == (status, "need_id", code)


async def test_one_call_makes_all_that_a_council_begins_with(councils: Signed) -> None:
    body = a_fast_track()
    answer = await councils.post("/councils/fast-track", body)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    council = (await councils.get(answer.headers["Location"])).json()
    assert (council["kind"], council["phase"], council["phase_since"]) == (
        "temporary_council",
        "active",
        day(-10),
    )
    assert council["process_leader_post_id"] == body["process_leader_post_id"]
    seats = (await councils.get(f"/councils/{council['id']}/seats?sort=role")).json()["items"]
    assert [seat["role"] for seat in seats] == ["chair", "member"]
    assert {seat["id"] for seat in seats} == set(made["seat_ids"])
    need = (await councils.get(f"/needs/{made['need_id']}")).json()
    assert (need["urgency"], need["horizon"], need["occupation_code"]) == ("acute", "short", "8321")
    assert (need["headcount_per_year"], need["source"]) == (40, "Exempelföretag 1")
    assert need["meeting_ids"] == [made["meeting_id"]]
    url = f"/meetings/{made['meeting_id']}"
    items = (await councils.get(f"{url}/agenda-items")).json()["items"]
    assert [item["need_ids"] for item in items] == [[need["id"]]] * 2
    asked = (await councils.get(f"{url}/attendances")).json()["items"]
    assert {a["seat_id"] for a in asked} == set(made["seat_ids"])
    phases = (await councils.get(f"/councils/{council['id']}/phases")).json()["items"]
    assert [phase["phase"] for phase in phases] == ["forming", "active"]


async def _marks(councils: Signed, made: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    meeting = f"/meetings/{made['meeting_id']}"
    url = f"/councils/{made['council_id']}"
    things = {
        "council": (await councils.get(url)).json(),
        "seat": (await councils.get(f"{url}/seats")).json()["items"][0],
        "signal": (await councils.get(f"{url}/shortage-signals")).json()["items"][0],
        "need": (await councils.get(f"/needs/{made['need_id']}")).json(),
        "meeting": (await councils.get(meeting)).json(),
        "point": (await councils.get(f"{meeting}/agenda-items")).json()["items"][0],
        "phase": (await councils.get(f"{url}/phases?sort=-number")).json()["items"][0],
    }
    return {name: (thing["source"], thing["example"]) for name, thing in things.items()}


async def test_each_part_keeps_its_own_source_and_whether_it_is_invented(councils: Signed) -> None:
    told = _within("signal", example=True)
    told |= _within("meeting", source="Kallelsen", agenda=[{"title": "Start", "example": True}])
    made = await councils.made("/councils/fast-track", a_fast_track(source="Larmet", **told))
    assert await _marks(councils, made) == {
        "council": ("Larmet", False),
        "seat": ("Larmet", False),
        "signal": ("Exempelföretag 1", True),
        "need": ("Exempelföretag 1", True),
        "meeting": ("Kallelsen", False),
        "point": ("Kallelsen", True),
        "phase": ("Larmet", False),
    }
    assert (await councils.get(f"/needs/{made['need_id']}")).json()["figures"] == []


async def test_a_part_that_says_nothing_has_the_marks_of_the_whole(councils: Signed) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track(source="Larmet", example=True))
    marks = await _marks(councils, made)
    assert {source for source, _ in marks.values()} == {"Larmet", "Exempelföretag 1"}
    assert all(example for _, example in marks.values())


async def test_the_same_key_makes_one_council(councils: Signed) -> None:
    body, headers = a_fast_track(), {"Idempotency-Key": "once"}
    first = await councils.post("/councils/fast-track", body, headers=headers)
    again = await councils.post("/councils/fast-track", body, headers=headers)
    assert first.json() == again.json()
    assert len((await councils.get("/councils")).json()["items"]) == 1


def _within(part: str, **more: Any) -> dict[str, Any]:
    return {part: a_fast_track()[part] | more}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        (_within("signal", occupation_code="83"), "signal.occupation_code", None),
        (_within("signal", headcount=0), "signal.headcount", None),
        (_within("signal", needed_by=day(-20)), "signal.needed_by", "empty_period"),
        (_within("signal", signalled_on=day(-1)), "signal.signalled_on", "too_late"),
        (_within("signal", source=""), "signal.source", None),
        (_within("meeting", place=None), "meeting.place", "at_least_one"),
        (_within("meeting", starts_at=at(-11)), "meeting.starts_at", "too_early"),
        (_within("meeting", starts_at=at(190)), "meeting.starts_at", "too_late"),
        (_within("meeting", agenda=[{"title": ""}]), "meeting.agenda.0.title", None),
        ({"ends_on": day(-11)}, "ends_on", "empty_period"),
        ({"ends_on": None}, "ends_on", None),
        ({"convened_on": day(1)}, "convened_on", "in_the_future"),
        ({"leader_actor_ids": []}, "leader_actor_ids", None),
        ({"areas": ["sport"]}, "areas.0", None),
        ({"areas": ["matching", "matching"]}, "areas", "repeated"),
        ({"municipality_codes": ["14"]}, "municipality_codes.0", None),
        ({"name": "x" * 201}, "name", None),
    ],
)
async def test_a_wrong_field_stores_nothing(
    councils: Signed, change: dict[str, Any], field: str, code: str | None
) -> None:
    refused = await councils.post("/councils/fast-track", a_fast_track(**change))
    assert blamed(refused)[:2] == (422, field)
    assert code in {None, blamed(refused)[2]}
    for path in LISTS:
        assert (await councils.get(f"/{path}")).json()["items"] == [], path


async def test_the_clock_goes_from_the_signal_until_the_need_is_met(councils: Signed) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track())
    url = f"/councils/{made['council_id']}/clock"
    clock = (await councils.get(url)).json()
    assert [stage["on"] for stage in clock["stages"]] == [day(-12), day(-10), None, None, None]
    assert (clock["days"], clock["running"], clock["late"]) == (12, True, False)
    assert clock["example"] is False

    initiative = {"title": "Förarutbildning", "kind": "commissioned_training", "horizon": "short"}
    initiative |= {"need_ids": [made["need_id"]], "lead_actor_id": str(uuid4())}
    started = await councils.made("/initiatives", initiative)
    assert (await councils.get(url)).json()["stages"][2]["on"] is None
    decided = {"decided_on": day(-7)}
    await councils.made(f"/initiatives/{started['id']}/decide", decided)
    full = a_headcount(started, counted_on=day(-4), filled=20, example=True)
    filled = await councils.made("/headcounts", full)
    # What was done for the signal's need is done for the one that it lives on in.
    living = (await councils.made("/needs", a_need()))["id"]
    merge = {"from_ids": [made["need_id"]], "into_id": living}
    await councils.made("/needs/merge", merge)
    met = {"evidence": "Fyrtio anställda", "met_on": day(-1)}
    await councils.made(f"/needs/{living}/meet", met)

    clock = (await councils.get(url)).json()
    assert [
        (s["stage"], s["on"], s["days_since_signal"], s["days_since_previous"])
        for s in clock["stages"]
    ] == [
        ("signal", day(-12), 0, 0),
        ("convened", day(-10), 2, 2),
        ("first_measure", day(-7), 5, 3),
        ("seats_filled", day(-4), 8, 3),
        ("need_met", day(-1), 11, 3),
    ]
    assert [s["shown_by_id"] for s in clock["stages"][2:]] == [
        started["id"],
        filled["id"],
        living,
    ]
    assert (clock["days"], clock["running"], clock["example"]) == (11, False, True)


async def test_the_clock_never_runs_backwards(councils: Signed) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track())
    early = {"title": "Tidigare", "kind": "commissioned_training", "horizon": "short"}
    early |= {"need_ids": [made["need_id"]], "lead_actor_id": str(uuid4())}
    before = await councils.made("/initiatives", early)
    await councils.made(f"/initiatives/{before['id']}/decide", {"decided_on": day(-11)})
    for counted_on in (day(-11), day(-3)):
        await councils.made("/headcounts", a_headcount(before, counted_on=counted_on, filled=20))
    met, address = {"evidence": "Anställda"}, f"/needs/{made['need_id']}/meet"
    refused = await councils.post(address, met | {"met_on": day(-11)})
    assert blamed(refused) == (422, "met_on", "before_convened")
    await councils.made(address, met | {"met_on": day(-5)})
    clock = (await councils.get(f"/councils/{made['council_id']}/clock")).json()
    assert [(s["stage"], s["on"], s["days_since_previous"]) for s in clock["stages"]] == [
        ("signal", day(-12), 0),
        ("convened", day(-10), 2),
        ("need_met", day(-5), 5),
        ("seats_filled", day(-3), 2),
        ("first_measure", None, None),
    ]


async def test_only_a_council_of_the_fast_track_has_a_clock(councils: Signed) -> None:
    body = {"name": "Råd", "kind": "working_group", "level": "operative"}
    council = await councils.made("/councils", body | {"leader_actor_ids": [str(uuid4())]})
    for id_ in (council["id"], str(uuid4()), "x"):
        assert (await councils.get(f"/councils/{id_}/clock")).status_code == 404


async def test_the_fast_track_is_for_staff(councils: Signed) -> None:
    for caller in (STRATEGIST, MEMBER, READER, municipality("1472")):
        refused = await councils.by(caller).post("/councils/fast-track", a_fast_track())
        assert refused.status_code == 403
    made = await councils.made("/councils/fast-track", a_fast_track())
    signals = (await councils.by(READER).get("/shortage-signals?occupation_code=8321")).json()
    assert [signal["council_id"] for signal in signals["items"]] == [made["council_id"]]


async def test_fast_tracks_are_set_beside_each_other(councils: Signed) -> None:
    met = await councils.made("/councils/fast-track", a_fast_track())
    done = {"evidence": "Fyrtio anställda", "met_on": day(-2)}
    await councils.made(f"/needs/{met['need_id']}/meet", done)
    closed = await councils.made("/councils/fast-track", a_fast_track(convened_on=day(-8)))
    end = {"closed_on": day(-1), "reason": "expired", "lessons": "Börja tidigare"}
    await councils.made(f"/councils/{closed['council_id']}/close", end)
    found = (await councils.get("/fast-tracks")).json()
    by_id = {one["council_id"]: one for one in found["items"]}
    first, second = by_id[met["council_id"]], by_id[closed["council_id"]]
    assert (first["days_to_convened"], first["days_to_need_met"], first["days"]) == (2, 10, 10)
    assert (first["running"], second["running"]) == (False, False)
    assert (second["days_to_need_met"], second["days"]) == (None, 11)
    assert (second["closing_reason"], second["lessons"]) == ("expired", "Börja tidigare")
    assert found["median"] == {
        "days_to_convened": 3,
        "days_to_first_measure": None,
        "days_to_seats_filled": None,
        "days_to_need_met": 10,
    }
    file = await councils.get("/fast-tracks", headers={"Accept": "text/csv"})
    assert "Börja tidigare" in file.text


async def test_a_signal_is_put_right_and_what_it_said_is_known(councils: Signed) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track())
    clock = (await councils.get(f"/councils/{made['council_id']}/clock")).json()
    assert clock["corrected_at"] is None
    url = f"/shortage-signals/{clock['signal_id']}"
    before = (await councils.get(url)).json()
    told = {name: before[name] for name in ShortageSignal.model_fields}
    right = told | {"headcount": 7, "signalled_on": day(-11)}
    assert blamed(await councils.put(url, told | {"needed_by": day(-40)}, version=1))[0] == 422
    late = await councils.put(url, told | {"signalled_on": day(-9)}, version=1)
    assert blamed(late) == (422, "signalled_on", "too_late")
    moment = datetime.now(UTC).isoformat()
    put = await councils.put(url, right, version=1)
    assert (put.status_code, put.json()["headcount"], put.json()["version"]) == (200, 7, 2)
    same = {name: put.json()[name] for name in ("council_id", "need_id")}
    assert same == {name: before[name] for name in ("council_id", "need_id")}
    assert (await councils.put(url, told, version=1)).status_code == 412
    assert (await councils.by(MEMBER).put(url, told, version=2)).status_code == 403
    clock = (await councils.get(f"/councils/{made['council_id']}/clock")).json()
    assert (clock["headcount"], clock["stages"][1]["days_since_signal"]) == (7, 1)
    assert clock["corrected_at"] == put.json()["updated_at"]
    then = (await councils.get(url, params={"known_at": moment})).json()
    assert (then["headcount"], then["version"]) == (before["headcount"], 1)
