"""A pulse: a council is asked by e-mail, answers without an account, and sees both halves."""

import asyncio
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.tabs import Tab
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, post

SENT_SECONDS, MEMBERS = 30, 5
QUESTIONS = ("relationer", "tänker vi", "handlar vi", "resultat")


async def council_of_five(api: Any, mark: str) -> dict[str, Any]:
    """A council where five sit who can be reached."""
    actor = await post(api, "/actors", {"name": f"Exempelkommun {mark}", "kind": "municipality"})
    since = {"valid_from": (TODAY - timedelta(days=30)).isoformat()}
    body = {"name": f"Exempelråd {mark}", "kind": "industry_council", "level": "operative"}
    body |= {"phase": "active", "leader_actor_ids": [actor["id"]], "starts_on": "2025-01-01"}
    council = await post(api, "/councils", body)
    for number in range(MEMBERS):
        told = {"actor_id": actor["id"], "title": f"Exempelpost {number} {mark}"}
        title = await post(api, "/posts", told)
        who = {"name": f"Exempelperson {number} {mark}", "email": f"{mark}{number}@exempel.se"}
        person = await post(api, "/people", who)
        await post(api, "/holdings", since | {"post_id": title["id"], "person_id": person["id"]})
        seat = since | {"council_id": council["id"], "actor_id": actor["id"]}
        seat |= {"post_id": title["id"], "readiness_exception": "Exempel"}
        await post(api, "/seats", seat)
    return council


async def links_to(running: House, mark: str) -> list[str]:
    """The addresses in the letters that lie in the house's folder in a moment."""
    folder, found = Path(running.environment["DATA_DIR"]) / "mail", set[str]()
    for _ in range(SENT_SECONDS * 5):
        for one in folder.glob("*.eml") if folder.exists() else ():
            message = message_from_bytes(one.read_bytes(), policy=default)
            text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
            if mark in str(message["To"]):
                found |= {line for line in text.splitlines() if "/puls/" in line}
        if len(found) == MEMBERS:
            return [urlsplit(link).path for link in sorted(found)]
        await asyncio.sleep(0.2)
    raise AssertionError(f"{len(found)} letters")


async def answered(reader: Reader, path: str, line: str, *, script: bool) -> None:
    """By somebody without an account, with the keyboard alone."""
    browser = reader.page.context.browser
    assert browser is not None
    guest = await browser.new_context(java_script_enabled=script)
    try:
        page = await guest.new_page()
        tab, main = Tab(page, reader.address), page.locator("main")
        await tab.go(path)
        for width in (1280, 390) if script else ():
            await page.set_viewport_size({"width": width, "height": 844})
            assert await tab.overflow() <= 0
            assert await tab.violations() == []
        send = main.get_by_role("button", name="Svara")
        box = await send.bounding_box()
        assert box is None or not script or box["y"] + box["height"] <= 844, "one screen"
        await page.get_by_label("En rad till rådet").fill(line)
        await send.press("Enter")
        await expect(main).to_contain_text("Fyll i ”Hur bra är våra resultat?”")
        await expect(page.get_by_label("En rad till rådet")).to_have_value(line)
        for question in QUESTIONS:
            group = main.get_by_role("group", name=question)
            await group.get_by_label("3", exact=True).focus()
            await page.keyboard.press("ArrowRight")
            await expect(group.get_by_label("4", exact=True)).to_be_checked()
        await send.press("Enter")
        await expect(main).to_contain_text("sparat utan ditt namn")
        assert not script or await tab.violations() == []
        await main.get_by_role("link", name="svara igen").click()
        await expect(page.get_by_label("En rad till rådet")).to_have_value("")
        assert tab.complaints == []
    finally:
        await guest.close()


@pytest.mark.parametrize("running", ["one-process", "split-postgres-16"], indirect=True)
async def test_a_council_answers_unseen_and_sees_both_halves(
    reader: Reader, running: House
) -> None:
    mark = uuid4().hex[:6]
    async with running.api(running.key()) as api:
        council = await council_of_five(api, mark)
    together = f"/branschrad/{council['id']}/samarbete"
    await reader.go(together)
    await reader.follow("Fråga rådet")
    await reader.press("Öppna och skicka länkarna")
    await reader.sees("Puls")
    for number, link in enumerate(await links_to(running, mark)):
        await answered(reader, link, f"Exempelrad {number}", script=number % 2 == 0)
    await reader.go(together)
    await reader.reads("Öppen")
    await reader.main.get_by_role("table").get_by_role("link").first.click()
    await expect(reader.main).to_contain_text("inte heller hur många som har svarat")
    await reader.follow("Stäng nu")
    await reader.press("Stäng och räkna")
    await expect(reader.main).to_contain_text("Exempelrad 4")
    await expect(reader.main).to_contain_text("I slumpad ordning")
    await reader.go(together)
    for told in ("Osynligt: tillit", "Synligt: prestation", "Minst fyra av fem"):
        await reader.reads(told)
