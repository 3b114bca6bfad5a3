"""Minutes typed during a meeting: saved as they are typed, by two at once, also off the net."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Locator, Route, expect

from tests.browser.tabs import Tab
from tests.journeys.conftest import ON_PAGES, ROLES
from tests.journeys.reader import Clicks, Reader
from tests.journeys.running import House
from tests.journeys.telling import TODAY, get, post

YESTERDAY = TODAY - timedelta(days=1)
FAILED = "Inte sparat – försöker igen"
pytestmark = ON_PAGES


async def meeting_of(
    api: Any, *titles: str, status: str = "held", day: date = YESTERDAY
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A meeting with an agenda: not today, for the start page shows eight of those."""
    mark = uuid4().hex[:8]
    actor = await post(api, "/actors", {"name": f"Exempelkommun {mark}", "kind": "municipality"})
    body = {"name": f"Exempelråd {mark}", "kind": "industry_council", "level": "operative"}
    body |= {"phase": "active", "leader_actor_ids": [actor["id"]], "starts_on": "2025-01-01"}
    council = await post(api, "/councils", body)
    told = {"council_id": council["id"], "title": f"Möte {mark}", "status": status}
    meeting = await post(api, "/meetings", told | {"starts_at": f"{day}T00:00:00Z"})
    at = {"meeting_id": meeting["id"], "kind": "decision"}
    return meeting, [await post(api, "/agenda-items", at | {"title": t}) for t in titles]


@pytest.fixture
async def other(running: House, chromium: Browser) -> AsyncIterator[Reader]:
    """A second writer, at a machine of their own."""
    context = await chromium.new_context(locale="sv-SE")
    one = Reader(await context.new_page(), running.address)
    await one.sign_in(running.user(*ROLES))
    yield one
    await context.close()
    assert one.complaints == []


def status(reader: Reader) -> Locator:
    """The line that says whether it is saved."""
    return reader.page.locator(".saved")


async def kept(api: Any, point: dict[str, Any]) -> str:
    """What is stored."""
    found: str = (await get(api, f"/agenda-items/{point['id']}"))["minutes"]
    return found


@pytest.mark.parametrize("reader", [True], ids=["script"], indirect=True)
async def test_two_write_at_once_and_the_later_sees_both(
    running: House, reader: Reader, other: Reader
) -> None:
    async with running.api(running.key()) as api:
        meeting, (point, second) = await meeting_of(api, "Läget", "Start")
        path = f"/moten/{meeting['id']}/anteckna"
        await reader.go(path)
        await other.go(path)
        await reader.field("1. Läget").press_sequentially("Vi anställer tre")
        await expect(status(reader)).to_contain_text("Sparat ")
        assert await kept(api, point) == "Vi anställer tre"
        await reader.field("1. Läget").press_sequentially(" personer")
        await other.field("2. Start").press_sequentially("I mars")
        await expect(status(other)).to_contain_text("Sparat ")
        await other.field("1. Läget").press_sequentially("Vi anställer fem")
        await expect(status(other)).to_contain_text("Inte allt är sparat")
        clash = other.page.locator("section.note")
        await expect(clash.locator("mark").first).to_have_text("tre personer")
        await expect(clash.locator("mark").last).to_have_text("fem")
        assert await other.field("1. Läget").input_value() == "Vi anställer fem"
        tab = Tab(other.page, running.address)
        for width in (1280, 390):
            await other.page.set_viewport_size({"width": width, "height": 900})
            assert await tab.violations() == []
            assert await tab.overflow() <= 0
        await other.field("1. Läget").press_sequentially(" nu")  # and is not stored over theirs
        await expect(clash.locator("mark").last).to_have_text("fem nu")
        assert await kept(api, point) == "Vi anställer tre personer"
        await clash.get_by_role("button", name="Spara båda").click()
        await expect(status(other)).to_contain_text("Sparat ")
        both = "Vi anställer tre personer\n\nVi anställer fem nu"
        await expect(other.field("1. Läget")).to_have_value(both)
        assert await kept(api, point) == both
        assert await kept(api, second) == "I mars"
        await reader.field("1. Läget").press_sequentially("!")
        await reader.page.get_by_role("button", name="Behåll deras").click()
        await expect(reader.field("1. Läget")).to_have_value(both)
        await reader.go(path)  # asks nothing: all is saved


