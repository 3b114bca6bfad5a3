"""An initiative from its need on: in two clicks, bought step by step, paid for, counted, moved."""

from uuid import uuid4

from playwright.async_api import Locator, Request, expect

from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, get, post

BUDGET = 2


@ON_PAGES
async def test_a_need_becomes_an_initiative_in_two_clicks(reader: Reader, running: House) -> None:
    mark = uuid4().hex[:6]
    async with running.api(running.key()) as api:
        await post(api, "/actors", {"name": f"Exempelskolan {mark}", "kind": "municipality"})
        need = {"statement": f"Svetsare saknas {mark}", "areas": ["education"], "horizon": "short"}
        made = await post(api, "/needs", need)
    await reader.go(f"/behov/{made['id']}")
    clicks: list[str] = []
    reader.page.on("request", lambda one: clicks.append(one.url) if _is_click(one) else None)
    await reader.follow("Nytt initiativ")
    await reader.choose("Typ av insats", "Uppdragsutbildning")
    await reader.choose("Aktör som leder", "Exempel")
    await reader.press("Spara initiativ")
    await reader.sees("Svetsare saknas")
    assert len(clicks) <= BUDGET, clicks

    await reader.follow("Upphandla")
    await reader.day("Förfrågan är skickad", TODAY)
    await reader.press("Lägg till stegen")
    bought = reader.main.get_by_role("region", name="Upphandling")
    await expect(bought.locator("li")).to_have_count(6)
    async with reader.page.expect_event("load"):
        await bought.get_by_role("button", name="Klart").first.click()
    await expect(bought.locator("li").first).to_contain_text("Klart")

    await reader.follow("Lägg till budgetrad")
    await reader.write("Vad pengarna går till", "Lärare")
    await reader.choose("Kostnadsslag", "Utbildning")
    await reader.write("Planerat", "120 000")
    await reader.write("Utfall", "125 000,50")
    await reader.main.get_by_role("button", name="Spara budgetrad").click()
    await reader.reads("Skriv varför utfallet blev ett annat än planen")
    await reader.write("Orsak till avvikelsen", "En lärare till")
    await reader.press("Spara budgetrad")
    await reader.reads("5 000,50 kr".replace(" ", "\N{NO-BREAK SPACE}"))

    await reader.follow("Lägg till deltagaruppgift")
    await reader.write("Planerade platser", "20")
    await reader.write("Hur många började?", "16")
    await reader.write("Källa", "Skolans lista")
    await reader.press("Spara deltagaruppgift")
    await reader.reads("Platser 20 · började 16")


def _is_click(request: Request) -> bool:
    """A page that somebody asked for, or a form that was sent; what leads on from it is none."""
    return request.is_navigation_request() and request.redirected_from is None


def _column(reader: Reader, name: str) -> Locator:
    return reader.main.get_by_role("region", name=name)


@ON_PAGES
async def test_a_card_is_moved_by_keyboard_and_by_drag(reader: Reader, running: House) -> None:
    title = f"Exempelkort {uuid4().hex[:6]}"
    async with running.api(running.key()) as api:
        lead = (await get(api, "/actors?limit=1"))["items"]
        lead = lead or [await post(api, "/actors", {"name": "Exempelled", "kind": "company"})]
        draft = {"title": title, "kind": "study", "horizon": "short"}
        await post(api, "/initiatives", draft | {"lead_actor_id": lead[0]["id"]})
    await reader.go("/initiativ")
    await reader.write("Sök", title)
    await reader.main.get_by_role("button", name="Visa").click()
    await expect(reader.main.locator("tbody tr")).to_have_count(1)
    await reader.follow("Tavla", exact=True)
    await expect(_column(reader, "Föreslaget")).to_contain_text(title)

    # The natural next is chosen already: by keyboard it is one press of the button.
    button = reader.main.get_by_role("button", name=f"Flytta {title}")
    await button.focus()
    async with reader.page.expect_event("load"):
        await reader.page.keyboard.press("Enter")
    await reader.sees("Besluta om initiativet")
    await reader.press("Besluta om initiativet")
    await reader.sees("tavla")
    await expect(_column(reader, "Beslutat")).to_contain_text(title)

    script = await reader.page.evaluate("document.documentElement.classList.contains('js')")
    card = reader.main.locator("[data-column] li", has_text=title)
    async with reader.page.expect_event("load"):
        if script:
            await card.drag_to(_column(reader, "Pågår"))
        else:
            await reader.main.get_by_role("button", name=f"Flytta {title}").click()
    await expect(_column(reader, "Pågår")).to_contain_text(title)
    await reader.reads("1 initiativ")
    await reader.follow("Tidslinje", exact=True)
    await reader.reads(title)
