"""The errands of a council, each in as many clicks from the start page as it may take."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Clicks, Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, post

Fact = dict[str, Any]
pytestmark = ON_PAGES


async def called_by_post(api: Any, mark: str) -> Fact:
    """A council with a member who can be reached."""
    actor = await post(api, "/actors", {"name": f"Exempelmyndighet {mark}", "kind": "authority"})
    title = {"actor_id": actor["id"], "title": f"Handläggare {mark}"}
    kept = await post(api, "/posts", title)
    told = {"name": f"Exempelperson {mark}", "email": f"{mark}@exempel.se"}
    person = await post(api, "/people", told)
    since = {"valid_from": "2025-01-01"}
    await post(api, "/holdings", since | {"post_id": kept["id"], "person_id": person["id"]})
    body = {"name": f"Exempelrådet {mark}", "kind": "temporary_council", "level": "operative"}
    body |= {"phase": "active", "leader_actor_ids": [actor["id"]], "starts_on": "2025-01-01"}
    ends = {"ends_on": (TODAY + timedelta(days=9)).isoformat(), "purpose": "Lösa bristen"}
    council = await post(api, "/councils", body | ends)
    seat = since | {"council_id": council["id"], "actor_id": actor["id"], "post_id": kept["id"]}
    await post(api, "/seats", seat | {"readiness_exception": "Exempel"})
    return council


async def meeting_on(api: Any, council: Fact, title: str, days: int, **more: Any) -> Fact:
    """A meeting of the council, so many days from today."""
    told = {"council_id": council["id"], "title": title} | more
    at = TODAY + timedelta(days=days)
    return await post(api, "/meetings", told | {"starts_at": f"{at}T01:00:00Z"})


@pytest.fixture
def mark() -> str:
    """What tells this test's things from those of the others."""
    return uuid4().hex[:6]


async def test_a_temporary_council_is_started_on_one_page(
    reader: Reader, running: House, mark: str
) -> None:
    async with running.api(running.key()) as api:
        # The form shows the first thirty by name: the others' journeys have made more than that.
        await post(api, "/actors", {"name": f"A-exempel {mark}", "kind": "authority"})
    clicks, soon = Clicks(reader), TODAY + timedelta(days=90)
    await clicks.menu("Tillfälligt branschråd")
    await reader.write("Vilka saknas?", f"Taxiförare {mark}")
    await reader.write("Yrke", "8321")
    await reader.write("Hur många?", "10")
    await reader.day("Behövs senast", soon)
    await reader.write("Vem säger det?", "Exempelföretag 4")
    await reader.write("Rådets namn", f"Exempelrådet {mark}")
    await reader.write("Bransch", f"Taxi {mark}")
    await reader.write("Syfte", "Lösa bristen")
    await reader.day("Rådet slutar senast", soon)
    await reader.tick(f"A-exempel {mark}: Leder")
    await reader.write("När?", f"{soon}T09:00")
    await reader.write("Plats", "Skövde")
    await clicks.press("Starta rådet")
    await reader.sees(f"Exempelrådet {mark}")
    assert clicks.count <= 2, "one page"


async def test_a_call_goes_out_in_two_clicks_with_a_look_at_whom_it_reaches(
    reader: Reader, running: House, mark: str
) -> None:
    async with running.api(running.key()) as api:
        council = await called_by_post(api, mark)
        await meeting_on(api, council, f"Höstmöte {mark}", 8)
    await reader.go("/")
    clicks = Clicks(reader)
    row = reader.main.locator("li").filter(has_text=f"Höstmöte {mark}")
    await clicks.on(row.get_by_role("link", name="Skicka kallelse"))
    await reader.reads(f"{mark}@exempel.se")
    await clicks.press("Skicka till 1 person")
    await reader.reads("Kallelserna skickas nu")
    assert clicks.count <= 2
    await reader.go("/")
    await expect(row.get_by_role("link", name="Skicka kallelse")).to_have_count(0)


async def test_a_decision_is_written_during_the_meeting_in_two_clicks(
    reader: Reader, running: House, mark: str
) -> None:
    async with running.api(running.key()) as api:
        council = await called_by_post(api, mark)
        await meeting_on(api, council, f"Dagens möte {mark}", 0)
    await reader.go("/")
    clicks = Clicks(reader)
    await clicks.follow(f"Dagens möte {mark}")
    await reader.write("Skriv beslut", f"Starta kursen {mark}")
    await reader.choose("Ansvarig befattning", f"Handläggare {mark}")
    await reader.day("Klart senast", TODAY + timedelta(days=30))
    await clicks.press("Spara beslut")
    await reader.reads("Beslutet är sparat.")
    assert clicks.count <= 2


async def test_a_decision_whose_day_has_come_is_followed_up_in_two_clicks(
    reader: Reader, running: House, mark: str
) -> None:
    async with running.api(running.key()) as api:
        council = await called_by_post(api, mark)
        meeting = await meeting_on(api, council, f"Vårmöte {mark}", -90, status="held")
        told = {"council_id": council["id"], "meeting_id": meeting["id"], "text": f"Pröva {mark}"}
        yesterday = (TODAY - timedelta(days=1)).isoformat()
        days = {"decided_on": meeting["starts_at"][:10], "review_on": yesterday}
        await post(api, "/decisions", told | days)
    await reader.go("/")
    clicks = Clicks(reader)
    row = reader.main.locator("li").filter(has_text=f"Pröva {mark}")
    await clicks.on(row.get_by_role("link", name="Följ upp"))
    await reader.write("Vad blev det av beslutet?", "Det gick bra")
    await clicks.press("Spara uppföljning")
    await reader.reads("Uppföljningen är sparad.")
    assert clicks.count <= 2
    await reader.go("/")
    await expect(row).to_have_count(0)


async def test_a_temporary_council_is_closed_on_one_page(
    reader: Reader, running: House, mark: str
) -> None:
    async with running.api(running.key()) as api:
        council = await called_by_post(api, mark)
    await reader.go("/")
    clicks = Clicks(reader)
    row = reader.main.locator("li").filter(has_text=council["name"])
    await clicks.on(row.get_by_role("link", name="Avsluta"))
    await reader.day("Sista dag", TODAY)
    await reader.tick("Annat")
    await reader.write("Resultat", "Bristen är mindre")
    await reader.write("Lärdomar", "Börja tidigare")
    await clicks.press("Avsluta rådet")
    await reader.reads("Bristen är mindre")
    assert clicks.count <= 2, "one page"
