"""An interview by browser: one question at a time, also off the net, and approved by its link."""

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Error, Page, expect

from tests.browser.tabs import Tab
from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Clicks, Reader
from tests.journeys.running import House
from tests.journeys.telling import DAY, TODAY, get, post

pytestmark = ON_PAGES
TO_BEGIN, TO_NEED = 2, 1
FAILED = "Inte sparat – försöker igen"


async def an_interview(api: httpx.AsyncClient) -> dict[str, Any]:
    """One that has begun, with consent."""
    mark = uuid4().hex[:8]
    company = await post(api, "/actors", {"name": f"Exempelföretag {mark}", "kind": "company"})
    questions = await post(api, "/dialogue-maps/default")
    told = {"dialogue_map_id": questions["id"], "actor_id": company["id"], "held_on": DAY}
    told |= {"consent": True, "consent_on": DAY, "consent_scope": "Behovsanalysen"}
    return await post(api, "/interviews", told)


async def said(api: httpx.AsyncClient, interview: dict[str, Any]) -> list[str | None]:
    """What is stored of how it is today, in the order in which it was first said."""
    found = (await get(api, f"/interviews/{interview['id']}/answers"))["items"]
    return [one["present"] for one in sorted(found, key=lambda one: one["created_at"])]


async def tab_to(page: Page, text: str) -> None:
    """With the keyboard alone."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        here = page.locator("button:focus")
        if await here.count() and (await here.inner_text()).strip() == text:
            return
    raise AssertionError(f"no way to {text}")


async def test_by_keyboard_one_question_at_a_time_and_approved_by_its_link(
    running: House, reader: Reader
) -> None:
    page = reader.page
    async with running.api(running.key()) as api:
        interview = await an_interview(api)
        path = f"/intervjuer/{interview['id']}"
        await page.set_viewport_size({"width": 390, "height": 844})
        await reader.go(path)
        await page.get_by_role("button", name="Ta en fråga i taget").press("Enter")
        await page.wait_for_url("**?fraga=1")
        for number in (1, 2):
            await reader.reads(f"Fråga {number} av 24")
            await reader.field("Nuläge").focus()
            await page.keyboard.type(f"Exempel {number}: ”så är det”")
            await tab_to(page, "Nästa")
            await page.keyboard.press("Enter")
            await page.wait_for_url(f"**?fraga={number + 1}")
        await reader.reads("2 besvarade")
        assert await said(api, interview) == [f"Exempel {n}: ”så är det”" for n in (1, 2)]
        script = await page.locator("html.js").count()
        tab = Tab(page, reader.address)
        for width in (390, 1280) if script else ():  # axe is script
            await page.set_viewport_size({"width": width, "height": 844})
            assert await tab.overflow() <= 0
            assert await tab.violations() == []
        await reader.go(path)
        await page.get_by_role("button", name="Skicka för godkännande").click()
        await page.get_by_role("button", name="Skapa länk att kopiera").click()
        link = urlsplit(await page.locator("#link").input_value())
        assert f"{link.scheme}://{link.netloc}" == running.address
        assert not script or await tab.violations() == []
        await _answered(reader, link.path)
        found = await get(api, f"/interviews/{interview['id']}")
        assert (found["status"], found["approved_way"]) == ("approved", "link")
    await reader.go(path)
    assert not script or await tab.violations() == []
    await reader.follow("Rätta")
    await reader.write("Varför ska den rättas?", "Exempel: fel antal")
    await page.get_by_role("button", name="Öppna för rättelse").click()
    await reader.reads("Exempel: fel antal")


async def _answered(reader: Reader, path: str) -> None:
    """By the respondent, who has no account: first something is to be changed."""
    browser = reader.page.context.browser
    assert browser is not None
    guest = await browser.new_context(locale="sv-SE", java_script_enabled=True)
    try:
        page = await guest.new_page()
        tab = Tab(page, reader.address)
        await tab.go(path)
        for width in (1280, 390):
            await page.set_viewport_size({"width": width, "height": 900})
            assert await tab.overflow() <= 0
            assert await tab.violations() == []
        await expect(page.locator("mark").first).to_have_text("”så är det”")
        await page.get_by_role("button", name="Godkänn svaren").click()
        await expect(page.locator("main")).to_contain_text("Svaren är godkända")
        assert tab.complaints == []
    finally:
        await guest.close()


@pytest.mark.parametrize("reader", [True], ids=["script"], indirect=True)
async def test_off_the_net_and_back_nothing_that_was_typed_is_lost(
    running: House, reader: Reader
) -> None:
    page, status = reader.page, reader.page.locator(".saved")
    async with running.api(running.key()) as api:
        interview = await an_interview(api)
        await reader.go(f"/intervjuer/{interview['id']}?fraga=1")
        await reader.field("Nuläge").press_sequentially("Första")
        await expect(status).to_contain_text("Sparat ", timeout=2_000)
        await page.context.set_offline(offline=True)
        await reader.field("Nuläge").press_sequentially(" andra")
        await expect(status).to_have_text(FAILED)
        await page.context.set_offline(offline=False)
        await expect(status).to_contain_text("Sparat ")
        assert await said(api, interview) == ["Första andra"]
        # The lid is closed: the page is gone before it could save, and comes back as it was.
        await page.context.set_offline(offline=True)
        await reader.field("Nuläge").press_sequentially(" tredje")
        page.on("dialog", lambda dialog: dialog.accept())
        await page.goto("about:blank")
        await page.context.set_offline(offline=False)
        await reader.go(f"/intervjuer/{interview['id']}?fraga=1")
        await expect(reader.field("Nuläge")).to_have_value("Första andra tredje")
        await expect(status).to_contain_text("Sparat ")
        assert await said(api, interview) == ["Första andra tredje"]
        reader.complaints.clear()  # Chromium tells of what could not be fetched


@pytest.mark.parametrize("reader", [False], ids=["no-script"], indirect=True)
async def test_without_script_what_could_not_be_sent_is_sent_by_reloading(
    running: House, reader: Reader
) -> None:
    page = reader.page
    async with running.api(running.key()) as api:
        interview = await an_interview(api)
        await reader.go(f"/intervjuer/{interview['id']}?fraga=1")
        await reader.write("Nuläge", "Utan nät")
        await page.context.set_offline(offline=True)
        with pytest.raises(Error):
            async with page.expect_navigation():
                await page.get_by_role("button", name="Nästa").click()
        await page.context.set_offline(offline=False)
        await page.reload()
        await page.wait_for_url("**?fraga=2")
        assert await said(api, interview) == ["Utan nät"]
        reader.complaints.clear()


@pytest.mark.parametrize("reader", [True], ids=["script"], indirect=True)
async def test_two_windows_see_both_versions(running: House, reader: Reader) -> None:
    other = await reader.page.context.new_page()
    async with running.api(running.key()) as api:
        interview = await an_interview(api)
        path = f"/intervjuer/{interview['id']}?fraga=1"
        await reader.go(path)
        await other.goto(f"{reader.address}{path}")
        await reader.field("Nuläge").press_sequentially("Mitt")
        await expect(reader.page.locator(".saved")).to_contain_text("Sparat ")
        await other.get_by_label("Nuläge").first.press_sequentially("Ditt")
        await expect(other.locator(".note.stop")).to_contain_text("Mitt")
        await expect(other.get_by_label("Nuläge").first).to_have_value("Ditt")
        assert await said(api, interview) == ["Mitt"]
    await other.close()


async def test_an_interview_begins_in_two_clicks_and_its_answer_is_a_need_by_one(
    running: House, reader: Reader
) -> None:
    mark = uuid4().hex[:6]
    async with running.api(running.key()) as api:
        # The form shows the first thirty by name: the others' journeys have made more than that.
        await post(api, "/actors", {"name": f"A-exempel {mark}", "kind": "company"})
        await post(api, "/dialogue-maps/default")
    await reader.go("/")
    clicks = Clicks(reader)
    await clicks.menu("Ny intervju")
    await reader.choose("Företag", f"A-exempel {mark}")
    await reader.tick("Den som svarar har samtyckt")
    await reader.day("Samtycket gavs", TODAY)
    await reader.write("Vad samtycket gäller", "Behovsanalysen")
    await clicks.press("Börja intervjun")
    await reader.sees(f"Dialogkarta: A-exempel {mark}")
    assert clicks.count <= TO_BEGIN

    clicks = Clicks(reader)
    await reader.write("Glapp", f"Ingen kan svetsa {mark}")
    await clicks.press("Gör till behov på kort sikt")
    await reader.sees(f"Ingen kan svetsa {mark}")
    assert clicks.count <= TO_NEED
    await reader.reads("A-exempel")
    await reader.press("Ångra")
    await reader.sees("Dialogkarta")
    await reader.reads("Behovet är borttaget.")
    await expect(reader.field("Glapp")).to_have_value(f"Ingen kan svetsa {mark}")
