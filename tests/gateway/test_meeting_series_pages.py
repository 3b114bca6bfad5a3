"""Series of meetings on pages: the days are seen before a meeting is made."""

from typing import Any

import pytest

from services.councils.meeting.queries import MEETINGS
from tests.councils.builders import at, changed, council_in, day, meeting_in
from tests.gateway.whole import Whole

SEE_OTHER, UNPROCESSABLE = 303, 422
NEW = "/motesserier/ny"
Fact = dict[str, Any]


def every_week(council: Fact, **more: str) -> Fact:
    """What somebody fills in."""
    told = {"council_id": council["id"], "title": "Avstämning", "rhythm": "weeks", "every": "1"}
    told |= {"begins_on": day(7), "count": "4", "from_time": "09:00", "place": "Rummet"}
    return told | more


async def planned(whole: Whole) -> Fact:
    """A series of a council."""
    council = await council_in(whole.councils)
    told = {"council_id": council["id"], "title": "Avstämning", "from_time": "09:00"}
    return await whole.councils.made("/meeting-series", told | {"begins_on": day(7), "count": 3})


async def test_days_are_shown_and_struck_before_the_meetings_are_made(whole: Whole) -> None:
    council = await council_in(whole.councils)
    there = await meeting_in(whole.councils, council, status="planned", starts_at=at(14))
    browser = await whole.browser("process_leader")
    shown = await browser.submit(NEW, **every_week(council))
    assert shown.status == 200
    boxes = shown.all('input[type="checkbox"][name="skipped_days"]')
    assert [one.attributes["value"] for one in boxes] == [day(7), day(14), day(21), day(28)]
    assert shown.all(f'fieldset a[href="/moten/{there["id"]}"]')
    assert "krock" in shown.text("form fieldset:last-of-type")
    assert len((await whole.councils.get("/meetings")).json()["items"]) == 1
    fields = shown.fields(NEW) | {"skipped_days": ["", day(14)]}
    made = await browser.send(NEW, **fields, make="true")
    assert made.status == SEE_OTHER
    series = await browser.get(made.answer.headers["location"])
    assert series.h1 == "Avstämning"
    assert len(series.all("main .card li a")) == 3
    again = await browser.send(NEW, **fields, make="true")
    assert again.answer.headers["location"] == made.answer.headers["location"]
    assert len((await whole.councils.get("/meetings")).json()["items"]) == 4


async def test_a_holiday_is_told(whole: Whole) -> None:
    council = await council_in(whole.councils)
    told = every_week(council, rhythm="days", begins_on="", count="", days="2027-06-25\n2027-06-28")
    shown = await (await whole.browser("process_leader")).submit(NEW, **told)
    tags = [one.text() for one in shown.all("fieldset .tag")]
    assert tags == ["midsommarafton"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"count": ""}, "until"),
        ({"begins_on": ""}, "begins_on"),
        ({"from_time": "nio"}, "from_time"),
        ({"rhythm": "days"}, "days"),
        ({"rhythm": "days", "days": "i morgon"}, "days"),
        ({"count": "61"}, "count"),
        ({"council_id": ""}, "council_id"),
    ],
)
async def test_what_is_wrong_is_told_at_its_field(whole: Whole, more: Fact, field: str) -> None:
    council = await council_in(whole.councils)
    browser = await whole.browser("process_leader")
    wrong = await browser.submit(NEW, **every_week(council, **more))
    assert wrong.status == UNPROCESSABLE
    assert wrong.error(field)
    assert wrong.one("#f-title").attributes["value"] == "Avstämning"


