"""The registry's errands, each in as many clicks as it may take, with and without JavaScript."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Clicks, Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, post

Fact = dict[str, Any]
WHERE = {"municipality_code": "1472", "kind": "municipality"}
# Keys are made for municipalities that are listed, where any are: other journeys have one of each.
LISTED = {"1472": "Tibro", "1496": "Skövde"}


@pytest.fixture
async def held(running: House) -> Fact:
    """An actor with a post, its holder, and somebody to take over."""
    mark = uuid4().hex[:6]
    async with running.api(running.key()) as api:
        actor = await post(api, "/actors", {"name": f"Exempelkommunen {mark}"} | WHERE)
        title = {"title": f"Utvecklare {mark}", "actor_id": actor["id"]}
        kept = await post(api, "/posts", title)
        leaver = await post(api, "/people", {"name": f"Exempelperson {mark}"})
        await post(api, "/people", {"name": f"Exempelperson ny {mark}"})
        holding = {"post_id": kept["id"], "person_id": leaver["id"], "valid_from": "2024-01-01"}
        await post(api, "/holdings", holding)
        council = {"name": f"Exempelrådet {mark}", "kind": "industry_council", "phase": "active"}
        when = {"level": "operative", "starts_on": "2024-01-01", "purpose": "Exempel"}
        await post(api, "/councils", council | when | {"leader_actor_ids": [actor["id"]]})
        await post(api, "/posts", title | {"title": f"Rektor {mark}"})
        need = {"statement": f"Fler snickare {mark}", "areas": ["education"], "horizon": "short"}
        await post(api, "/needs", need | {"owner_post_id": kept["id"]})
    return {"mark": mark, "actor": actor["name"]}


@ON_PAGES
async def test_an_actor_is_registered_on_one_page_that_shows_who_is_like_it(
    reader: Reader, held: Fact
) -> None:
    clicks = Clicks(reader)
    await clicks.menu("Aktörer")
    await clicks.follow("Ny aktör")
    await reader.choose("Typ av aktör", "Kommun")
    await reader.field("Namn").press_sequentially(held["actor"])
    alike = reader.main.get_by_text("Finns aktören redan?")
    if not await reader.page.evaluate("typeof htmx === 'object'"):
        await reader.press("Spara aktör")  # asked without JavaScript only now
    await expect(alike).to_be_visible()
    await reader.tick("Det är en annan aktör, spara den")
    await clicks.press("Spara aktör")
    await reader.reads("Aktören är sparad.")
    assert clicks.count <= 3


@ON_PAGES
async def test_a_post_is_handed_over_on_one_page_and_a_confirmation(
    reader: Reader, held: Fact
) -> None:
    clicks, leaver = Clicks(reader), f"Exempelperson {held['mark']}"
    await clicks.menu("Personer")
    await reader.write("Sök namn", leaver)
    await clicks.press("Visa")
    await clicks.follow(leaver)
    await clicks.follow("Slutar")
    assert clicks.count <= 4, "from my day to whoever leaves"
    await reader.day("Första dagen utan personen", TODAY - timedelta(days=1))
    await reader.write("Överlämning", "Ring kommunchefen före mötet.")
    await clicks.press("Granska följderna")
    await reader.reads(f"Utvecklare {held['mark']}")
    await reader.choose("Efterträdare", f"Exempelperson ny {held['mark']}")
    await reader.main.get_by_text("Dela upp vem som tar vad").click()
    await reader.choose("Behov: ", f"Rektor {held['mark']}")
    await clicks.press("Bekräfta avgången")
    await reader.reads("Allt har tagits om hand")
    assert clicks.count <= 6, "one page and a confirmation: the day, what follows, who takes what"


@ON_PAGES
async def test_who_leads_what_in_a_municipality_is_two_clicks_away(
    reader: Reader, held: Fact
) -> None:
    await reader.go("/installningar")
    for number, (code, name) in enumerate(LISTED.items(), 1):
        row = reader.main.get_by_role("group", name=f"Kommuner, rad {number}")
        await reader.write("Kommunkod", code, row)
        await reader.write("Namn", name, row)
    await reader.main.get_by_role("button", name="Spara inställningar").click()
    await reader.reads("Inställningarna är sparade")
    await reader.go("/")
    clicks = Clicks(reader)
    await clicks.menu("Befattningar")
    await reader.choose("Kommun", "Tibro")
    await clicks.press("Visa")
    led = reader.main.get_by_role("region", name="Råd, initiativ och projekt härifrån")
    await expect(led).to_contain_text(f"Exempelrådet {held['mark']}")
    await reader.reads(f"Utvecklare {held['mark']}")
    assert clicks.count <= 2
