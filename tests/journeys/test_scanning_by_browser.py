"""What is seen outside: a signal, the trend that it carries and a challenge, by browser."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.tabs import Tab
from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Reader
from tests.journeys.telling import TODAY

LOST = "Trenden har tappat sin grund"


async def fits(reader: Reader, *, script: bool) -> None:
    """The page does not scroll sideways, on a screen and a phone; axe runs where script may."""
    tab = Tab(reader.page, reader.address)
    for width in (1280, 390):
        await reader.page.set_viewport_size({"width": width, "height": 900})
        assert await tab.overflow() <= 0
        assert not script or await tab.violations() == []
    await reader.page.set_viewport_size({"width": 1280, "height": 900})


async def refused(reader: Reader, button: str, *sentences: str) -> None:
    """A form comes back and says what is wrong; script changes the page, without it a new one."""
    await reader.main.get_by_role("button", name=button).first.click()
    for sentence in sentences:
        await expect(reader.main.get_by_role("alert")).to_contain_text(sentence)


async def signal_seen(reader: Reader, title: str) -> str:
    """A signal is refused once, put right and saved; where it stands."""
    await reader.go("/analys/omvarld")
    await reader.follow("Ny signal")
    await reader.write("Signal", title)
    await reader.write("Vad betyder det här?", "Fler svetsare")
    await reader.day("Gäller till och med", TODAY - timedelta(days=3))
    await refused(reader, "Spara signal", "Skriv var det sågs", "Fyll i ”Hur säkert är det?”")
    await expect(reader.field("Signal")).to_have_value(title)
    await reader.day("Gäller till och med", TODAY + timedelta(days=10))
    await reader.tick("Medel")
    await reader.main.get_by_label("Källa (frivilligt)", exact=True).fill("Exempelbladet")
    await reader.press("Spara signal")
    await reader.sees(title)
    await reader.reads("Går snart ut")
    return reader.page.url


async def trend_carried(reader: Reader, title: str) -> str:
    """A trend begun on the signal's page is carried by it; what was ticked stays."""
    await reader.follow("Ny trend")
    await refused(reader, "Spara trend", "Fyll i ”Trend”", "Fyll i ”Riktning”")
    ticked = reader.main.locator("input[name=signal_ids]:checked")
    await expect(ticked).to_have_count(1)
    await reader.write("Trend", title)
    await reader.tick("Ökar")
    await reader.tick("Hög")
    await reader.write("Varför så säkert", "Tre källor säger samma sak")
    await reader.day("Gäller till och med", TODAY + timedelta(days=200))
    await reader.press("Spara trend")
    await reader.sees(title)
    return reader.page.url


async def challenge_linked(reader: Reader, title: str, signal: str, trend: str) -> str:
    """A challenge on which both bear: one or the other is chosen, and neither twice."""
    await reader.go("/analys/utmaningar/ny")
    await refused(reader, "Spara utmaning", "Fyll i ”Utmaning”")
    await reader.write("Utmaning", title)
    await reader.press("Spara utmaning")
    await reader.follow("Koppla signal eller trend")
    await reader.choose("Signal", signal)
    await reader.choose("Trend", trend)
    await reader.write("Hur påverkar", "Fabriken söker folk")
    await refused(reader, "Spara", "Välj antingen en signal eller en trend")
    await expect(reader.field("Hur påverkar")).to_have_value("Fabriken söker folk")
    await reader.field("Trend").select_option(value="")
    await reader.press("Spara")
    await reader.reads("Fabriken söker folk")
    return reader.page.url


@ON_PAGES
@pytest.mark.usefixtures("running")
async def test_a_signal_carries_a_trend_until_it_is_ended(
    request: pytest.FixtureRequest, reader: Reader
) -> None:
    script = bool(request.node.callspec.params["reader"])
    mark = uuid4().hex[:6]
    seen, goes = f"Ny fabrik {mark}", f"Fler svetsare {mark}"
    signal = await signal_seen(reader, seen)
    await fits(reader, script=script)
    trend = await trend_carried(reader, goes)
    challenge = await challenge_linked(reader, f"Vem utbildar? {mark}", seen, goes)
    await fits(reader, script=script)

    await reader.page.goto(signal)
    await reader.follow("Avsluta")
    await reader.day("Gäller inte från och med", TODAY + timedelta(days=5))
    await refused(reader, "Avsluta", "kan inte vara en dag som inte har kommit")
    await reader.day("Gäller inte från och med", TODAY)
    await reader.write("Varför gäller den inte längre?", "Det blev inget")
    await reader.press("Avsluta")
    await reader.reads("Det blev inget")
    await reader.page.goto(trend)
    await reader.reads(LOST)
    await reader.page.goto(challenge)
    await expect(reader.main.locator("li", has_text=seen)).to_contain_text("Avslutad")
    await reader.page.goto(signal)
    await reader.press("Ta tillbaka avslutet")
    await reader.page.goto(trend)
    await expect(reader.main).not_to_contain_text(LOST)

    await reader.page.goto(signal)
    await reader.follow("Ta bort")
    await reader.press("Ta bort signalen")
    await expect(reader.page.get_by_text("Något annat hänvisar hit")).to_be_visible()
    await reader.go("/analys/omvarld")
    await reader.write("Sök", seen)
    await reader.main.get_by_role("button", name="Visa").first.click()
    await expect(reader.main.locator("tbody tr")).to_have_count(1)
    await fits(reader, script=script)
