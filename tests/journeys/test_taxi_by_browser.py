"""The taxi story by browser: one page starts the temporary council; closing keeps all readable."""

from datetime import timedelta
from uuid import uuid4

from playwright.async_api import expect

from tests.journeys.conftest import BY_BROWSER
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, post

SOON = TODAY + timedelta(days=180)


async def start(one: Reader, name: str, mark: str) -> None:
    """One page: the shortage, the council, whom to invite, and the first meeting."""
    await one.menu("Tillfälligt branschråd")
    await one.write("Vilka saknas?", "Taxiförare")
    await one.write("Yrke", "8321")
    await one.write("Hur många?", "tio")
    await one.day("Behövs senast", SOON)
    await one.write("Vem säger det?", "Exempelföretag 4")
    await one.write("Rådets namn", name)
    await one.write("Bransch", "Taxi")
    await one.write("Syfte", "Lösa bristen")
    await one.day("Rådet slutar senast", SOON)
    await one.tick(f"Exempelmyndighet {mark}: Leder")
    await one.tick(f"Exempelföretag {mark}: Bjuds in")
    await one.write("När?", f"{TODAY}T09:00")
    await one.write("Plats", "Skövde")
    await one.main.get_by_role("button", name="Starta rådet").click()
    wrong = one.main.get_by_role("link", name="Hur många?")
    await expect(wrong).to_be_visible()
    await expect(one.field("Rådets namn")).to_have_value(name)
    await expect(one.field("Hur många?")).to_have_value("tio")
    await one.write("Hur många?", "10")
    await one.press("Starta rådet")
    await one.sees(name)


async def close(one: Reader) -> None:
    """Not before the need is met has the council done what it was for."""
    council = one.page.url
    await one.follow("Avsluta", exact=True)
    await one.tick("Målet nåddes")
    await one.main.get_by_role("button", name="Avsluta rådet").click()
    refused = one.main.get_by_role("link", name="Målet är inte nått än")
    await expect(refused).to_be_visible()
    await one.follow("Taxiförare")
    await one.follow("Uppfyllt")
    await one.write("Vad visar att behovet är uppfyllt?", "Tio förare är anställda.")
    await one.day("Sedan vilken dag?", TODAY)
    await one.press("Spara")
    await one.page.goto(council)
    await one.follow("Avsluta", exact=True)
    await one.day("Sista dag", TODAY)
    await one.tick("Målet nåddes")
    await one.write("Resultat", "Behovet är tillgodosett.")
    await one.press("Avsluta rådet")


@BY_BROWSER
async def test_from_shortage_to_a_closed_council(reader: Reader, running: House) -> None:
    mark = uuid4().hex[:6]
    async with running.api(running.key()) as api:
        await post(api, "/actors", {"name": f"Exempelmyndighet {mark}", "kind": "authority"})
        await post(api, "/actors", {"name": f"Exempelföretag {mark}", "kind": "company"})
    name = f"Tillfälligt taxiråd {mark}"
    await start(reader, name, mark)
    for part, text in {
        "Klockan": "10 taxiförare", "Behov": "Taxiförare", "Möten": "Första mötet",
        "Platser": f"Exempelföretag {mark}",
    }.items():  # fmt: skip
        region = reader.main.get_by_role("region", name=part, exact=True)
        await expect(region).to_contain_text(text)
    council = reader.page.url
    await close(reader)
    await reader.reads("Behovet är tillgodosett.")
    await expect(reader.main.get_by_role("link", name="Nytt möte")).to_have_count(0)
    for link in ("Första mötet", "Taxiförare"):
        await reader.page.goto(council)
        await reader.follow(link)
        await reader.sees(link)
    await reader.page.goto(council)
    await reader.follow("Öppna igen")
    await reader.write("Skäl", "Bristen är tillbaka")
    await reader.press("Öppna rådet igen")
    await expect(reader.main.get_by_role("link", name="Nytt möte").first).to_be_visible()
