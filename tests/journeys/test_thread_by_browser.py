"""From a company's answer to an outcome, by browser, with and without JavaScript."""

from datetime import timedelta
from uuid import uuid4

from playwright.async_api import expect

from tests.journeys.conftest import BY_BROWSER
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, Fact, council_with_meeting, people

SOON = TODAY + timedelta(days=180)


async def interview(one: Reader, gap: str) -> None:
    """Interview the company for no council, with consent; one answer tells of a gap."""
    await one.menu("Intervjuer")
    await one.follow("Ny intervju")
    if await one.main.get_by_text("Använd Kompetensnavs dialogkarta").count():
        await one.press("Använd Kompetensnavs dialogkarta")
    await one.choose("Företag", "Exempelföretag 9")
    await one.tick("Den som svarar har samtyckt")
    await one.day("Samtycket gavs", TODAY)
    await one.write("Vad samtycket gäller", "Behovsanalysen")
    await one.press("Börja intervjun")
    await one.sees("Dialogkarta: Exempelföretag 9")
    asked = one.main.get_by_role("region", name="Utbildning").locator("section").first
    await one.write("Glapp", gap, asked)
    async with one.page.expect_event("load"):
        await asked.get_by_role("button", name="Gör till behov på kort sikt").click()


async def need(one: Reader, gap: str) -> None:
    """Turn the answer into a need, and see a verdict on both horizons with its arithmetic."""
    await one.sees(gap)
    await one.follow("Ändra", exact=True)
    await one.write("Yrke", "7522")
    await one.write("Hur många personer per år?", "12")
    await one.write("Från och med år", str(TODAY.year))
    await one.write("Till och med år", str(TODAY.year + 2))
    await one.choose("Ansvarig befattning", "Utvecklare")
    await one.press("Spara behov")
    await one.sees(gap)
    verdicts = one.main.get_by_role("region", name="Kan utbildningssidan möta behovet?")
    await expect(verdicts.get_by_role("heading", level=3)).to_have_count(2)
    await verdicts.locator("summary").first.click()
    await expect(verdicts).to_contain_text("Källa:")


async def decide(one: Reader, council: str, gap: str) -> None:
    """Put it before a council's meeting, and decide; a slip is mended."""
    await one.follow("Ta upp på möte")
    await one.tick(council)
    await one.press("Lägg på dagordningen")
    await one.sees("Möte")
    await one.follow("Skriv beslut")
    decisions = one.main.get_by_role("region", name="Beslut", exact=True)
    await expect(one.field("Beslutat den", decisions)).to_have_value(TODAY.isoformat())
    await expect(decisions.get_by_label(gap)).to_be_checked()
    await one.write("Skriv beslut", "Vi startar en utbildnin.")
    await one.choose("Ansvarig befattning", "Utvecklare", decisions)
    await one.write("Jämställdhetskontroll", "Kvinnor nås genom riktad information.", decisions)
    await one.press("Spara beslut")
    await one.follow("Ändra beslutet Vi startar")
    await one.write("Skriv beslut", "Vi startar en utbildning.")
    await one.press("Spara ändringen")
    await one.reads("Vi startar en utbildning.")


async def initiative(one: Reader) -> None:
    """Start an initiative that fills an intake."""
    await one.follow("Nytt initiativ")
    await one.write("Vad ska göras?", "Starta utbildningen")
    await one.choose("Typ av insats", "Utbildningsstart")
    await one.choose("Aktör som leder", "Tibro kommun")
    await one.choose("Utbildningsstart som fylls", "Träteknisk utbildning")
    await one.day("Börjar", TODAY)
    await one.day("Slutar", SOON)
    await one.press("Spara initiativ")
    await one.follow("Besluta")
    await one.day("Beslutat den", TODAY)
    await one.write("Jämställdhetskontroll", "Kvinnor nås genom riktad information.")
    await one.press("Besluta")
    await one.follow("Starta")
    await one.day("Startade den", TODAY)
    await one.press("Starta")


async def outcome(one: Reader, gap: str) -> None:
    """Record the outcome with evidence."""
    await one.follow("Nytt resultat")
    await one.write("Vad har ändrats?", "Tolv personer har anställts.")
    await one.write("Vad visar det?", "Företagens egna uppgifter")
    await one.day("Datum", TODAY)
    await one.write("Hur många har anställts?", "12")
    await one.tick("Kort")
    await one.tick(gap)
    await one.press("Spara resultat")
    await one.reads("Tolv personer har anställts.")


async def undo_a_link(one: Reader, gap: str) -> None:
    """Take the need out of the initiative."""
    await one.follow("Ändra")
    await one.tick(gap, on=False)
    await one.choose("Beslut som ligger till grund", "Välj")
    await one.press("Spara initiativ")


@BY_BROWSER
async def test_from_an_answer_to_an_outcome(reader: Reader, running: House) -> None:
    async with running.api(running.key()) as api:
        who: Fact = await people(api)
        mark = uuid4().hex[:6]
        council = f"Exempelrådet {mark}"
        await council_with_meeting(api, who, council)
    gap = f"Ingen utbildning i närheten {mark}"
    await interview(reader, gap)
    await need(reader, gap)
    await decide(reader, council, gap)
    await initiative(reader)
    await outcome(reader, gap)
    started = reader.page.url

    await reader.follow(gap)
    thread = reader.main.get_by_role("list", name="Röda tråden för behovet")
    await expect(thread.get_by_text("klart", exact=True)).to_have_count(8)
    await expect(thread.get_by_text("saknas", exact=True)).to_have_count(0)

    await reader.page.goto(started)
    await undo_a_link(reader, gap)
    await reader.menu("Röda tråden")
    card = reader.main.get_by_role("article", name=gap)
    await expect(card.get_by_text("Brott", exact=True)).to_have_count(1)
    await expect(card).to_contain_text("Beslutet har inte lett till något initiativ")
