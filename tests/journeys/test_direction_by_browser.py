"""A direction: answered within the click budget by one council, late by another, seen by both."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from playwright.async_api import expect

from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, post

BUDGET = 2


async def decided(api: Any, mark: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A decision of a strategic council ten days ago, and two councils that may be asked."""
    actor = await post(api, "/actors", {"name": f"Exempelförbundet {mark}", "kind": "network"})
    common = {"phase": "active", "leader_actor_ids": [actor["id"]], "starts_on": "2025-01-01"}
    kinds = [("Exempelforum", "strategic_forum", "strategic")]
    kinds += [(f"Exempelråd {letter}", "industry_council", "operative") for letter in "AB"]
    made = [
        await post(
            api, "/councils", common | {"name": f"{name} {mark}", "kind": kind} | {"level": at}
        )
        for name, kind, at in kinds
    ]
    then = TODAY - timedelta(days=10)
    meeting = {"council_id": made[0]["id"], "title": "Exempelmöte", "status": "held"}
    meeting = await post(api, "/meetings", meeting | {"starts_at": f"{then}T09:00:00Z"})
    body = {"council_id": made[0]["id"], "meeting_id": meeting["id"], "text": f"Möbel först {mark}"}
    return await post(api, "/decisions", body | {"decided_on": then.isoformat()}), made


@ON_PAGES
async def test_a_direction_is_answered_in_two_clicks_and_late_on_both_sides(
    reader: Reader, running: House
) -> None:
    mark = uuid4().hex[:6]
    async with running.api(running.key()) as api:
        decision, (forum, one, two) = await decided(api, mark)
    title = f"Möbel först {mark}"

    await reader.go(f"/beslut/{decision['id']}")
    await reader.follow("Ny inriktning")
    await reader.write("Rubrik", title)
    await reader.tick("Kort sikt")
    await reader.write("Prioritering 1", "Snickare")
    await reader.write("Det som väljs bort, rad 1", "Bygg")
    await reader.tick(f"Exempelråd A {mark}")
    await reader.tick(f"Exempelråd B {mark}")
    await reader.day("Svar senast", TODAY - timedelta(days=1))
    await reader.main.get_by_role("button", name="Skicka inriktning").click()
    await reader.reads("Fyll i ”Skäl, rad 1”")
    await reader.write("Skäl, rad 1", "Ett annat råd har det")
    await reader.press("Skicka inriktning")
    await reader.sees(title)
    await reader.reads("Underlag saknas")
    await reader.reads("Skäl: Ett annat råd har det")

    await reader.menu("Översikt")
    waits = reader.main.get_by_role("region", name="Att göra")
    row = waits.locator("li", has_text=title).filter(has_text=f"Exempelråd A {mark} ska svara")
    await expect(row).to_contain_text("Försenad")
    clicks: list[str] = []
    reader.page.on("framenavigated", lambda frame: clicks.append(frame.url))
    await row.get_by_role("link", name="Besvara").click()
    await reader.sees("Besvara inriktning")
    await reader.tick("Anpassas")
    await reader.write("Varför", "Vi är få")
    await reader.write("Det här gör rådet i stället", "Vi börjar med lack")
    await reader.press("Spara svar")
    await reader.sees(title)
    assert len(clicks) <= BUDGET, clicks
    await reader.reads("I stället: Vi börjar med lack")

    await reader.menu("Översikt")
    await expect(row).to_have_count(0)
    late = waits.locator("li", has_text=title)
    await expect(late).to_contain_text(f"Exempelråd B {mark} ska svara Exempelforum {mark}")
    for council, card, told in (
        (one, "Mottagna", "Besvarad"),
        (two, "Mottagna", "Svar försenat"),
        (forum, "Skickade", f"Väntar på Exempelråd B {mark}"),
    ):
        await reader.go(f"/branschrad/{council['id']}")
        await reader.follow("Inriktningar", exact=True)
        region = reader.main.get_by_role("region", name=card)
        await expect(region).to_contain_text(title)
        await expect(region).to_contain_text(told)


@ON_PAGES
async def test_an_escalation_is_answered_in_two_clicks(reader: Reader, running: House) -> None:
    mark = uuid4().hex[:6]
    async with running.api(running.key()) as api:
        _, (forum, one, _two) = await decided(api, mark)
    title = f"Ingen buss {mark}"

    await reader.go(f"/branschrad/{one['id']}/lyft")
    await reader.follow("Nytt lyft")
    await reader.choose("Till rådet", f"Exempelforum {mark}")
    await reader.tick("Hinder")
    await reader.write("Rubrik", title)
    await reader.write("Vad behöver det andra rådet göra", "Prata med trafikbolaget")
    await reader.day("Lyft den", TODAY - timedelta(days=9))
    await reader.day("Svar senast", TODAY - timedelta(days=1))
    await reader.press("Skicka lyft")
    await reader.sees(title)

    await reader.menu("Översikt")
    row = reader.main.get_by_role("region", name="Att göra").locator("li", has_text=title)
    await expect(row).to_contain_text("Försenad")
    clicks: list[str] = []
    reader.page.on("framenavigated", lambda frame: clicks.append(frame.url))
    await row.get_by_role("link", name="Besvara").click()
    await reader.sees("Besvara lyft")
    await reader.tick("Tas upp")
    await reader.write("Vad svarar rådet?", "Vi ringer dem")
    await reader.press("Spara svar")
    await reader.sees(title)
    assert len(clicks) <= BUDGET, clicks
    await reader.reads("Vi ringer dem")
    await reader.go(f"/branschrad/{forum['id']}/lyft")
    await expect(reader.main.get_by_role("region", name="Mottagna")).to_contain_text("Tas upp")