@pytest.mark.parametrize("reader", [True], ids=["script"], indirect=True)
async def test_a_lost_connection_or_a_reload_loses_nothing(running: House, reader: Reader) -> None:
    async with running.api(running.key()) as api:
        meeting, (point,) = await meeting_of(api, "Läget")
        path, page = f"/moten/{meeting['id']}/anteckna", reader.page
        asked: list[str] = []

        async def answer(dialog: Any) -> None:
            asked.append(dialog.type)
            await dialog.accept()

        page.on("dialog", answer)
        await reader.go(path)
        await reader.field("1. Läget").press_sequentially("Första")
        await expect(status(reader)).to_contain_text("Sparat ")
        await page.context.set_offline(offline=True)
        await reader.field("1. Läget").press_sequentially(" andra")
        await expect(status(reader)).to_have_text(FAILED)
        assert await kept(api, point) == "Första"
        await page.context.set_offline(offline=False)
        await expect(status(reader)).to_contain_text("Sparat ")
        assert await kept(api, point) == "Första andra"

        async def lost(route: Route) -> None:
            """It is stored, and the answer never comes."""
            if route.request.method != "POST":
                await route.continue_()
                return
            await route.fetch()
            await route.abort("connectionreset")

        await page.route(f"**{path}", lost)
        await reader.field("1. Läget").press_sequentially(" tredje")
        await expect(status(reader)).to_have_text(FAILED)
        assert await kept(api, point) == "Första andra tredje"
        await reader.field("1. Läget").press_sequentially(" fjärde")
        await page.reload()
        assert asked == ["beforeunload"]
        await expect(reader.field("1. Läget")).to_have_value("Första andra tredje fjärde")
        await page.unroute(f"**{path}")
        await expect(status(reader)).to_contain_text("Sparat ")
        assert await kept(api, point) == "Första andra tredje fjärde"
        reader.complaints.clear()  # Chromium tells of what could not be fetched


@pytest.mark.parametrize("reader", [True], ids=["script"], indirect=True)
async def test_a_reload_off_the_net_meets_what_others_wrote_only_where_both_wrote(
    running: House, reader: Reader, other: Reader
) -> None:
    async with running.api(running.key()) as api:
        meeting, (mine, both, theirs) = await meeting_of(api, "Läget", "Start", "Slut")
        path, page = f"/moten/{meeting['id']}/anteckna", reader.page
        page.on("dialog", lambda dialog: dialog.accept())

        async def lost(route: Route) -> None:
            """Nothing that is sent comes through."""
            if route.request.method == "POST":
                await route.abort("connectionreset")
            else:
                await route.continue_()

        await reader.go(path)
        await other.go(path)
        await reader.field("2. Start").press_sequentially("I mars")
        await expect(status(reader)).to_contain_text("Sparat ")
        await page.route(f"**{path}", lost)
        await reader.field("1. Läget").press_sequentially("Vi anställer tre")
        await expect(status(reader)).to_have_text(FAILED)
        await other.field("3. Slut").press_sequentially("Tack för i dag")
        await expect(status(other)).to_contain_text("Sparat ")
        await page.reload()
        await expect(reader.field("1. Läget")).to_have_value("Vi anställer tre")
        await expect(reader.field("3. Slut")).to_have_value("Tack för i dag")
        await page.unroute(f"**{path}")
        await expect(status(reader)).to_contain_text("Sparat ")
        assert [await kept(api, one) for one in (mine, both, theirs)] == [
            "Vi anställer tre", "I mars", "Tack för i dag"
        ]  # fmt: skip
        await page.route(f"**{path}", lost)
        await reader.field("1. Läget").press_sequentially(" personer")
        await expect(status(reader)).to_have_text(FAILED)
        await other.page.reload()
        await other.field("1. Läget").press_sequentially("!")
        await expect(status(other)).to_contain_text("Sparat ")
        await page.reload()
        await page.unroute(f"**{path}")
        await expect(status(reader)).to_contain_text("Inte allt är sparat")
        await expect(page.locator("section.note")).to_have_count(1)
        assert await kept(api, mine) not in ("", "Vi anställer tre personer")
        reader.complaints.clear()  # Chromium tells of what could not be fetched


