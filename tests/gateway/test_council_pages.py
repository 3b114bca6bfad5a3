"""Councils on pages: which policy sources they rest on, and who is in one that starts now."""

import asyncio

import pytest

from gateway.pages import actor_choices
from tests.councils.builders import at, council_in, day, meeting_in
from tests.councils.test_fast_track import a_fast_track
from tests.gateway.looking import Page
from tests.gateway.whole import Whole

SEE_OTHER = 303
LIGHT = 150_000


async def test_a_council_tells_its_policy_sources_and_is_found_by_them(whole: Whole) -> None:
    """A row is added, filled, corrected and emptied without JavaScript; nothing typed is lost."""
    leader = await whole.actor()
    council = await council_in(whole.councils, leader_actor_ids=[leader["id"]])
    browser, path = await whole.browser("process_leader"), f"/branschrad/{council['id']}"
    row = "policy_sources.{}.{}".format
    typed = {
        row(0, "title"): "Exempelutredningen",
        row(0, "url"): "utredning",
        row(0, "published_on"): day(1),
        row(0, "says"): "Råd pekas ut som arena",
        row(1, "says"): "Utan titel",
    }
    wrong = await browser.submit(f"{path}/andra", **typed)
    assert wrong.status == 422
    for field in (row(0, "url"), row(1, "title")):
        assert wrong.error(field), wrong.errors
    assert {name: wrong.fields()[name] for name in typed} == {n: [v] for n, v in typed.items()}
    right = {row(0, "url"): "https://example.com/u", row(1, "title"): "Exempelstrategin"}
    late = await browser.send(f"{path}/andra", **wrong.fields() | right)
    assert late.error(row(0, "published_on"))
    saved = await browser.send(
        f"{path}/andra", **late.fields() | {row(0, "published_on"): "2020-06-01"}
    )
    assert saved.status == SEE_OTHER
    shown = await browser.get(path)
    told = shown.text("[aria-labelledby=policy-heading]")
    for part in ("Exempelutredningen", "1 jun 2020", "Råd pekas ut som arena", "Exempelstrategin"):
        assert part in told
    links = [
        one.attributes["href"] or "" for one in shown.all("[aria-labelledby=policy-heading] a")
    ]
    assert links[0] == "https://example.com/u"
    await council_in(whole.councils, name="Annat råd")
    found = await browser.get(links[1])
    assert [one.text(strip=True) for one in found.all("tbody th a")] == [council["name"]]
    emptied = await browser.submit(f"{path}/andra", **{row(0, n): "" for n in ("title", "url",
                                   "published_on", "says")})  # fmt: skip
    assert emptied.status == SEE_OTHER
    assert "Exempelutredningen" not in (await browser.get(path)).text()


