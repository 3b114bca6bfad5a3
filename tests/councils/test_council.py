"""Councils: founded in a phase, moved along allowed ways, closed, reopened, founded anew."""

from uuid import UUID, uuid4

import pytest

from services.councils.contract.council import CouncilPhase
from services.councils.council.rules import demand_move
from services.kit import clock
from services.kit.errors import Conflict
from tests.callers import MEMBER, READER, STRATEGIST, Signed, municipality
from tests.councils.builders import (
    a_council,
    a_meeting,
    a_seat,
    at,
    blamed,
    council_in,
    day,
    meeting_in,
)
from tests.councils.work import a_need

CLOSING = {"reason": "lost_convenor", "result": "Åtta möten", "lessons": "Dela på ledningen"}


async def test_the_day_a_council_was_written_down_is_not_the_day_its_phase_began(
    councils: Signed,
) -> None:
    """Nobody said when it began: it is in its phase, since when is not known."""
    council = await council_in(councils, phase="forming", starts_on=None)
    assert (council["phase"], council["phase_since"]) == ("forming", None)
    url = f"/councils/{council['id']}"
    moved = await councils.made(f"{url}/move", {"phase": "active", "on": day(0), "reason": "Klart"})
    assert (moved["phase"], moved["phase_since"]) == ("active", day(0))
    coming = await council_in(councils, starts_on=day(30))
    assert coming["phase_since"] is None, "no phase began on a day to come"


async def test_a_phase_is_known_for_each_day(councils: Signed) -> None:
    council = await council_in(councils, phase="forming", starts_on=day(-300))
    url = f"/councils/{council['id']}"
    moved = await councils.made(
        f"{url}/move", {"phase": "active", "on": day(-200), "reason": "Klart"}
    )
    assert (moved["phase"], moved["phase_since"], moved["version"]) == ("active", day(-200), 2)
    await councils.made(f"{url}/move", {"phase": "dormant", "on": day(-100), "reason": "Vila"})

    async def phase(days: int) -> str | None:
        found: str | None = (await councils.get(url, params={"as_of": day(days)})).json()["phase"]
        return found

    phases = [await phase(days) for days in (-301, -300, -200, -101, 0)]
    assert phases == [None, "forming", "active", "active", "dormant"]
    assert (await councils.get(f"/councils?phase=active&as_of={day(-150)}")).json()["items"]
    assert not (await councils.get("/councils?phase=active")).json()["items"]
    rows = (await councils.get(f"{url}/phases")).json()["items"]
    assert [(row["number"], row["phase"], row["reason"]) for row in rows] == [
        (1, "forming", None),
        (2, "active", "Klart"),
        (3, "dormant", "Vila"),
    ]


async def test_a_new_council_is_proposed_unless_told(councils: Signed) -> None:
    body = a_council()
    del body["phase"]
    assert (await councils.made("/councils", body))["phase"] == "proposed"


@pytest.mark.parametrize(
    ("present", "wanted", "code"),
    [
        ("proposed", "dormant", "wrong_phase"),
        ("active", "proposed", "wrong_phase"),
        ("active", "active", "wrong_phase"),
        ("active", "closed", "use_close"),
        ("closed", "active", "closed"),
    ],
)
def test_ways_that_no_council_goes(present: str, wanted: str, code: str) -> None:
    with pytest.raises(Conflict) as refused:
        demand_move(present, CouncilPhase(wanted))
    assert refused.value.errors[0].code == code


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"kind": "temporary_council"}, "ends_on", "missing"),
        ({"ends_on": day(-500)}, "ends_on", "empty_period"),
        ({"leader_actor_ids": []}, "leader_actor_ids", "too_short"),
        ({"leader_actor_ids": [str(uuid4()), "x"]}, "leader_actor_ids.1", "uuid_parsing"),
        ({"leader_actor_ids": [str(UUID(int=1))] * 2}, "leader_actor_ids", "repeated"),
        ({"phase": "closed"}, "phase", "not_first"),
        ({"predecessor_id": str(uuid4())}, "predecessor_id", "unknown_reference"),
        ({"name": " "}, "name", "string_too_short"),
        ({"name": "a\u0000b"}, "name", "control_character"),
        ({"starts_on": "0001-01-01"}, "starts_on", "year_out_of_range"),
        ({"kind": "party"}, "kind", "enum"),
    ],
)
async def test_nonsense_is_blamed_on_its_field(
    councils: Signed, change: dict[str, object], field: str, code: str
) -> None:
    assert blamed(await councils.post("/councils", a_council(**change))) == (422, field, code)


