"""Saved filters: one's own selections of the list of actors, kept by name."""

from typing import Any

from tests.gateway.looking import Page
from tests.gateway.signing_in import Browser
from tests.gateway.whole import Whole

NEW = "/aktorer/urval/nytt"
SEE_OTHER = 303


async def save(browser: Browser, name: str, query: str) -> Page:
    """Fill in the page that saves a selection."""
    before = await browser.get(f"{NEW}?{query}")
    action = before.one("main form[method=post]").attributes["action"] or ""
    return await browser.send(action, **before.fields() | {"name": name})


def own(page: Page) -> dict[str, str]:
    """The saved filters that a page offers."""
    return {
        one.text(strip=True): one.attributes["href"] or ""
        for one in page.all('nav[aria-label="Sparade urval"] a')
    }


async def test_what_the_list_cannot_read_is_no_selection(whole: Whole) -> None:
    browser = await whole.browser("reader")
    path = "/aktorer/urval/nytt?kind=bogus"
    page = await browser.get(path)
    said = "Urvalet i adressen finns inte. Gå till listan och välj på nytt."
    assert (page.status, page.errors) == (400, [said])
    refused = await browser.send(path, **page.fields() | {"name": "Något"})
    assert (refused.status, refused.errors) == (422, [said])
    assert refused.fields()["name"] == ["Något"]


async def test_a_selection_is_saved_seen_opened_renamed_and_removed(whole: Whole) -> None:
    await whole.actors.made("/actors", {"name": "Exempelföretag 1", "kind": "company"})
    await whole.actors.made("/actors", {"name": "Exempelregion", "kind": "region"})
    browser = await whole.browser("reader")
    chosen = "q=Exempel&kind=company&level=&fisk=1&page=2&as_of=2024-01-01"
    assert await _offers(browser, "/aktorer?kind=company", f"{NEW}?kind=company")
    made = await save(browser, "Företagen", chosen)
    assert (made.status, made.answer.headers["location"]) == (
        SEE_OTHER, "/aktorer?kind=company&q=Exempel",
    )  # fmt: skip
    for path in ("/aktorer", "/aktorer/karta", "/aktorer/nat"):
        page = await browser.get(path)
        assert own(page) == {"Företagen": f"{path}?kind=company&q=Exempel"}
        assert page.all('a[href^="/aktorer/urval"]') == []
    page = await browser.get(own(await browser.get("/aktorer"))["Företagen"])
    assert [one.text(strip=True) for one in page.all("tbody th a")] == ["Exempelföretag 1"]
    assert page.one('nav[aria-label="Sparade urval"] [aria-current]').text(strip=True) == (
        "Företagen"
    )
    edit = page.one('main a[href^="/aktorer/urval"]').attributes["href"] or ""
    renamed = await browser.submit(edit, name="Alla företag")
    assert renamed.status == SEE_OTHER
    assert list(own(await browser.get("/aktorer"))) == ["Alla företag"]
    gone = await browser.submit(f"{edit}/ta-bort")
    assert gone.status == SEE_OTHER
    assert own(await browser.get("/aktorer")) == {}
    assert (await browser.get(edit)).status == 404


async def _offers(browser: Browser, path: str, link: str) -> bool:
    return bool((await browser.get(path)).all(f'a[href="{link}"]'))


async def test_wrong_names_come_back_with_what_was_typed(whole: Whole) -> None:
    browser = await whole.browser("reader")
    assert (await save(browser, "Företagen", "kind=company")).status == SEE_OTHER
    taken = await save(browser, "Företagen", "kind=region")
    assert (taken.status, bool(taken.error("name"))) == (422, True)
    assert taken.one("#f-name").attributes["value"] == "Företagen"
    assert "kind=region" in (taken.one("main form[method=post]").attributes["action"] or "")
    for wrong in ("", "x" * 81):
        page = await save(browser, wrong, "kind=region")
        assert (page.status, bool(page.error("name"))) == (422, True)
    assert (await save(browser, "Företagen", "kind=company")).status == SEE_OTHER, "sent again"
    assert (await save(browser, "Regioner", "kind=region")).status == SEE_OTHER
    page = await browser.get("/aktorer?kind=region")
    edit = page.one('main a[href^="/aktorer/urval"]').attributes["href"] or ""
    clash = await browser.submit(edit, name="Företagen")
    assert (clash.status, bool(clash.error("name"))) == (422, True)
    for page in (
        await save(browser, "FÖRETAGEN", "kind=region"),
        await browser.submit(edit, name="företagen"),
    ):
        assert (page.status, page.error("name")) == (422, clash.error("name"))
    assert (await browser.submit(edit, name="REGIONER")).status == SEE_OTHER, "its own"
    assert (await browser.submit(edit, name="Regioner")).status == SEE_OTHER
    nothing = await save(browser, "Allt", "as_of=2024-01-01")
    assert (nothing.status, len(nothing.errors)) == (422, 1)
    assert list(own(await browser.get("/aktorer"))) == ["Företagen", "Regioner"]


async def test_saved_filters_are_ones_own(whole: Whole) -> None:
    browser, other = await whole.browser("reader"), await whole.browser("process_leader")
    await save(browser, "Företagen", "kind=company")
    page = await browser.get("/aktorer?kind=company")
    edit = page.one('main a[href^="/aktorer/urval"]').attributes["href"] or ""
    assert own(await other.get("/aktorer")) == {}
    assert (await other.get(edit)).status == 404
    csrf: dict[str, Any] = {"csrf": (await other.get(NEW)).fields()["csrf"]}
    for path in (edit, f"{edit}/ta-bort"):
        assert (await other.send(path, **csrf, name="Mina")).status == 404
    assert (await browser.send(f"{edit}/ta-bort")).status == 403, "without our form's token"
    assert (await save(other, "Företagen", "kind=company")).status == SEE_OTHER
    assert list(own(await browser.get("/aktorer"))) == ["Företagen"]


async def test_a_saved_filter_keeps_the_day_that_is_looked_back_to(whole: Whole) -> None:
    browser = await whole.browser("reader")
    await save(browser, "Företagen", "kind=company")
    page = await browser.get("/aktorer?as_of=2024-01-01&kind=region")
    assert own(page) == {"Företagen": "/aktorer?kind=company&as_of=2024-01-01"}
    assert page.all('a[href^="/aktorer/urval"]') == []


async def test_there_is_an_end_to_how_many_are_kept(whole: Whole) -> None:
    browser = await whole.browser("reader")
    for number in range(30):
        assert (await save(browser, f"Urval {number}", f"q={number}")).status == SEE_OTHER
    full = await save(browser, "Ett till", "q=31")
    assert full.status == 422
    assert "30" in full.errors[0]