async def test_the_fast_track_lists_each_actor_once(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a box for each that it may be; where they are many, who is sought is invited."""
    leader, guest = await whole.actor(1), await whole.actor(2)
    browser, path = await whole.browser("process_leader"), "/branschrad/tillfalligt"
    page = await browser.get(path)
    rows = [one.text(strip=True) for one in page.all("main tbody th")]
    assert rows == [leader["name"], guest["name"]]
    both = {"leader_actor_ids": leader["id"], "invited_actor_ids": guest["id"]}
    for name in both:
        values = [one.attributes["value"] for one in page.all(f'[type=checkbox][name="{name}"]')]
        assert values == [leader["id"], guest["id"]]
    none = await browser.submit(path, name="Exempelrådet")
    assert none.error("leader_actor_ids")
    kept = await browser.submit(path, **both)
    assert {name: kept.fields()[name] for name in both} == {n: ["", v] for n, v in both.items()}
    monkeypatch.setattr(actor_choices, "FEW", 1)
    sent = kept.fields() | {"sok-invited_actor_ids": "exempelkommun 1"}
    found = await browser.send(path, **sent)
    assert {*found.fields()["invited_actor_ids"]} == {"", leader["id"], guest["id"]}
    assert found.error("invited_actor_ids").startswith("En stämmer")
    names = [one.text(strip=True) for one in found.all("main tbody th")]
    assert sorted(names) == [leader["name"], guest["name"]], "what is chosen stays"
    third, asked = await whole.actor(3), found.one("fieldset.seek").attributes["hx-get"] or ""
    query = f"&leader_actor_ids={leader['id']}&sok-invited_actor_ids=exempelkommun+3"
    part = await browser.http.get(f"{asked}{query}", headers={"hx-request": "true"})
    shown = Page(part, checked=False).all("tbody th")
    assert [one.text(strip=True) for one in shown] == [leader["name"], third["name"]]


async def test_pages_with_a_box_for_each_actor_stay_light_in_a_large_registry(
    whole: Whole,
) -> None:
    """Few are shown, what is chosen among them, and any other is found by a part of its name."""
    for start in range(0, 300, 20):
        await asyncio.gather(*(whole.actor(number) for number in range(start, start + 20)))
    browser = await whole.browser("process_leader")
    style = await browser.get("/branschrad/tillfalligt")
    sheets = [one.attributes["href"] or "" for one in style.all('link[rel="stylesheet"]')]
    css = sum([len((await browser.http.get(one)).content) for one in sheets])
    assert css > 10_000
    for path, field, typed in (
        ("/branschrad/tillfalligt", "invited_actor_ids", "name"),
        ("/branschrad/nytt", "leader_actor_ids", "name"),
        ("/initiativ/nytt", "lead_actor_id", "title"),
    ):
        page = await browser.get(path)
        weight = len(page.answer.content)
        assert (path, weight + css) < (path, LIGHT)
        boxes = page.all(f'[name="{field}"] option, [type=checkbox][name="{field}"]')
        assert len(boxes) <= actor_choices.FEW + 1, path
        sent = {typed: "Exempel: kvar", f"sok-{field}": "exempelkommun 299"}
        found = await browser.submit(path, **sent)
        assert found.error(field).startswith("En stämmer"), path
        kept = found.fields()
        assert (kept[typed], len(kept[field][-1])) == (["Exempel: kvar"], 36), path


async def test_a_council_that_would_end_before_it_meets_is_led_to_the_meetings(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils, ends_on=day(60))
    meeting = await meeting_in(whole.councils, council, status="planned", starts_at=at(20))
    await meeting_in(whole.councils, council, status="planned", starts_at=at(9))
    browser, path = await whole.browser("process_leader"), f"/branschrad/{council['id']}/andra"
    wrong = await browser.submit(path, ends_on=day(10))
    assert wrong.status == 422
    assert "möten efter den dagen" in wrong.error("ends_on")
    links = [one.attributes["href"] for one in wrong.all('form a[href^="/moten/"]')]
    assert links == [f"/moten/{meeting['id']}"]
    done = await browser.submit(path, ends_on=day(20))
    assert not done.all('[id="f-ends_on-wrong"]')
    assert not done.all('form a[href^="/moten/"]')


async def test_a_new_council_is_not_closed_from_the_beginning(whole: Whole) -> None:
    page = await (await whole.browser("process_leader")).get("/branschrad/nytt")
    offered = [one.attributes["value"] for one in page.all("[name=phase] option")]
    assert offered == ["", "proposed", "forming", "active", "dormant"]


async def test_what_was_needed_by_a_day_that_has_been_is_told_so(whole: Whole) -> None:
    told = a_fast_track()
    told["signal"] |= {"needed_by": day(-1), "signalled_on": day(-30)}
    made = (await whole.councils.post("/councils/fast-track", told)).json()
    page = await (await whole.browser("process_leader")).get(f"/branschrad/{made['council_id']}")
    assert "Behövdes senast" in page.text("[aria-labelledby=clock-heading]")


async def test_nothing_remains_on_the_clock_of_a_closed_council(whole: Whole) -> None:
    made = (await whole.councils.post("/councils/fast-track", a_fast_track())).json()
    browser, path = await whole.browser("process_leader"), f"/branschrad/{made['council_id']}"
    running = (await browser.get(path)).text("[aria-labelledby=clock-heading]")
    assert "Första insatsen återstår" in running
    assert "Behövs senast" in running
    closing = {"closed_on": day(0), "reason": "expired", "result": "Klart"}
    await whole.councils.made(f"/councils/{made['council_id']}/close", closing)
    told = (await browser.get(path)).text("[aria-labelledby=clock-heading]")
    assert "återstår" not in told
    assert "Första insatsen nåddes inte" in told


async def test_meetings_stand_with_the_nearest_first(whole: Whole) -> None:
    council = await council_in(whole.councils)
    for days in (-30, 30, -7, 7):
        told = {"title": f"Dag {days}", "starts_at": at(days), "status": "planned"}
        await meeting_in(whole.councils, council, **told)
    browser, order = await whole.browser("process_leader"), ["Dag 7", "Dag 30", "Dag -7", "Dag -30"]
    for path, part in (
        (f"/branschrad/{council['id']}", "[aria-labelledby=meetings-heading] li > a"),
        (f"/moten?council_id={council['id']}", "tbody th a"),
    ):
        page = await browser.get(path)
        assert [one.text() for one in page.all(part)] == order, path
