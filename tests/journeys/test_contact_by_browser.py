"""A contact is logged within the click budget, and its next step is taken, with and without JS."""

from datetime import timedelta
from uuid import uuid4

from playwright.async_api import expect

from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, post

BUDGET = 2


@ON_PAGES
async def test_a_contact_is_logged_in_two_clicks_and_followed(
    reader: Reader, running: House
) -> None:
    mark = uuid4().hex[:6]
    async with running.api(running.key()) as api:
        for name in (f"Exempelförbundet {mark}", f"Exempelnätverket {mark}"):
            await post(api, "/actors", {"name": name, "kind": "network"})
    step = f"Skicka underlaget {mark}"
    clicks = ["Logga kontakt", "Spara kontakt"]
    assert len(clicks) <= BUDGET

    await reader.menu("Översikt")
    await reader.follow(clicks[0], exact=True)
    await reader.choose("Med vilken aktör?", f"Exempelnätverket {mark}")
    await reader.tick("Föredragning")
    await reader.write("Vad sades?", "Vi bad nätverket ta den strategiska nivån.")
    await reader.write("Svar", "De tackade nej.")
    await reader.write("Vad ska hända sedan?", step)
    await reader.day("Senast", TODAY + timedelta(days=7))
    await reader.choose("Från oss, aktör", f"Exempelförbundet {mark}")
    await reader.press(clicks[1])
    await reader.sees(f"Föredragning för Exempelnätverket {mark}")

    await reader.menu("Översikt")
    row = reader.main.get_by_role("region", name="Att göra").locator("li", has_text=step)
    await expect(row).to_contain_text("Saknar ansvarig")
    async with reader.page.expect_event("load"):
        await row.get_by_role("button", name="Klart").click()
    await expect(row).to_have_count(0)
    async with reader.page.expect_event("load"):
        await reader.page.get_by_role("button", name="Ångra").click()
    await reader.reads("Nästa steg väntar igen")
    await reader.press("Steget är taget")

    await reader.menu("Dialog")
    await reader.write("Sök", "strategiska nivån")
    await reader.main.get_by_role("button", name="Visa").first.click()
    await expect(reader.main.locator("tbody")).to_contain_text(step)
    await expect(reader.main.locator("tbody")).to_contain_text("Taget")
