"""A conference by browser: people sign up, wait, give a place back, ask, vote and get answers."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.tabs import Tab
from tests.journeys.conftest import BY_BROWSER
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, post


class Guest:
    """Somebody without an account, in a browser of their own."""

    def __init__(self, context: BrowserContext, page: Page, address: str) -> None:
        self.context, self.page, self.address = context, page, address
        self.tab, self.main = Tab(page, address), page.locator("main")

    @classmethod
    async def of(cls, browser: Browser, address: str, *, script: bool) -> "Guest":
        """With scripts or without."""
        context = await browser.new_context(java_script_enabled=script, locale="sv-SE")
        return cls(context, await context.new_page(), address)

    async def looks(self) -> None:
        """Nothing hinders anybody, at both widths."""
        for width in (1280, 390):
            await self.page.set_viewport_size({"width": width, "height": 900})
            assert await self.tab.overflow() <= 0
            assert await self.tab.violations() == []

    async def sign_up(self, path: str, mark: str) -> None:
        """By the button of the event's page."""
        await self.tab.go(path)
        await (
            self.main.get_by_role("link", name="Anmäl dig")
            .or_(self.main.get_by_role("link", name="Ställ dig på väntelistan"))
            .click()
        )
        await self.page.get_by_label("Namn").fill(f"Exempelperson {mark}")
        await self.page.get_by_label("E-post").fill(f"{mark}@exempel.se")
        await self.page.get_by_label("Uppgifterna får sparas").check()
        await self.main.get_by_role("button").click()
        await expect(self.page.locator("h1")).to_contain_text("Din anmälan")


@pytest.fixture
def script(request: pytest.FixtureRequest) -> bool:
    """Whether scripts run: for the guests as for the reader."""
    return bool(request.node.callspec.params["reader"])


async def event_in(running: House, mark: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """With one place, and one session."""
    async with running.api(running.key()) as api:
        starts = f"{TODAY + timedelta(days=7)}T09:00:00Z"
        told = {"title": f"Konferens {mark}", "starts_at": starts, "places": 1}
        event = await post(api, "/events", told | {"place": "Exempelgatan 1"})
        session = await post(api, "/event-sessions", {"event_id": event["id"], "title": "Passet"})
        return await post(api, f"/events/{event['id']}/open", {}), session


@BY_BROWSER
async def test_a_place_that_is_given_back_goes_to_who_waits(
    reader: Reader, running: House, script: bool
) -> None:
    event, _ = await event_in(running, mark := uuid4().hex[:6])
    browser = reader.page.context.browser
    assert browser is not None
    guests = [await Guest.of(browser, reader.address, script=script) for _ in range(2)]
    path = f"/konferens/{event['address']}"
    try:
        first, second = guests
        await first.sign_up(path, f"{mark}a")
        await expect(first.main).to_contain_text("Du har en plats")
        await second.sign_up(path, f"{mark}b")
        await expect(second.main).to_contain_text("väntelistan som nummer 1")
        if script:
            await second.looks()
        await first.main.get_by_text("Få förhinder").click()
        await first.main.get_by_role("button", name="Avanmäl mig").click()
        await expect(first.main).to_contain_text("Du är avanmäld")
        await second.page.reload()
        await expect(second.main).to_contain_text("Du har en plats")
        assert first.tab.complaints == second.tab.complaints == []
    finally:
        for guest in guests:
            await guest.context.close()
    await reader.go(f"/konferenser/{event['id']}/anmalda")
    await reader.reads(f"Exempelperson {mark}b")
    await reader.press(f"Kom Exempelperson {mark}b")
    await expect(reader.main.get_by_role("row", name=f"{mark}b")).to_contain_text("Ja")


@BY_BROWSER
async def test_the_floor_asks_votes_and_is_answered(
    reader: Reader, running: House, script: bool
) -> None:
    event, session = await event_in(running, uuid4().hex[:6])
    browser = reader.page.context.browser
    assert browser is not None
    asker = await Guest.of(browser, reader.address, script=script)
    other = await Guest.of(browser, reader.address, script=script)
    path = f"/konferens/{event['address']}/pass/{session['id']}"
    try:
        for guest in (asker, other):
            await guest.tab.go(path)
        await asker.page.get_by_label("Din fråga").fill("När börjar <b>utbildningen</b>?")
        await asker.main.get_by_role("button", name="Skicka frågan").click()
        await expect(asker.main).to_contain_text("Den visas när någon har läst den")
        await reader.go(f"/konferenspass/{session['id']}/fragor")
        await reader.main.get_by_role("button", name="Visa fråga 1").click()
        shown = reader.main.get_by_role("region", name="Visas")
        await expect(shown).to_contain_text("utbildningen")
        floor = other.page.locator("#questions")
        if not script:
            await other.main.get_by_role("link", name="Hämta nya frågor").click()
        await expect(floor).to_contain_text("<b>utbildningen</b>")  # live where scripts run
        if script:
            await other.looks()
        await floor.get_by_role("button", name="Rösta").click()
        await expect(floor).to_contain_text("1 röst")
        await expect(floor).to_contain_text("Ta tillbaka rösten")
        await reader.go(f"/konferenspass/{session['id']}/fragor")
        await reader.follow("Skriv svar")
        await reader.write("Svar", "I mars.")
        await reader.main.get_by_role("button", name="Spara svaret").click()
        await reader.reads("Svar: I mars.")
        if not script:
            await asker.main.get_by_role("link", name="Hämta nya frågor").click()
        await expect(asker.page.locator("#questions")).to_contain_text("Svar: I mars.")
        assert asker.tab.complaints == other.tab.complaints == reader.complaints == []
    finally:
        for guest in (asker, other):
            await guest.context.close()
