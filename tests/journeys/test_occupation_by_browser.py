"""An occupation is chosen by its name: with script while it is written, without it when sent."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.analysis.importing import csv_bytes
from tests.analysis.test_classification import TREE
from tests.analysis.test_occupations import GROUPS
from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Reader
from tests.journeys.running import House

WOOD = "Fin-, inrednings- och möbelsnickare (7522)"


@pytest.fixture
def classified(running: House, tmp_path: Path) -> House:
    """The house with a few occupations."""
    (tmp_path / "ssyk2012.csv").write_bytes(csv_bytes(TREE, GROUPS))
    running.operate("import", "classifications", str(tmp_path))
    return running


@ON_PAGES
@pytest.mark.usefixtures("classified")
async def test_a_need_gets_its_occupation_by_name(reader: Reader) -> None:
    await reader.go("/behov/nytt")
    await reader.write("Vad behövs?", "Fler som kan ytbehandla")
    await reader.tick("Utbildning")
    await reader.tick("Kort sikt")
    await reader.field("Yrke").press_sequentially("snick")
    scripted = await reader.page.evaluate("document.documentElement.classList.contains('js')")
    if not scripted:
        await reader.main.get_by_role("button", name="Spara behov").click()
        await reader.reads("Namnet stämmer på flera yrken. Välj det du menar.")
        await expect(reader.field("Vad behövs?")).to_have_value("Fler som kan ytbehandla")
    choice = reader.main.get_by_role("group", name="Välj yrke")
    await expect(choice.get_by_role("radio")).to_have_count(2)
    await reader.field("Yrke").focus()
    await reader.page.keyboard.press("Tab")
    await reader.page.keyboard.press("ArrowDown")
    await expect(choice.get_by_label(WOOD)).to_be_checked()
    await reader.press("Spara behov")
    await reader.sees("Fler som kan ytbehandla")
    await reader.reads(WOOD)
    await reader.page.locator("#find").fill("taxi")
    await reader.page.keyboard.press("Enter")
    await reader.sees("Sök")
    await reader.follow("Taxiförare m.fl. (8321)")
    await reader.sees("Taxiförare m.fl.")
