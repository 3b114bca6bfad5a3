"""A Chromium of the machine's own, and its tabs."""

import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Browser, Page, async_playwright

from tests.gateway.signing_in import PASSWORD

# The shell has no window to draw: it starts and shows a page in half the time of a whole Chromium.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What nobody looks at is drawn with a quarter of the dots; pages see a screen as any other.
    "--force-device-scale-factor=0.5",
    # Pages live too short for what V8 would make faster beside them.
    "--js-flags=--single-threaded",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is not asked about is not worked out; there is no film to load first.
LEAN = "resultTypes: ['violations'], elementRef: false, preload: false"
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
# What the contrast of a page's texts comes from: ink, size and weight, and every ground below.
INKS = """() => {
  const written = (one) => /^(INPUT|SELECT|TEXTAREA)$/.test(one.tagName) ||
    [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim());
  const grounds = (one) => {
    const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(one);
    const above = one.parentElement ? grounds(one.parentElement) : "";
    return `${backgroundColor} ${backgroundImage} ${opacity} ${position};${above}`;
  };
  const inks = (one) => {
    const { color, fontSize, fontWeight } = getComputedStyle(one);
    return `${one.ariaDisabled} ${color} ${fontSize} ${fontWeight} ${grounds(one)}`;
  };
  return [...new Set([...document.querySelectorAll("body *")].filter(written).map(inks))];
}"""
# What a window of another width shows that the one before did not, or no longer.
CHANGED = """() => {
  const all = [...document.querySelectorAll("body *")];
  const shown = new Set(all.filter((one) => one.checkVisibility({ visibilityProperty: true })));
  const before = window.shownBefore;
  window.shownBefore = shown;
  const named = (one) => `${one.tagName}.${one.className}`;
  const changed = (one) => `${shown.has(one)} ${named(one)} in ${named(one.parentElement)}`;
  return before ? [...new Set(all.filter((one) => shown.has(one) !== before.has(one)).map(changed))]
    : null;
}"""
# What a width alone can break: all else hangs on what is there and shown.
CONTRAST = "color-contrast"
OF_WIDTH = ["target-size", "scrollable-region-focusable"]


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """A Chromium of the machine's own; without one these tests are left out."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium; make chromium")
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        await browser.close()


def complains(message: Any) -> bool:
    """Whether the console says that something is wrong with a page.

    Not that a form was refused, nor that a page was left while it was still fading in.
    """
    expected = "status of 422" in message.text or "Transition was aborted" in message.text
    return message.type in {"error", "warning"} and not expected


class Tab:
    """A page of the browser that remembers what its console complained of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda failure: self.complaints.append(str(failure)))

    def _heard(self, message: Any) -> None:
        if complains(message):
            self.complaints.append(message.text)

    async def go(self, path: str) -> None:
        """Load a page of the house."""
        await self.page.goto(f"{self.address}{path}")

    async def sign_in(self) -> None:
        """As the administrator."""
        await self.go("/logga-in?next=/konto")
        await self.page.fill("#f-email", "anna@exempel.se")
        await self.page.fill("#f-password", PASSWORD)
        await self.page.click("main button")
        await self.page.wait_for_selector("h1 >> text=Mitt konto")

    async def violations(self, *, seen: set[str] | None = None) -> list[str]:
        """What axe finds; through evaluate, which passes by the content policy.

        `seen`: inks on grounds whose contrast is known, and what other widths were seen to change.
        Contrast is most of axe's work, and is left out where a page has no other; of a page that
        was looked at in another width, with no other change, only what hangs on widths is asked.
        """
        inks, changed = set(await self.page.evaluate(INKS)), await self.page.evaluate(CHANGED)
        known = seen is not None and inks <= seen
        again = seen is not None and changed is not None and seen.issuperset(changed)
        if await self.page.evaluate("typeof axe === 'undefined'"):
            await self.page.evaluate(AXE)
        but = f"'{CONTRAST}': {{enabled: {str(not known).lower()}}}"
        only = [*OF_WIDTH, *([] if known else [CONTRAST])] if again else RULES
        found = await self.page.evaluate(f"axe.run({{runOnly: {only}, rules: {{{but}}}, {LEAN}}})")
        if seen is not None:
            seen |= inks | set(changed or ())
        return [
            f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:3]}"
            for one in found["violations"]
        ]

    async def overflow(self) -> int:
        """How many pixels the page is wider than the window."""
        width = await self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return int(width)
