"""Somebody at a browser: reads labels and presses buttons, as people do."""

from datetime import date
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.tabs import complains
from tests.gateway.signing_in import PASSWORD

# A loaded machine takes its time over the first page of a kind; how long is measured in bench/.
expect.set_options(timeout=20_000)


class Reader:
    """One person's tab. Everything is found by its text, never by its place."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda failure: self.complaints.append(str(failure)))

    def _heard(self, message: Any) -> None:
        if complains(message):
            self.complaints.append(message.text)

    @property
    def main(self) -> Locator:
        """The page's content, without its head and menu."""
        return self.page.locator("main")

    async def sign_in(self, link: str) -> None:
        """By a link that is used once, with a password of one's own."""
        await self.page.goto(link)
        await self.write("Nytt lösenord", PASSWORD)
        await self.write("Samma lösenord igen", PASSWORD)
        await self.press("Spara och logga in")
        await self.sees("Översikt")

    async def go(self, path: str) -> None:
        """Open an address of the house."""
        await self.page.goto(f"{self.address}{path}")

    async def menu(self, text: str) -> None:
        """Choose in the menu."""
        await self.page.locator("nav").get_by_role("link", name=text, exact=True).first.click()
        await self.sees(text)

    async def follow(self, text: str, *, exact: bool = False) -> None:
        """Follow a link in the content."""
        before = self.page.url
        await self.main.get_by_role("link", name=text, exact=exact).first.click()
        await self.page.wait_for_url(lambda url: url != before)

    async def press(self, text: str) -> None:
        """Press a button, and wait for the page that comes of it."""
        button = self.main.get_by_role("button", name=text).first
        async with self.page.expect_event("load"):
            await button.click()

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """A field by its label."""
        return (within or self.main).get_by_label(label).first

    async def write(self, label: str, text: str, within: Locator | None = None) -> None:
        """Write in a field."""
        await self.field(label, within).fill(text)

    async def choose(self, label: str, text: str, within: Locator | None = None) -> None:
        """Choose in a list, by a part of the option's text."""
        chosen = self.field(label, within).locator("option", has_text=text).first
        await self.field(label, within).select_option(value=await chosen.get_attribute("value"))

    async def tick(self, text: str, *, on: bool = True, within: Locator | None = None) -> None:
        """Tick a box, or one of several."""
        await (within or self.main).get_by_label(text).first.set_checked(on)

    async def day(self, label: str, on: date, within: Locator | None = None) -> None:
        """Write a date."""
        await self.write(label, on.isoformat(), within)

    async def sees(self, title: str) -> None:
        """The page's heading contains this."""
        await expect(self.page.locator("h1")).to_contain_text(title)

    async def reads(self, text: str) -> None:
        """This stands on the page."""
        await expect(self.main).to_contain_text(text)


class Clicks:
    """Clicks on links and buttons, counted from the start page."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.count = reader, 0

    async def follow(self, text: str) -> None:
        """A link in the content."""
        await self.reader.follow(text, exact=True)
        self.count += 1

    async def menu(self, text: str) -> None:
        """A link in the menu."""
        await self.reader.menu(text)
        self.count += 1

    async def press(self, text: str) -> None:
        """A button; script may answer without a new page."""
        await self.reader.main.get_by_role("button", name=text).first.click()
        self.count += 1

    async def on(self, link: Locator) -> None:
        """A link that has the same words as others."""
        before = self.reader.page.url
        await link.first.click()
        await self.reader.page.wait_for_url(lambda url: url != before)
        self.count += 1