async def test_how_a_series_has_gone_is_shown(whole: Whole) -> None:
    council = await council_in(whole.councils)
    told = {"council_id": council["id"], "title": "Avstämning", "from_time": "09:00"}
    series = await whole.councils.made(
        "/meeting-series", told | {"begins_on": day(-21), "count": 6}
    )
    meetings = (await whole.councils.get(f"/meetings?series_id={series['id']}")).json()["items"]
    first, *_, last = sorted(meetings, key=lambda one: str(one["starts_at"]))
    await changed(whole.councils, MEETINGS, first["id"], status="held")
    await changed(whole.councils, MEETINGS, last["id"], status="cancelled")
    browser = await whole.browser("reader")
    page = await browser.get(f"/motesserier/{series['id']}")
    text = page.text("main")
    assert "Missade" in text
    assert "ingen har skrivit att mötet hölls" in text
    assert not page.all('a[href$="/stall-in"]')
    row = (await browser.get(f"/motesserier?council_id={council['id']}")).all("tbody td.num")
    assert [one.text() for one in row] == ["2", "1", "1", "2"]


async def test_the_rest_is_moved_or_cancelled(whole: Whole) -> None:
    series = await planned(whole)
    browser, path = await whole.browser("process_leader"), f"/motesserier/{series['id']}"
    form = await browser.get(f"{path}/andra?from_on={day(8)}")
    fields = form.fields(f"{path}/andra")
    assert (fields["from_on"], fields["from_time"]) == ([day(8)], ["09:00"])
    fields |= {"from_time": "13:30", "shift_days": "1", "place": "Salen"}
    seen = await browser.send(f"{path}/andra", **fields)
    assert seen.status == 200
    assert "2 möten ändras" in seen.text("main")
    assert "i stället för" in seen.text("main")
    assert "kl. 13.30" not in (await browser.get(path)).text("main"), "nothing is moved yet"
    fields = seen.fields(f"{path}/andra")
    assert (await browser.send(f"{path}/andra", **fields, make="true")).status == SEE_OTHER
    shown = await browser.get(path)
    assert shown.text("main").count("kl. 13.30") == 2
    assert shown.text("main").count("Salen") == 2
    meeting = shown.all('main .card a[href^="/moten/"]')[0].attributes["href"]
    assert (await browser.get(f"{meeting}")).all(f'a[href="{path}"]')
    assert (await browser.get(f"{meeting}/andra")).all(f'a[href^="{path}/andra?from_on="]')
    asked = await browser.get(f"{path}/stall-in")
    assert "möten är på väg" in asked.text("main").lower()
    assert (await browser.submit(f"{path}/stall-in")).status == SEE_OTHER
    none = await browser.submit(f"{path}/stall-in")
    assert none.status == UNPROCESSABLE
    assert "förläng serien" in none.error("from_on")
    wrong = await browser.submit(f"{path}/andra", from_time="")
    assert wrong.error("from_time")


async def test_days_that_nobody_was_shown_are_not_confirmed(whole: Whole) -> None:
    series = await planned(whole)
    browser, path = await whole.browser("process_leader"), f"/motesserier/{series['id']}/andra"
    seen = await browser.submit(path, from_time="13:30", shift_days="1")
    found = await whole.councils.get(f"/meetings?series_id={series['id']}&sort=starts_at")
    first = found.json()["items"][0]["id"]
    await changed(whole.councils, MEETINGS, first, starts_at=at(9), ends_at=None)
    late = await browser.send(path, **seen.fields(path), make="true")
    assert late.status == UNPROCESSABLE
    assert "Datumen är andra än de som visades" in late.text(".errors")
    assert "3 möten ändras" in late.text("main")
    assert (await browser.send(path, **late.fields(path), make="true")).status == SEE_OTHER
    moved = await whole.councils.get(f"/meetings/{first}")
    assert moved.json()["starts_at"][:10] == day(10)


