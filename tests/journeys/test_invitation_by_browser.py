"""A meeting: called by e-mail, answered by the letter's link, followed in a calendar."""

import asyncio
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.tabs import Tab
from tests.councils.called import event_in, link_in
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, post

SENT_SECONDS = 20


async def council_of_one(api: Any, mark: str) -> dict[str, Any]:
    """A council where somebody sits who can be reached."""
    actor = await post(api, "/actors", {"name": f"Exempelkommun {mark}", "kind": "municipality"})
    title = await post(api, "/posts", {"actor_id": actor["id"], "title": "Utvecklare"})
    told = {"name": f"Exempelperson {mark}", "email": f"{mark}@exempel.se"}
    person = await post(api, "/people", told)
    since = {"valid_from": (TODAY - timedelta(days=30)).isoformat()}
    await post(api, "/holdings", since | {"post_id": title["id"], "person_id": person["id"]})
    body = {"name": f"Exempelråd {mark}", "kind": "industry_council", "level": "operative"}
    body |= {"phase": "active", "leader_actor_ids": [actor["id"]], "starts_on": "2025-01-01"}
    council = await post(api, "/councils", body)
    seat = since | {"council_id": council["id"], "actor_id": actor["id"], "post_id": title["id"]}
    await post(api, "/seats", seat | {"readiness_exception": "Exempel"})
    return council


async def letter_about(running: House, meeting_id: str) -> Any:
    """The letter that lies in the house's folder in a moment."""
    folder = Path(running.environment["DATA_DIR"]) / "mail"
    for _ in range(SENT_SECONDS * 5):
        for one in folder.glob("*.eml") if folder.exists() else ():
            message = message_from_bytes(one.read_bytes(), policy=default)
            if meeting_id in str(event_in(message)[1]["UID"]):
                return message
        await asyncio.sleep(0.2)
    raise AssertionError("no letter")


async def answered(reader: Reader, path: str, mark: str, *, script: bool) -> None:
    """By somebody without an account."""
    browser = reader.page.context.browser
    assert browser is not None
    guest = await browser.new_context(java_script_enabled=script)
    try:
        page = await guest.new_page()
        tab, main = Tab(page, reader.address), page.locator("main")
        await tab.go(path)
        for width in (1280, 390) if script else ():
            await page.set_viewport_size({"width": width, "height": 900})
            assert await tab.overflow() <= 0
            assert await tab.violations() == []
        await page.get_by_label("Jag sänder en ersättare").check()
        await page.get_by_label("Vem kommer i stället?").fill("")
        await page.get_by_role("button", name="Svara").click()
        await expect(main).to_contain_text("Fyll i ”Vem kommer i stället?”")
        await page.get_by_label("Vem kommer i stället?").fill(f"Exempelperson {mark}-{script}")
        await page.get_by_role("button", name="Svara").click()
        await expect(main).to_contain_text("Tack, svaret är sparat")
        await expect(main).to_contain_text(f"Exempelperson {mark}-{script}")
        assert tab.complaints == []
    finally:
        await guest.close()


# Two programs of councils must not both send it.
@pytest.mark.parametrize("running", ["one-process", "split-postgres-16"], indirect=True)
async def test_who_is_called_answers_by_the_letters_link(reader: Reader, running: House) -> None:
    mark = uuid4().hex[:6]
    async with running.api(running.key()) as api:
        council = await council_of_one(api, mark)
        told = {"council_id": council["id"], "title": f"Möte {mark}", "place": "Exempelgatan 1"}
        starts = f"{TODAY + timedelta(days=7)}T09:00:00Z"
        meeting = await post(api, "/meetings", told | {"starts_at": starts})

    await reader.go(f"/moten/{meeting['id']}")
    await reader.follow("Skicka kallelse")
    await reader.reads(f"{mark}@exempel.se")
    await reader.press("Skicka till 1 person")
    await reader.sees(f"Möte {mark}")
    letter = await letter_about(running, meeting["id"])
    assert letter["To"] == f"{mark}@exempel.se"
    await reader.go(f"/moten/{meeting['id']}")
    letters = reader.main.get_by_role("region", name="Kallelser")
    await expect(letters).to_contain_text("Skickad")

    link = urlsplit(link_in(letter))
    assert f"{link.scheme}://{link.netloc}" == running.address
    for script in (False, True):
        await answered(reader, link.path, mark, script=script)
    await reader.go(f"/moten/{meeting['id']}")
    attendance = reader.main.get_by_role("region", name="Närvaro")
    await expect(attendance).to_contain_text(f"Exempelperson {mark}-True")

    await reader.go(f"/branschrad/{council['id']}")
    await reader.follow("Prenumerera")
    await reader.main.get_by_role("button", name="Skapa adress").click()
    address = await reader.main.get_by_label("Kalenderadress").input_value()
    async with httpx.AsyncClient(trust_env=False) as program:
        found = await program.get(address)
    assert f"Möte {mark}" in found.text
    assert "Exempelperson" not in found.text