async def test_moves_have_their_days(councils: Signed) -> None:
    council = await council_in(councils, starts_on=day(-10))
    url = f"/councils/{council['id']}/move"
    rests = {"phase": "dormant", "reason": "Vila"}
    silent = await councils.post(url, {"phase": "dormant", "on": day(0)})
    assert blamed(silent) == (422, "reason", "missing")
    late = await councils.post(url, rests | {"on": day(1)})
    assert blamed(late) == (422, "on", "in_the_future")
    early = await councils.post(url, rests | {"on": day(-11)})
    assert blamed(early) == (422, "on", "too_early")
    assert (await councils.post(url, {"phase": "sleep", "on": "x"})).status_code == 422
    lost = await councils.post("/councils/x/move", rests | {"on": day(0)})
    assert lost.status_code == 404
    stale = {"If-Match": '"v9"'}
    body = rests | {"on": day(0)}
    assert (await councils.post(url, body, headers=stale)).status_code == 412


async def test_facts_are_changed_without_the_phase(councils: Signed) -> None:
    council = await council_in(councils, starts_on=day(-10))
    url = f"/councils/{council['id']}"
    wrong = await councils.put(url, a_council(phase="dormant"), version=1)
    assert blamed(wrong) == (422, "phase", "use_move")
    body = a_council(starts_on=day(-90), name="Nytt namn")
    renamed = (await councils.put(url, body, version=1)).json()
    assert (renamed["name"], renamed["phase"], renamed["phase_since"]) == (
        "Nytt namn",
        "active",
        day(-90),
    )


async def test_a_goal_is_not_met_while_needs_are_open(councils: Signed) -> None:
    council = await council_in(councils)
    url = f"/councils/{council['id']}/close"
    needs = [await councils.made("/needs", a_need(council_id=council["id"])) for _ in range(4)]
    await councils.made("/needs", a_need())
    for need, verb in zip(needs, ("prioritise", "start"), strict=False):
        await councils.made(f"/needs/{need['id']}/{verb}", None)
    met = {"closed_on": day(0), "reason": "goal_met"}
    for left, need in enumerate(reversed(needs)):
        refused = await councils.post(url, met)
        assert blamed(refused) == (409, "reason", "needs_open")
        assert str(len(needs) - left) in refused.json()["detail"]
        await councils.made(f"/needs/{need['id']}/drop", {"reason": "Gäller inte längre"})
    assert (await councils.made(url, met))["closing_reason"] == "goal_met"


async def test_a_council_is_closed_for_other_reasons_with_needs_that_live_on(
    councils: Signed,
) -> None:
    council = await council_in(councils)
    need = await councils.made("/needs", a_need(council_id=council["id"]))
    await councils.made(f"/councils/{council['id']}/close", CLOSING | {"closed_on": day(0)})
    assert (await councils.get(f"/needs/{need['id']}")).json()["status"] == "identified"


async def test_a_closed_council_is_read_and_added_to_no_more(councils: Signed) -> None:
    council = await council_in(councils)
    url = f"/councils/{council['id']}"
    seat = await councils.made("/seats", a_seat(council))
    coming = await meeting_in(councils, council, starts_at=at(30), status="planned")
    same = await meeting_in(councils, council, starts_at=at(-1), status="planned")
    held = await meeting_in(councils, council)

    closed = await councils.made(f"{url}/close", CLOSING | {"closed_on": day(-1)})
    assert (closed["phase"], closed["closing_reason"], closed["seat_count"]) == (
        "closed",
        "lost_convenor",
        0,
    )
    assert (closed["result"], closed["lessons"]) == ("Åtta möten", "Dela på ledningen")
    assert (await councils.get(f"/seats/{seat['id']}")).json()["valid_to"] == day(0)
    meetings = (await councils.get(f"{url}/meetings")).json()["items"]
    assert {m["id"]: m["status"] for m in meetings} == {
        held["id"]: "held",
        coming["id"]: "cancelled",
        same["id"]: "cancelled",
    }
    for path, body in (
        ("/seats", a_seat(council)),
        ("/meetings", a_meeting(council)),
        (f"{url}/close", CLOSING | {"closed_on": day(0)}),
        (f"{url}/move", {"phase": "active", "on": day(0), "reason": "Klart"}),
    ):
        refused = await councils.post(path, body)
        assert (refused.status_code, blamed(refused)[2]) == (409, "closed"), path


