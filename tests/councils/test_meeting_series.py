"""Series of meetings: planned, moved and cancelled together; each stays a meeting of its own."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.councils.contract.meeting_series import MeetingSeriesDraft, MeetingSeriesExtension
from services.councils.meeting.queries import MEETINGS
from services.councils.meeting_series.holidays import easter, holiday
from services.councils.meeting_series.rules import days_of, extended
from services.kit.errors import Rejected
from tests.callers import MEMBER, READER, STRATEGIST, Signed, municipality, somebody
from tests.councils.builders import at, blamed, changed, council_in, day, meeting_in

Fact = dict[str, Any]
HOLIDAYS = {  # as the package holidays 0.109 has them, with the eves that it calls de facto
    2026: "0101 0106 0403 0405 0406 0501 0514 0524 0606 0619 0620 1031 1224 1225 1226 1231",
    2027: "0101 0106 0326 0328 0329 0501 0506 0516 0606 0625 0626 1106 1224 1225 1226 1231",
    2030: "0101 0106 0419 0421 0422 0501 0530 0606 0609 0621 0622 1102 1224 1225 1226 1231",
    2038: "0101 0106 0423 0425 0426 0501 0603 0606 0613 0625 0626 1106 1224 1225 1226 1231",
}


def a_series(council: Fact, **more: Any) -> Fact:
    """Check-ins every other week."""
    body = {"council_id": council["id"], "title": "Avstämning", "every": 2, "from_time": "09:00"}
    return body | {"begins_on": day(7), "count": 4, "to_time": "10:30", "place": "Rummet"} | more


async def meetings_of(councils: Signed, series: Fact) -> list[Fact]:
    """The meetings of a series, the first one first."""
    found: list[Fact] = (
        await councils.get(f"/meetings?series_id={series['id']}&sort=starts_at&limit=100")
    ).json()["items"]
    return found


def draft(**more: Any) -> MeetingSeriesDraft:
    """A series whose days are asked for."""
    facts = {"council_id": somebody(), "title": "Serie", "from_time": "09:00"}
    return MeetingSeriesDraft.model_validate(facts | more)


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ({"begins_on": "2026-12-22", "count": 3, "every": 2}, "2026-12-22 2027-01-05 2027-01-19"),
        ({"begins_on": "2027-01-04", "until": "2027-01-17"}, "2027-01-04 2027-01-11"),
        ({"begins_on": "2027-01-04", "until": "2027-01-18", "count": 2}, "2027-01-04 2027-01-11"),
        (
            {"rhythm": "months", "begins_on": "2027-01-12", "count": 3},
            "2027-01-12 2027-02-09 2027-03-09",
        ),
        (  # a fifth Friday, else the last
            {"rhythm": "months", "begins_on": "2027-01-29", "count": 4},
            "2027-01-29 2027-02-26 2027-03-26 2027-04-30",
        ),
        (
            {"rhythm": "months", "every": 3, "begins_on": "2026-11-03", "count": 2},
            "2026-11-03 2027-02-02",
        ),
        (
            {"rhythm": "days", "days": ["2027-03-01", "2027-01-01", "2027-03-01"]},
            "2027-01-01 2027-03-01",
        ),
    ],
)
def test_which_days_a_series_has(told: Fact, days: str) -> None:
    assert [one.isoformat() for one in days_of(draft(**told))] == days.split()


@pytest.mark.parametrize(
    ("told", "there", "days"),
    [
        ({"every": 2, "count": 2}, "2026-12-01 2026-12-15", "2026-12-29 2027-01-12"),
        # one moved by itself; the last one of a month; all moved to another weekday
        ({"until": "2027-01-05"}, "2026-12-08 2026-12-15 2026-12-23", "2026-12-29 2027-01-05"),
        ({"count": 1}, "2026-12-08 2026-12-15 2026-12-21", "2026-12-29"),
        ({"every": 2, "count": 1}, "2026-11-17 2026-12-01 2026-12-21", "2026-12-29"),
        ({"rhythm": "months", "count": 2}, "2027-01-29 2027-02-26", "2027-03-26 2027-04-30"),
        ({"count": 1}, "2027-01-04 2027-01-12 2027-01-19", "2027-01-26"),
        ({"begins_on": "2027-02-01", "count": 1}, "2027-01-05 2027-03-02", "2027-02-01"),
        ({"rhythm": "months", "count": 1}, "2026-11-10 2026-12-08 2027-01-05", "2027-02-09"),
    ],
)
def test_which_days_a_series_goes_on_with(told: Fact, there: str, days: str) -> None:
    known = [date.fromisoformat(one) for one in there.split()]
    assert [one.isoformat() for one in days_of(draft_of(**told), known)] == days.split()


def draft_of(**told: Any) -> MeetingSeriesDraft:
    """More meetings of a series, read as one of their own."""
    series = {"council_id": somebody(), "title": "Serie", "rhythm": "weeks", "every": 1}
    series |= {"source": None, "example": False}
    facts = {name: told.pop(name) for name in ("rhythm", "every") if name in told}
    more = MeetingSeriesExtension.model_validate({"from_time": "09:00"} | told)
    return extended(series | facts, more)


def test_a_series_has_an_end() -> None:
    assert len(days_of(draft(begins_on="2026-01-01", count=60))) == 60
    with pytest.raises(Rejected):
        days_of(draft(begins_on="2026-01-01", until="2200-12-31"))


@pytest.mark.parametrize("year", HOLIDAYS)
def test_holidays_are_those_of_sweden(year: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    assert [f"{one:%m%d}" for one in days if holiday(one)] == HOLIDAYS[year].split()


def knuth(year: int) -> date:
    """Easter Sunday by the epact, as The Art of Computer Programming (1.3.2, 14) has it."""
    golden, century = year % 19 + 1, year // 100 + 1
    left_out, moved = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + moved - left_out) % 30
    epact += epact == 24 or (epact == 25 and golden > 11)
    moon = 44 - epact if epact <= 23 else 74 - epact
    sunday = 5 * year // 4 - left_out - 10
    return date(year, 3, 1) + timedelta(days=moon + 6 - (sunday + moon) % 7)


def test_easter_is_a_day_of_every_year() -> None:
    assert [easter(year) for year in range(1900, 2200)] == [*map(knuth, range(1900, 2200))]
    assert easter(2029) == date(2029, 4, 1)


async def test_a_series_is_made_at_once_with_what_stands_on_all_agendas(councils: Signed) -> None:
    council = await council_in(councils)
    for title, more in (("Laget", {}), ("Slutar", {"valid_to": day(30)})):
        standing = {"council_id": council["id"], "title": title, "valid_from": day(-9)}
        await councils.made("/standing-items", standing | more)
    series = await councils.made("/meeting-series", a_series(council, skipped_days=[day(21)]))
    assert (series["coming_count"], series["missed_count"]) == (3, 0)
    meetings = await meetings_of(councils, series)
    assert [one["starts_at"][:10] for one in meetings] == [day(7), day(35), day(49)]
    assert series["next_starts_at"] == meetings[0]["starts_at"]
    assert {one["place"] for one in meetings} == {"Rummet"}
    agendas = [
        [
            p["title"]
            for p in (await councils.get(f"/meetings/{one['id']}/agenda-items")).json()["items"]
        ]
        for one in meetings
    ]
    assert agendas == [["Laget", "Slutar"], ["Laget"], ["Laget"]]


async def test_times_are_by_the_clock_in_sweden(councils: Signed) -> None:
    council = await council_in(councils)
    told = {"rhythm": "days", "days": ["2027-03-22", "2027-03-29"], "begins_on": None}
    series = await councils.made("/meeting-series", a_series(council, **told, count=None))
    meetings = await meetings_of(councils, series)
    assert [one["starts_at"][:19] for one in meetings] == [
        "2027-03-22T08:00:00",
        "2027-03-29T07:00:00",
    ]


async def test_the_days_are_shown_before_anything_is_made(councils: Signed) -> None:
    council = await council_in(councils)
    there = await meeting_in(councils, council, status="planned", starts_at=at(21))
    off = await meeting_in(councils, council, status="planned", starts_at=at(7))
    await changed(councils, MEETINGS, off["id"], status="cancelled")
    asked = a_series(council, skipped_days=[day(35)])
    found = (await councils.post("/meeting-series/days", asked)).json()["items"]
    assert [one["day"] for one in found] == [day(7), day(21), day(35), day(49)]
    assert [one["skipped"] for one in found] == [False, False, True, False]
    assert [one["meeting_ids"] for one in found] == [[], [there["id"]], [], []]
    listed = {"rhythm": "days", "days": ["2027-06-25"]}
    (eve,) = (await councils.post("/meeting-series/days", a_series(council, **listed))).json()[
        "items"
    ]
    assert eve["holiday"] == "midsommarafton"
    assert not (await councils.get("/meeting-series")).json()["items"]


@pytest.mark.parametrize(
    ("change", "status", "field", "code"),
    [
        ({"begins_on": None}, 422, "begins_on", "missing"),
        ({"count": None}, 422, "until", "at_least_one"),
        ({"until": day(1)}, 422, "until", "empty_period"),
        ({"count": 61}, 422, "count", "less_than_equal"),
        ({"count": None, "until": day(2000)}, 422, "until", "too_many_meetings"),
        ({"rhythm": "days"}, 422, "days", "missing"),
        ({"to_time": "08:00"}, 422, "to_time", "empty_period"),
        ({"from_time": "9.00"}, 422, "from_time", "string_pattern_mismatch"),
        ({"count": 1, "skipped_days": [day(7)]}, 422, "skipped_days", "no_day_left"),
        ({"council_id": somebody()}, 422, "council_id", "unknown_reference"),
    ],
)
async def test_nonsense_is_blamed_on_its_field(
    councils: Signed, change: Fact, status: int, field: str, code: str
) -> None:
    council = await council_in(councils)
    for path in ("/meeting-series", "/meeting-series/days"):
        if (path, code) == ("/meeting-series/days", "no_day_left"):
            continue
        refused = await councils.post(path, a_series(council) | change)
        assert blamed(refused) == (status, field, code)
    assert not (await councils.get("/meetings")).json()["items"]


async def test_what_is_to_come_is_moved_and_the_rest_stays(councils: Signed) -> None:
    council = await council_in(councils)
    series = await councils.made("/meeting-series", a_series(council))
    first, second, third, fourth = await meetings_of(councils, series)
    await changed(councils, MEETINGS, third["id"], status="cancelled")
    url = f"/meeting-series/{series['id']}"
    answered = {"meeting_id": second["id"], "actor_id": somebody(), "answer": "yes"}
    noted = await councils.made("/attendances", answered)
    move = {"from_on": day(8), "shift_days": 1, "from_time": "13:00", "place": "Salen"}
    moved = await councils.post(f"{url}/move", move)
    assert (moved.status_code, moved.json()["coming_count"]) == (200, 3)
    now = await meetings_of(councils, series)
    assert [one["starts_at"][:10] for one in now] == [day(7), day(22), day(35), day(50)]
    assert [one["place"] for one in now] == ["Rummet", "Salen", "Rummet", "Salen"]
    assert [one["ends_at"] is None for one in now] == [False, True, False, True]
    assert [one["version"] for one in now] == [1, 2, 2, 2]
    assert first["starts_at"] == now[0]["starts_at"]
    assert {second["id"], fourth["id"]} == {now[1]["id"], now[3]["id"]}
    noted = (await councils.get(f"/attendances/{noted['id']}")).json()
    assert noted["answered_for"] == second["starts_at"], "it is asked anew"


async def test_the_days_of_a_move_are_shown_before_anything_is_moved(councils: Signed) -> None:
    council = await council_in(councils)
    listed = {"rhythm": "days", "days": ["2027-06-24", "2027-07-02"], "begins_on": None}
    series = await councils.made("/meeting-series", a_series(council, **listed, count=None))
    other = await meeting_in(councils, council, status="planned", starts_at="2027-07-03T08:00:00Z")
    url, move = f"/meeting-series/{series['id']}", {"from_time": "09:00", "shift_days": 1}
    found = (await councils.post(f"{url}/days", move)).json()["items"]
    assert [(one["was_on"], one["day"], one["weekend"]) for one in found] == [
        ("2027-06-24", "2027-06-25", False),
        ("2027-07-02", "2027-07-03", True),
    ]
    assert [one["holiday"] for one in found] == ["midsommarafton", None]
    assert [one["meeting_ids"] for one in found] == [[], [other["id"]]]
    same = (await councils.post(f"{url}/days", move | {"shift_days": 0})).json()["items"]
    assert [one["meeting_ids"] for one in same] == [[], []], "itself is no collision"
    now = await meetings_of(councils, series)
    assert [one["starts_at"][:10] for one in now] == ["2027-06-24", "2027-07-02"]


async def test_only_days_that_were_shown_are_confirmed(councils: Signed) -> None:
    council = await council_in(councils)
    told = a_series(council)
    mark = (await councils.post("/meeting-series/days", told)).json()["mark"]
    later = await councils.post("/meeting-series", told | {"begins_on": day(8), "mark": mark})
    assert blamed(later) == (409, "mark", "days_changed")
    series = await councils.made("/meeting-series", told | {"mark": mark, "skipped_days": [day(7)]})
    url, move = f"/meeting-series/{series['id']}", {"from_time": "13:00", "shift_days": 1}
    more = {"from_time": "09:00", "count": 2}
    marks = {
        path: (await councils.post(f"{url}/{days}", asked)).json()["mark"]
        for path, days, asked in (("move", "days", move), ("extend", "extension-days", more))
    }
    last = (await meetings_of(councils, series))[-1]
    await changed(councils, MEETINGS, last["id"], starts_at=at(63), ends_at=None)
    for path, days, asked in (("move", "days", move), ("extend", "extension-days", more)):
        refused = await councils.post(f"{url}/{path}", asked | {"mark": marks[path]})
        assert blamed(refused) == (409, "mark", "days_changed"), path
        anew = (await councils.post(f"{url}/{days}", asked)).json()["mark"]
        assert (await councils.post(f"{url}/{path}", asked | {"mark": anew})).is_success


async def test_nothing_is_moved_into_the_past(councils: Signed) -> None:
    council = await council_in(councils)
    series = await councils.made("/meeting-series", a_series(council))
    url, move = f"/meeting-series/{series['id']}", {"from_time": "13:00", "shift_days": -20}
    for path in ("days", "move"):
        refused = await councils.post(f"{url}/{path}", move)
        assert blamed(refused) == (422, "shift_days", "in_the_past")
    wrong = await councils.post(f"{url}/move", move | {"to_time": "x"})
    assert {one["field"] for one in wrong.json()["errors"]} == {"shift_days", "to_time"}
    now = await meetings_of(councils, series)
    assert [one["starts_at"][:10] for one in now] == [day(7), day(21), day(35), day(49)]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"begins_on": day(1)}, "begins_on", "before_council"),
        ({"until": day(50)}, "until", "after_council"),
        ({}, "count", "after_council"),
        ({"rhythm": "days", "days": [day(9), day(2)]}, "days", "before_council"),
        ({"rhythm": "days", "days": [day(9), day(42)]}, "days", "after_council"),
    ],
)
async def test_a_series_is_within_its_councils_time(
    councils: Signed, change: Fact, field: str, code: str
) -> None:
    council = await council_in(councils, starts_on=day(3), ends_on=day(40))
    for path in ("/meeting-series", "/meeting-series/days"):
        refused = await councils.post(path, a_series(council) | change)
        assert blamed(refused) == (422, field, code)
    struck = a_series(council, skipped_days=[day(49)])
    assert (await councils.post("/meeting-series/days", struck)).status_code == 200
    series = await councils.made("/meeting-series", struck)
    url = f"/meeting-series/{series['id']}/move"
    for shift, says in ((-5, "before_council"), (6, "after_council")):
        refused = await councils.post(url, {"from_time": "09:00", "shift_days": shift})
        assert blamed(refused) == (422, "shift_days", says)


async def test_the_rest_is_cancelled_and_what_was_missed_is_told(councils: Signed) -> None:
    council = await council_in(councils)
    told = a_series(council, begins_on=day(-14), every=1, count=5)
    series = await councils.made("/meeting-series", told)
    assert (series["missed_count"], series["coming_count"]) == (2, 3)
    first = (await meetings_of(councils, series))[0]
    await changed(councils, MEETINGS, first["id"], status="held")
    url = f"/meeting-series/{series['id']}"
    done = (await councils.post(f"{url}/cancel", {"from_on": day(1)})).json()
    counts = {name: done[name] for name in done if name.endswith("_count")}
    assert counts == {
        "held_count": 1, "missed_count": 1, "coming_count": 1, "cancelled_count": 2,
    }  # fmt: skip
    again = await councils.post(f"{url}/cancel", {"from_on": day(1)})
    assert blamed(again) == (409, "from_on", "none_coming")


async def test_nothing_comes_to_a_closed_council(councils: Signed) -> None:
    council = await council_in(councils)
    series = await councils.made("/meeting-series", a_series(council))
    closing = {"closed_on": day(0), "reason": "expired", "result": "Klart"}
    closed = await councils.post(f"/councils/{council['id']}/close", closing)
    assert closed.status_code == 200, closed.text
    assert blamed(await councils.post("/meeting-series", a_series(council))) == (
        409,
        "council_id",
        "closed",
    )
    move = {"from_time": "13:00"}
    refused = await councils.post(f"/meeting-series/{series['id']}/move", move)
    assert blamed(refused) == (409, "from_on", "closed")
    for path in ("extend", "extension-days"):
        refused = await councils.post(f"/meeting-series/{series['id']}/{path}", move | {"count": 1})
        assert blamed(refused) == (409, "begins_on", "closed")


async def test_a_series_is_extended_in_its_rhythm_once_the_days_are_shown(
    councils: Signed,
) -> None:
    council = await council_in(councils)
    standing = {"council_id": council["id"], "title": "Laget", "valid_from": day(-9)}
    await councils.made("/standing-items", standing)
    series = await councils.made("/meeting-series", a_series(council))
    there = await meeting_in(councils, council, status="planned", starts_at=at(77))
    url, more = f"/meeting-series/{series['id']}", {"count": 3, "from_time": "13:00"}
    more |= {"skipped_days": [day(91)]}
    found = (await councils.post(f"{url}/extension-days", more)).json()["items"]
    assert [(one["day"], one["skipped"]) for one in found] == [
        (day(63), False), (day(77), False), (day(91), True),
    ]  # fmt: skip
    assert [one["meeting_ids"] for one in found] == [[], [there["id"]], []]
    assert len(await meetings_of(councils, series)) == 4, "nothing is made yet"
    extended_ = await councils.made(f"{url}/extend", more)
    assert (extended_["coming_count"], extended_["version"]) == (6, series["version"] + 1)
    now = await meetings_of(councils, series)
    assert [one["starts_at"][:10] for one in now[4:]] == [day(63), day(77)]
    assert {one["title"] for one in now} == {"Avstämning"}
    agenda = (await councils.get(f"/meetings/{now[-1]['id']}/agenda-items")).json()["items"]
    assert [one["title"] for one in agenda] == ["Laget"]
    old = {"if-match": '"v1"', "idempotency-key": "another"}
    late = await councils.post(f"{url}/extend", more, headers=old)
    assert late.status_code == 412, "from a page that knows less of it"
    assert len(await meetings_of(councils, series)) == 6


@pytest.mark.parametrize(
    ("rhythm", "change", "field", "code"),
    [
        ("weeks", {}, "until", "at_least_one"),
        ("weeks", {"until": day(8), "begins_on": day(9)}, "until", "empty_period"),
        ("weeks", {"until": day(8)}, "skipped_days", "no_day_left"),
        ("weeks", {"count": 61}, "count", "less_than_equal"),
        ("weeks", {"until": day(900)}, "until", "too_many_meetings"),
        ("weeks", {"count": 60}, "count", "after_council"),
        ("weeks", {"count": 1, "begins_on": day(1)}, "begins_on", "before_council"),
        ("days", {"count": 2}, "days", "missing"),
        ("days", {"days": [day(500)]}, "days", "after_council"),
    ],
)
async def test_what_is_wrong_with_an_extension_is_told_at_its_field(
    councils: Signed, rhythm: str, change: Fact, field: str, code: str
) -> None:
    council = await council_in(councils, starts_on=day(3), ends_on=day(400))
    listed = {"rhythm": rhythm, "every": 1, "days": [day(7)]}
    series = await councils.made("/meeting-series", a_series(council, **listed))
    url = f"/meeting-series/{series['id']}"
    for path in ("extend", "extension-days"):
        if (path, code) == ("extension-days", "no_day_left"):
            continue
        refused = await councils.post(f"{url}/{path}", {"from_time": "09:00"} | change)
        assert blamed(refused) == (422, field, code)
    wrong = await councils.post(f"{url}/extend", {"from_time": "x"} | change)
    assert "from_time" in {one["field"] for one in wrong.json()["errors"]}


async def test_who_may_plan_and_who_may_read(councils: Signed) -> None:
    council = await council_in(councils)
    series = await councils.made("/meeting-series", a_series(council))
    for caller in (MEMBER, READER, municipality("1472")):
        one = councils.by(caller)
        assert (await one.post("/meeting-series", a_series(council))).status_code == 403
        more = {"count": 1, "from_time": "09:00"}
        path = f"/meeting-series/{series['id']}/extend"
        assert (await one.post(path, more)).status_code == 403
    assert (await councils.by(READER).get(f"/meeting-series/{series['id']}")).status_code == 200
    assert (await councils.by(MEMBER).get(f"/meeting-series/{series['id']}")).status_code == 404
    assert (
        await councils.by(STRATEGIST).post("/meeting-series", a_series(council))
    ).status_code == 201
