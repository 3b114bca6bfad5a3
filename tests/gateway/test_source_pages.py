"""Pages of sources that are fetched: asked for with a button, told as it goes, read row by row."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.analysis.register import (
    Answer,
    Register,
    errand_of,
    register_running,
    source_draft,
    source_now,
)
from tests.analysis.test_fetching import MORE
from tests.analysis.test_pxweb import describes, pxweb, table
from tests.callers import Signed
from tests.gateway.test_analysis_pages import analysis_of
from tests.gateway.whole import Whole


@pytest.fixture
async def register() -> AsyncIterator[Register]:
    async with register_running() as running:
        yield pxweb(running)


@pytest.fixture
async def source(whole: Whole, register: Register) -> Any:
    analysis = analysis_of(whole)
    analysis.app.state.keeper.errand = errand_of(analysis)
    return await analysis.made("/sources", source_draft("pxweb", register.url, **MORE))


async def press(browser: Any, path: str) -> None:
    page = await browser.get(path)
    sent = await browser.send(f"{path}/hamta", **page.fields(f"{path}/hamta"))
    assert sent.status == 303


async def done(analysis: Signed) -> None:
    for _ in range(100):
        now = await source_now(analysis)
        if now["fetched_at"] or now["failed_at"]:
            return
        await asyncio.sleep(0.05)


async def test_a_source_is_fetched_with_a_button_and_no_script(
    whole: Whole, register: Register, source: Any
) -> None:
    register.at("/tables/TAB1/data", Answer(table(), pause=0.3))
    browser = await whole.browser("process_leader")
    path = f"/analys/kallor/{source['id']}"
    page = await browser.get(path)
    assert "Hämta nu" in page.text("form[action$=hamta]")
    await press(browser, path)
    waiting = await browser.get(path)
    assert waiting.all("#fetching[role=status]")
    assert not waiting.all("form[action$=hamta]")
    assert waiting.all(f'a[href="{path}"]')
    await done(analysis_of(whole))
    page = await browser.get(path)
    assert not page.all("#fetching")
    assert "8 rader" in page.text("[aria-labelledby=snapshots-heading]")
    (link,) = page.all("[aria-labelledby=snapshots-heading] li > a")
    reader = await whole.browser("reader")
    rows = await reader.get(str(link.attributes["href"]))
    assert "8 rader" in rows.text("main")
    assert "CC0 1.0" in rows.text("main")
    assert rows.all("tbody tr")[3].css("td")[-1].text().strip() == ".."
    assert not (await reader.get(path)).all("form[action$=hamta]")
    refused = await reader.http.post(f"{path}/hamta")
    assert refused.status_code == 403


async def test_a_failed_fetch_is_told_in_swedish_beside_what_still_holds(
    whole: Whole, register: Register, source: Any
) -> None:
    register.at("/tables/TAB1/data", Answer(table(), cut=30))
    browser = await whole.browser("process_leader")
    path = f"/analys/kallor/{source['id']}"
    await press(browser, path)
    await done(analysis_of(whole))
    page = await browser.get(path)
    assert "misslyckades: registret svarade inte" in page.text("main")
    assert "Hämta nu" in page.text("form[action$=hamta]")


async def test_fetched_figures_stand_with_their_source(whole: Whole, source: Any) -> None:
    analysis = analysis_of(whole)
    browser = await whole.browser("strategist")
    await press(browser, f"/analys/kallor/{source['id']}")
    await done(analysis)
    await analysis.made("/indicators", describes(source["id"]))
    page = await browser.get(f"/analys/kallor/{source['id']}")
    assert "2025 till 2026" in page.text("[aria-labelledby=indicators-heading]")
    listed = await browser.get("/analys")
    for word in ("Exempelregistret", "CC0 1.0", "Kommun", "Varje år"):
        assert word in listed.text("[aria-labelledby=sources-heading]")


async def test_what_is_handed_in_has_no_such_button(whole: Whole) -> None:
    analysis = analysis_of(whole)
    handed = await analysis.made("/sources", source_draft("csv", None))
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/analys/kallor/{handed['id']}")
    assert not page.all("form[action$=hamta]")
    assert "snapshot import" in page.text("[aria-labelledby=snapshots-heading]")


async def test_a_known_register_is_added_with_a_button(whole: Whole) -> None:
    browser = await whole.browser("strategist")
    page = await browser.get("/analys/register")
    for word in ("Yrkesbarometern", "Arbetsförmedlingen", "CC0 1.0", "Två gånger om året", "Län"):
        assert word in page.text("main")
    path = "/analys/register/scb_population_month/lagg-till"
    assert (await browser.send(path, **page.fields(path))).status == 303
    analysis = analysis_of(whole)
    (source,) = (await analysis.get("/sources")).json()["items"]
    assert (source["table_code"], source["fetch_asked_at"]) == ("TAB6471", None)
    (indicator,) = (await analysis.get("/indicators")).json()["items"]
    assert indicator["key"] == "population_month"
    again = await browser.get("/analys/register")
    assert again.all(f"a[href='/analys/kallor/{source['id']}']")
    assert not again.all("form[action*=scb_population_month]")
    assert (await browser.send(path, **page.fields(path))).status == 303, "twice is once"
    assert len((await analysis.get("/sources")).json()["items"]) == 1
    reader = await whole.browser("reader")
    assert not (await reader.get("/analys/register")).all("form[action*=lagg-till]")
    assert (
        await browser.send("/analys/register/okant/lagg-till", **page.fields(path))
    ).status == 404