async def test_a_mistaken_closing_is_undone_from_its_day_on(councils: Signed) -> None:
    council = await council_in(councils)
    url = f"/councils/{council['id']}"
    ended = await councils.made("/seats", a_seat(council, valid_to=day(-50)))
    until = await councils.made("/seats", a_seat(council, valid_to=day(50)))
    lasting = await councils.made("/seats", a_seat(council, valid_from=day(-1)))
    coming = await meeting_in(councils, council, starts_at=at(30), status="planned")
    not_closed = await councils.post(f"{url}/reopen", {"reason": "Fel råd"})
    assert blamed(not_closed) == (409, "phase", "not_closed")

    await councils.made(f"{url}/close", CLOSING | {"closed_on": day(-1)})
    opened = await councils.made(f"{url}/reopen", {"reason": "Fel råd"})
    assert (opened["phase"], opened["phase_since"], opened["closed_on"], opened["result"]) == (
        "active",
        day(-1),
        None,
        None,
    )
    seats = (await councils.get(f"{url}/seats")).json()["items"]
    assert {seat["id"]: seat["valid_to"] for seat in seats} == {
        ended["id"]: day(-50),
        until["id"]: day(50),
        lasting["id"]: None,
    }
    assert (await councils.get(f"/meetings/{coming['id']}")).json()["status"] == "planned"
    await councils.made("/seats", a_seat(council))


async def test_seats_of_the_closing_day_last_that_day(councils: Signed) -> None:
    council = await council_in(councils)
    seat = await councils.made("/seats", a_seat(council, valid_from=day(0)))
    url = f"/councils/{council['id']}/close"
    refused = await councils.post(url, CLOSING | {"closed_on": day(-1)})
    assert blamed(refused) == (409, "closed_on", "seats_begin_later")
    await councils.made(url, CLOSING | {"closed_on": day(0)})
    assert (await councils.get(f"/seats/{seat['id']}")).json()["valid_to"] == day(1)


async def test_an_industry_without_a_council_is_a_vacuum_until_one_is_founded_anew(
    councils: Signed,
) -> None:
    old = await council_in(councils, name="Första", starts_on=day(-900))
    closing = CLOSING | {"closed_on": day(-500)}
    await councils.made(f"/councils/{old['id']}/close", closing)
    await council_in(councils, industry="Taxi")
    found = (await councils.get("/councils/vacuum")).json()["items"]
    told = [(v["industry"], v["council_id"], v["councils"], v["example"]) for v in found]
    assert told == [("Möbel", old["id"], 1, False)]
    begun = {"industry": "MÖBEL", "name": "Exempelförslaget", "phase": "proposed"}
    proposed = await council_in(councils, **begun)
    (one,) = (await councils.get("/councils/vacuum")).json()["items"]
    told = one["council_id"], one["proposed_council_id"], one["proposed_name"], one["councils"]
    assert told == (old["id"], proposed["id"], "Exempelförslaget", 1), "it has not begun"
    forming = {"phase": "forming", "on": day(0), "reason": "Samlas"}
    await councils.made(f"/councils/{proposed['id']}/move", forming)
    assert (await councils.get("/councils/vacuum")).json()["items"] == []
    await councils.made(f"/councils/{proposed['id']}/close", CLOSING | {"closed_on": day(0)})
    await councils.made(f"/councils/{proposed['id']}/reopen", {"reason": "Fel råd"})
    assert (await councils.get("/councils/vacuum")).json()["items"] == []
    await councils.made(f"/councils/{proposed['id']}/close", CLOSING | {"closed_on": day(0)})
    (last,) = (await councils.get("/councils/vacuum")).json()["items"]
    assert (last["council_id"], last["proposed_name"]) == (proposed["id"], None)


async def test_a_vacuum_tells_how_its_council_closed(councils: Signed) -> None:
    old = await council_in(councils, name="Första", starts_on=day(-900))
    closing = CLOSING | {"closed_on": day(-500)}
    await councils.made(f"/councils/{old['id']}/close", closing)
    address = f"/councils/{old['id']}"
    assert (await councils.post(f"{address}/reopen", {"reason": "Fel råd"})).status_code == 200
    closed = await councils.made(f"{address}/close", closing | {"example": True})
    (found,) = (await councils.get("/councils/vacuum")).json()["items"]
    assert (found["example"], closed["example"]) == (True, False)
    new = await council_in(councils, name="Andra", industry="möbel", predecessor_id=old["id"])
    assert (await councils.get("/councils/vacuum")).json()["items"] == []
    old = (await councils.get(f"/councils/{old['id']}")).json()
    assert old["successor_ids"] == [new["id"]]
    circle = a_council(phase=None, predecessor_id=new["id"])
    refused = await councils.put(f"/councils/{old['id']}", circle, version=old["version"])
    assert blamed(refused) == (422, "predecessor_id", "circle")


