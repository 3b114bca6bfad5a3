"""From a dialogue map of one's own to an actor that is asked, by browser."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.analysis.importing import csv_bytes
from tests.analysis.test_classification import TREE
from tests.analysis.test_occupations import GROUPS
from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, people, post

WOOD = "Fin-, inrednings- och möbelsnickare (7522)"


@pytest.fixture
def classified(running: House, tmp_path: Path) -> House:
    """The house with a few occupations."""
    (tmp_path / "ssyk2012.csv").write_bytes(csv_bytes(TREE, GROUPS))
    running.operate("import", "classifications", str(tmp_path))
    return running


async def question(one: Reader, text: str, area: str, prompt: str = "") -> None:
    """One more question."""
    await one.follow("Ny fråga", exact=True)
    await one.write("Fråga", text)
    await one.tick(area)
    await one.write("Hjälptext", "Tänk på det senaste året.")
    if prompt:
        await one.tick("Normkritisk fråga")
        await one.write("Normkritiska följdfrågor", prompt)
    await one.press("Spara frågan")
    await one.reads(text)


async def dialogue_map(one: Reader, name: str, why: str) -> None:
    """Written, ordered by the buttons, previewed, and published after the question."""
    await one.menu("Intervjuer")
    await one.follow("Dialogkartor")
    await one.follow("Ny dialogkarta")
    await one.write("Namn", name)
    await one.press("Spara utkast")
    await one.sees(f"{name}, utgåva 1")
    await question(one, "Vad händer sedan?", "Utbildning")
    await question(one, why, "Utbildning", "Vem frågas aldrig?")
    await one.follow("Ändra ordningen")
    await one.main.get_by_role("button", name=re.compile(f"Upp.*{re.escape(why)}")).click()
    await one.reads(f"”{why}” är på plats 1 av 2.")
    await expect(one.main.locator("ol.ordered li").first).to_contain_text(why)
    await one.follow("Till dialogkartan")
    await one.follow("Förhandsvisa")
    await one.reads("Vem frågas aldrig?")
    await one.follow("Till dialogkartan")
    await one.follow("Publicera")
    await one.reads("Den kan inte ändras sedan")
    await one.press("Publicera")
    await one.reads("kan användas i intervjuer")
    await expect(one.main.get_by_role("link", name="Ändra namn")).to_have_count(0)


async def interview(one: Reader, name: str, why: str, gap: str) -> None:
    """Held by the map, with consent."""
    await one.follow("Ny intervju")
    await expect(one.field("Dialogkarta").locator("option:checked")).to_contain_text(name)
    await one.choose("Företag", "Exempelföretag 9")
    await one.tick("Den som svarar har samtyckt")
    await one.day("Samtycket gavs", TODAY)
    await one.write("Vad samtycket gäller", "Behovsanalysen")
    await one.press("Börja intervjun")
    await one.reads("Vem frågas aldrig?")
    asked = one.main.get_by_role("region", name=why)
    await one.write("Glapp", gap, asked)
    await one.main.get_by_role("button", name="Spara", exact=True).last.click()
    await one.reads("Sparat kl.")


async def analysis(one: Reader, name: str, why: str, gap: str) -> None:
    """What was said, question by question, leads to the need."""
    await one.menu("Intervjuer")
    await one.follow("Gapanalys")
    await one.choose("Dialogkarta", name)
    await one.main.get_by_role("button", name="Visa").first.click()
    await one.follow(why)
    await one.sees(why)
    await one.reads(gap)
    await one.press("Gör till behov på kort sikt")
    await one.sees(gap)


async def need(one: Reader, gap: str) -> None:
    """The need is coded by a choice: a part of the name is not enough."""
    await one.follow("Ändra", exact=True)
    await expect(one.field("Vad behövs?")).to_have_value(gap)
    await one.field("Yrke").press_sequentially("möbelsnick")
    scripted = await one.page.evaluate("document.documentElement.classList.contains('js')")
    if not scripted:
        await one.main.get_by_role("button", name="Spara behov").click()
        await one.reads("Menar du yrket här under?")
    choice = one.main.get_by_role("group", name="Välj yrke")
    await expect(choice.get_by_role("radio")).to_have_count(1)
    await expect(choice.get_by_role("radio")).not_to_be_checked()
    await one.tick(WOOD, within=choice)
    await one.choose("Ansvarig befattning", "Utvecklare")
    await one.press("Spara behov")
    await one.sees(gap)
    await one.reads(WOOD)
    await expect(one.main.get_by_role("region", name="Ur intervjuer")).to_contain_text(gap)


async def actor(one: Reader) -> None:
    """Suggested by its programme; a person chooses."""
    await one.follow("Koppla på aktör")
    row = one.main.get_by_role("row").filter(has_text="Tibro kommun").first
    await expect(row).to_contain_text("Träteknisk utbildning")
    before = one.page.url
    await row.get_by_role("link", name="Koppla på").click()
    await one.page.wait_for_url(lambda url: url != before)
    await one.choose("Ansvarig befattning", "Utvecklare")
    await one.day("Senast", TODAY)
    await one.press("Spara påkoppling")
    await one.reads("Tibro kommun")


@ON_PAGES
async def test_from_a_map_of_ones_own_to_an_actor_that_is_asked(
    reader: Reader, classified: House
) -> None:
    async with classified.api(classified.key()) as api:
        await people(api)
        await post(api, "/dialogue-maps/default")
    mark = uuid4().hex[:6]
    name, why, gap = f"Exempelkarta {mark}", f"Vad saknas {mark}?", f"Ingen utbildning {mark}"
    await dialogue_map(reader, name, why)
    await interview(reader, name, why, gap)
    await analysis(reader, name, why, gap)
    await need(reader, gap)
    await actor(reader)
