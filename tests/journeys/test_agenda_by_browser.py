"""The order of an agenda: dragged by its handle, or moved by the keyboard."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.tabs import Tab
from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.test_minutes_by_browser import meeting_of

pytestmark = ON_PAGES


@pytest.mark.parametrize("reader", [True], ids=["script"], indirect=True)
async def test_a_point_is_dragged_or_moved_by_the_keyboard(running: House, reader: Reader) -> None:
    async with running.api(running.key()) as api:
        meeting, _ = await meeting_of(api, "Ett", "Två", "Tre")
    page, lines = reader.page, reader.page.locator("ol.ordered li")
    await reader.go(f"/moten/{meeting['id']}/ordning")
    grip, aim = lines.nth(2).locator(".grip"), lines.nth(0)
    here, there = await grip.bounding_box(), await aim.bounding_box()
    assert here
    assert there
    assert min(here["width"], here["height"]) >= 24
    await page.mouse.move(here["x"] + 10, here["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(there["x"] + 20, there["y"] + there["height"] / 2, steps=8)
    await page.mouse.move(there["x"] + 20, there["y"] + 4, steps=4)
    await page.mouse.up()
    await expect(page.locator("#moved")).to_have_text("”Tre” är på plats 1 av 3.")
    await expect(lines.nth(0)).to_contain_text("1. Tre")
    down = page.get_by_role("button", name=re.compile("Ned.*Tre"))
    await down.focus()
    for place in (2, 3, 3):
        await page.keyboard.press("Enter")
        await expect(page.locator("#moved")).to_have_text(f"”Tre” är på plats {place} av 3.")
        await expect(down).to_be_focused()
    await expect(lines.nth(2)).to_contain_text("3. Tre")
    tab = Tab(page, running.address)
    for width in (1280, 390):
        await page.set_viewport_size({"width": width, "height": 900})
        assert await tab.violations() == []
        assert await tab.overflow() <= 0
