"""A project from its assignment to its end, by browser, with and without script."""

from datetime import timedelta
from uuid import uuid4

from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, post


@ON_PAGES
async def test_a_project_is_led_to_its_end(reader: Reader, running: House) -> None:
    mark = uuid4().hex[:6]
    async with running.api(running.key()) as api:
        owner = {"name": f"Exempelförbundet {mark}", "kind": "network"}
        await post(api, "/actors", owner)
    title = f"Exempelprojektet {mark}"
    await reader.menu("Projekt")
    await reader.follow("Nytt projekt")
    await reader.write("Projektets namn", title)
    await reader.write("Syfte", "Bygga en modell för samverkan")
    await reader.choose("Ägare", f"Exempelförbundet {mark}")
    await reader.press("Spara projektet")
    await reader.sees(title)
    project = reader.page.url
    await assigned(reader)
    await reader.page.goto(project)
    await worked(reader, mark)
    await reader.page.goto(project)
    await ended(reader, mark, project)


async def assigned(reader: Reader) -> None:
    """A version that is decided, and the next, which says why and what differs."""
    await reader.follow("Skriv uppdraget")
    await reader.write("Uppdrag", "Bygga en enkel modell")
    await reader.day("Beslutat den", TODAY - timedelta(days=9))
    await reader.press("Spara")
    await reader.reads("Gäller")
    await reader.follow("Ny version")
    await reader.write("Uppdrag", "Bygga en hållbar modell")
    await reader.main.get_by_role("button", name="Spara").click()
    await reader.reads("Skriv varför uppdraget ändras")
    await reader.write("Varför uppdraget ändras", "Ett omtag")
    await reader.day("Beslutat den", TODAY)
    await reader.press("Spara")
    await reader.reads("Varför uppdraget ändrades: Ett omtag")
    await reader.main.locator("summary").first.click()
    await reader.reads("hållbar")


async def worked(reader: Reader, mark: str) -> None:
    """Begun, with an activity that is late, and a sum that differs."""
    await reader.follow("Starta", exact=True)
    await reader.day("Började den", TODAY - timedelta(days=8))
    await reader.press("Starta projektet")
    await reader.reads("Pågår")
    await reader.follow("Plan", exact=True)
    await reader.follow("Ny aktivitet")
    await reader.write("Vad ska göras?", f"Intervjua {mark}")
    await reader.day("Klart senast", TODAY - timedelta(days=1))
    await reader.press("Spara")
    await reader.reads("Försenad")
    await reader.follow("Budget", exact=True)
    await reader.follow("Ny budgetrad")
    await reader.write("Rad", "Resor")
    await reader.write("Budget", "1 000,50")
    await reader.write("Utfall", "ingenting")
    await reader.main.get_by_role("button", name="Spara").click()
    await reader.reads("som ett tal")
    await reader.write("Utfall", "0")
    await reader.press("Spara")
    await reader.reads("Orsak saknas")


async def ended(reader: Reader, mark: str, project: str) -> None:
    """What is open is shown and asked about, and what differs is explained first."""
    await reader.follow("Avsluta projektet")
    await reader.reads(f"Intervjua {mark}")
    await reader.main.get_by_role("button", name="Avsluta projektet").click()
    await reader.reads("Något i projektet är inte klart")
    await reader.reads("Några budgetrader skiljer sig från planen utan orsak")
    await reader.follow("Skriv orsaken", exact=False)
    await reader.choose("Sorts avvikelse", "Utebliven kostnad")
    await reader.write("Orsak till avvikelsen", "Mötena var digitala")
    await reader.press("Spara")
    await reader.reads("Mötena var digitala")
    await reader.page.goto(project)
    await reader.follow("Avsluta projektet")
    await reader.write("Varför?", "Tiden är slut")
    await reader.press("Avsluta projektet")
    await reader.reads("Genomfört")
    await reader.reads("Tiden är slut")