async def test_lists_are_narrowed_and_searched(councils: Signed) -> None:
    actor, post = str(uuid4()), str(uuid4())
    one = await council_in(councils, name="Möbelrådet", leader_actor_ids=[str(uuid4()), actor])
    two = await council_in(
        councils,
        name="Taxirådet",
        industry="Taxi",
        kind="temporary_council",
        phase="forming",
        level="bridging",
        process_leader_post_id=post,
        ends_on=day(20),
        purpose="Chaufförsbrist",
    )

    async def found(query: str) -> list[str]:
        answer = await councils.get(f"/councils?{query}")
        assert answer.status_code == 200, answer.text
        return [council["id"] for council in answer.json()["items"]]

    for query in (
        f"leader_actor_id={actor}",
        "phase=active",
        "kind=industry_council",
        "industry=m%C3%B6bel",
        "q=m%C3%B6belr",
        "level=operative",
    ):
        assert await found(query) == [one["id"]], query
    for query in (
        f"process_leader_post_id={post}",
        f"ends_until={day(30)}",
        "phase=forming",
        "q=chauff%C3%B6rsbrist",
    ):
        assert await found(query) == [two["id"]], query
    assert await found("open=true&sort=name") == [one["id"], two["id"]]
    assert await found(f"ends_until={day(10)}") == await found("open=false") == []


async def test_who_may_write_a_council(councils: Signed) -> None:
    body = a_council(kind="strategic_forum")
    await councils.by(STRATEGIST).made("/councils", body)
    for caller in (READER, MEMBER, municipality("1472")):
        assert (await councils.by(caller).post("/councils", body)).status_code == 403
    assert len((await councils.by(READER).get("/councils")).json()["items"]) == 1


async def test_a_council_that_nothing_hangs_on_can_be_removed(councils: Signed) -> None:
    council = await council_in(councils)
    await councils.made("/seats", a_seat(council))
    refused = await councils.delete(f"/councils/{council['id']}", version=1)
    assert blamed(refused) == (409, "id", "in_use")
    empty = await council_in(councils)
    assert (await councils.delete(f"/councils/{empty['id']}", version=1)).status_code == 204


INQUIRY = {
    "title": "Exempelutredningen",
    "url": "https://example.com/utredning",
    "published_on": "2020-06-01",
    "says": "Regionala branschråd pekas ut som arena.",
}


async def test_a_council_says_which_policy_sources_it_rests_on(councils: Signed) -> None:
    """With what they say for it; found by a part of the title; and what it said before is known."""
    bare = {"title": "Exempelstrategi 100 %"}
    council = await council_in(councils, policy_sources=[INQUIRY, bare])
    url = f"/councils/{council['id']}"
    nothing = {"url": None, "published_on": None, "says": None}
    assert council["policy_sources"] == [INQUIRY, nothing | bare]
    other = await council_in(councils)
    assert other["policy_sources"] == []
    for asked, found in (("exempelUTRED", [council]), ("100 %", [council]), ("_", []), ("url", [])):
        items = (await councils.get("/councils", params={"policy_source": asked})).json()["items"]
        assert [one["id"] for one in items] == [one["id"] for one in found], asked
    then = clock.now().isoformat()
    changed = await councils.put(url, a_council(phase=None, policy_sources=[bare]), version=1)
    assert changed.json()["policy_sources"] == [nothing | bare]
    before = (await councils.get(url, params={"known_at": then})).json()
    assert before["policy_sources"] == [INQUIRY, nothing | bare]


@pytest.mark.parametrize(
    ("sources", "field", "code"),
    [
        ([{"url": "https://example.com"}], "policy_sources.0.title", "missing"),
        ([INQUIRY, INQUIRY | {"url": "javascript:x"}], "policy_sources.1.url", "pattern"),
        ([INQUIRY | {"published_on": day(1)}], "policy_sources.0.published_on", "in_the_future"),
        ([INQUIRY | {"says": "x" * 501}], "policy_sources.0.says", "string_too_long"),
        ([INQUIRY | {"page": 1}], "policy_sources.0.page", "extra_forbidden"),
        ([INQUIRY] * 21, "policy_sources", "too_long"),
    ],
)
async def test_nonsense_about_a_policy_source_stands_at_its_row(
    councils: Signed, sources: object, field: str, code: str
) -> None:
    refused = await councils.post("/councils", a_council(policy_sources=sources))
    status, at_field, why = blamed(refused)
    assert (status, at_field) == (422, field)
    assert code in why