@pytest.mark.parametrize("reader", [True], ids=["script"], indirect=True)
async def test_approved_meanwhile_the_text_comes_back(running: House, reader: Reader) -> None:
    async with running.api(running.key()) as api:
        meeting, (point,) = await meeting_of(api, "Läget")
        path = f"/moten/{meeting['id']}/anteckna"
        await reader.go(path)
        actors = await get(api, "/actors?limit=1")
        post_of = {"actor_id": actors["items"][0]["id"], "title": f"Ordförande {meeting['id']}"}
        approver = await post(api, "/posts", post_of)
        approval = {"approved_on": TODAY.isoformat(), "approved_by_post_id": approver["id"]}
        await post(api, f"/meetings/{meeting['id']}/approve", approval)
        await reader.field("1. Läget").press_sequentially("Ett sent ord")
        await expect(status(reader)).to_contain_text("Inte allt är sparat")
        await reader.reads("Protokollet justerades medan du skrev")
        reader.page.on("dialog", lambda dialog: dialog.accept())
        await reader.page.reload()
        await expect(reader.page.locator("section.note")).to_contain_text("Ett sent ord")
        await reader.page.get_by_role("button", name="Släng texten").click()
        await reader.sees(meeting["title"])
        assert await reader.page.evaluate("Object.keys(sessionStorage)") == []
        await reader.go(path)
        await reader.reads("inget mer antecknas")
        await expect(reader.page.locator("section.note")).to_have_count(0)
        assert await kept(api, point) is None


@pytest.mark.parametrize("reader", [True], ids=["script"], indirect=True)
async def test_the_line_says_it_once_and_not_for_each_key(running: House, reader: Reader) -> None:
    async with running.api(running.key()) as api:
        meeting, _ = await meeting_of(api, "Läget")
    await reader.go(f"/moten/{meeting['id']}/anteckna")
    await reader.page.evaluate(
        """() => { window.said = []; new MutationObserver(() =>
          window.said.push(document.querySelector(".saved").textContent))
          .observe(document.querySelector("#saved"),
            { childList: true, characterData: true, subtree: true }); }"""
    )
    await reader.field("1. Läget").press_sequentially("Många tecken i en följd", delay=20)
    await expect(status(reader)).to_contain_text("Sparat ")
    said = await reader.page.evaluate("window.said")
    assert len(said) <= 2, said


async def test_without_script_the_form_comes_back_with_both(
    running: House, reader: Reader, other: Reader
) -> None:
    async with running.api(running.key()) as api:
        meeting, (point,) = await meeting_of(api, "Läget")
        path = f"/moten/{meeting['id']}/anteckna"
        await reader.go("/")
        await reader.go(path)
        await other.go(path)
        await other.field("1. Läget").press_sequentially("Deras ord")
        await expect(status(other)).to_contain_text("Sparat ")
        await reader.write("1. Läget", "Mina ord")
        await reader.page.get_by_role("button", name="Spara", exact=True).click()
        await expect(reader.page.locator("section.note mark").first).to_have_text("Deras ")
        await expect(reader.field("1. Läget")).to_have_value("Mina ord")
        await reader.write("1. Läget", "Deras och mina ord")
        await reader.page.get_by_role("button", name="Spara min text").click()
        await expect(reader.main).to_contain_text("Sparat ")
        assert await kept(api, point) == "Deras och mina ord"
        # A decision and something to do are two clicks from here.
        await reader.follow("Skriv beslut")
        assert "agenda_item_id" in reader.page.url
        await reader.go(path)
        await reader.follow("Ny åtgärd")
        await reader.sees("Ny åtgärd")


@pytest.mark.parametrize("state", ["planned", "held"])
async def test_a_decision_and_the_file_are_two_clicks_from_the_start(
    running: House, reader: Reader, state: str
) -> None:
    """Also once the first decision has made the meeting held, while it goes on."""
    async with running.api(running.key()) as api:
        meeting, _ = await meeting_of(api, "Läget", status=state, day=TODAY)
    await reader.go("/")
    clicks = Clicks(reader)
    await clicks.follow(meeting["title"])
    await expect(reader.main.get_by_role("button", name="Spara beslut")).to_be_visible()
    async with reader.page.expect_download() as file:
        await reader.main.get_by_role("link", name="Protokoll som PDF").click()
    assert clicks.count + 1 <= 2  # the button or the file is the second
    assert (await file.value).suggested_filename.endswith(".pdf")
    await reader.go("/")
    noted = reader.main.get_by_role("link", name=f"Anteckna vid {meeting['title']}")
    await noted.click()
    await reader.sees("Anteckna under mötet")