async def test_a_series_is_extended_by_days_that_are_shown_first(whole: Whole) -> None:
    series = await planned(whole)
    browser, path = await whole.browser("process_leader"), f"/motesserier/{series['id']}"
    assert (await browser.get(path)).all(f'a[href="{path}/forlang"]')
    form = await browser.get(f"{path}/forlang")
    assert form.fields(f"{path}/forlang")["from_time"] == ["09:00"], "as the last one"
    assert ", hittills till och med " in form.text("main")
    seen = await browser.submit(f"{path}/forlang", count="2")
    boxes = seen.all('input[type="checkbox"][name="skipped_days"]')
    assert [one.attributes["value"] for one in boxes] == [day(28), day(35)]
    fields = seen.fields(f"{path}/forlang") | {"skipped_days": ["", day(28)]}
    other = await browser.submit(f"{path}/forlang", count="1")
    made = await browser.send(f"{path}/forlang", **fields, make="true")
    assert made.status == SEE_OTHER
    again = await browser.send(f"{path}/forlang", **fields, make="true")
    assert again.answer.headers["location"] == made.answer.headers["location"]
    assert len((await browser.get(path)).all("main .card li a")) == 4
    late = await browser.send(f"{path}/forlang", **other.fields(f"{path}/forlang"), make="true")
    assert late.status == UNPROCESSABLE
    assert "Datumen är andra än de som visades" in late.text(".errors")
    assert len((await browser.get(path)).all("main .card li a")) == 4
    boxes = late.all('input[type="checkbox"][name="skipped_days"]')
    assert [one.attributes["value"] for one in boxes] == [day(42)]
    fields = late.fields(f"{path}/forlang")
    assert (await browser.send(f"{path}/forlang", **fields, make="true")).status == SEE_OTHER
    assert len((await browser.get(path)).all("main .card li a")) == 5
    wrong = await browser.submit(f"{path}/forlang", count="")
    assert wrong.error("until")


async def test_a_series_of_listed_days_is_extended_by_more_of_them(whole: Whole) -> None:
    council = await council_in(whole.councils)
    told = {"council_id": council["id"], "title": "Avstämning", "from_time": "09:00"}
    listed = {"rhythm": "days", "days": ["2027-06-24"]}
    series = await whole.councils.made("/meeting-series", told | listed)
    browser, path = await whole.browser("process_leader"), f"/motesserier/{series['id']}/forlang"
    wrong = await browser.submit(path)
    assert wrong.error("days")
    seen = await browser.submit(path, days="2027-06-25")
    assert [one.text() for one in seen.all("fieldset .tag")] == ["midsommarafton"]


async def test_a_move_shows_what_speaks_against_a_day_and_never_goes_back_in_time(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils)
    told = {"council_id": council["id"], "title": "Avstämning", "from_time": "09:00"}
    listed = {"rhythm": "days", "days": ["2027-06-24", "2027-07-02"]}
    series = await whole.councils.made("/meeting-series", told | listed)
    await meeting_in(whole.councils, council, status="planned", starts_at="2027-07-03T08:00:00Z")
    browser, path = await whole.browser("process_leader"), f"/motesserier/{series['id']}/andra"
    seen = await browser.submit(path, shift_days="1")
    tags = [one.text() for one in seen.all("form .list .tag")]
    assert tags == ["midsommarafton", "helg", "krock"]
    soon = await planned(whole)
    wrong = await browser.submit(f"/motesserier/{soon['id']}/andra", shift_days="-20")
    assert wrong.status == UNPROCESSABLE
    assert "Flytta färre dagar bakåt" in wrong.error("shift_days")


async def test_a_closed_council_plans_no_more(whole: Whole) -> None:
    series = await planned(whole)
    council = (await whole.councils.get(f"/councils/{series['council_id']}")).json()
    closing = {"closed_on": day(0), "reason": "expired", "result": "Klart"}
    await whole.councils.made(f"/councils/{council['id']}/close", closing)
    browser = await whole.browser("process_leader")
    for path in (NEW, "/moten/nytt"):
        shown = await browser.get(f"{path}?council_id={council['id']}")
        assert "Rådet är redan avslutat" in shown.text("main")
        assert not shown.all("main form")
    shown = await browser.get(f"/motesserier/{series['id']}/forlang")
    assert "Rådet är redan avslutat" in shown.text("main")
