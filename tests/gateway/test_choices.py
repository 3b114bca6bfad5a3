"""Choices: everything that exists can be chosen, however much there is."""

import pytest

from gateway.clients import service
from gateway.pages import choices
from tests.councils.builders import a_decision, meeting_in
from tests.gateway.whole import Whole


async def test_lists_longer_than_a_page_are_offered_whole(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "MOST", 2)
    monkeypatch.setattr(service, "PAGE", 2)
    actors = [await whole.actor(number) for number in range(1, 6)]
    for actor in actors:
        await whole.post(actor, "Utvecklare")
    browser = await whole.browser("process_leader")
    page = await browser.get("/behov/nytt")
    offered = {one.text(strip=True) for one in page.all("#f-owner_post_id option")}
    assert {f"{actor['name']}: Utvecklare" for actor in actors} <= offered
    page = await browser.get("/befattningar/ny")
    assert {one["name"] for one in actors} <= {
        one.text(strip=True) for one in page.all("#f-actor_id option")
    }


async def test_days_in_choices_are_read_as_everywhere_else(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils)
    await whole.councils.made("/decisions", a_decision(meeting, decided_on="2026-03-02"))
    page = await (await whole.browser("process_leader")).get("/initiativ/nytt")
    assert "2 mar 2026: Starta en utbildning" in page.text("#f-decision_id")


async def test_municipalities_stand_in_swedish_order(whole: Whole) -> None:
    named = {"0001": "Exempelkommun Ö", "0002": "Exempelkommun Ä", "0003": "Exempelkommun å"}
    rows = {f"municipalities.{at}.code": code for at, code in enumerate(named)}
    rows |= {f"municipalities.{at}.name": name for at, name in enumerate(named.values())}
    admin = await whole.browser("administrator", "process_leader")
    given = {"association": "Exempelförbundet", "contact": "Skriv till stod@exempel.se"}
    assert (await admin.submit("/installningar", **given, **rows)).status == 303
    options = (await admin.get("/aktorer")).all("#f-municipality_code option")
    names = [one.text(strip=True).rpartition(" ")[2] for one in options]
    assert names[1:] == ["å", "Ä", "Ö"]


async def test_what_is_chosen_stays_chosen_where_the_list_is_cut(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PAGE", 1)
    monkeypatch.setattr(service, "MOST_PAGES", 1)
    for number in (1, 2):
        await whole.actor(number)
    last = await whole.actor(3)
    page = await (await whole.browser("process_leader")).get(f"/kontakter/ny?actor_id={last['id']}")
    assert len(page.all("#f-actor_id option")) == 4  # none, the chosen one, and two of three
    assert page.fields()["actor_id"] == [last["id"]]
