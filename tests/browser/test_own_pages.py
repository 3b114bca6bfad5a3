"""The gateway's own pages in Chromium: accessible, narrow enough, quiet, and without script."""

from typing import Any

import pytest

# tests/journeys/test_every_page.py sees every page at 1280 and 390, but for this one.
GALLERY = "/_galleri"
PAGES = [
    "/konto",
    "/anvandare",
    "/anvandare/ny",
    "/installningar",
    "/hjalp",
    "/tillganglighet",
    "/personuppgifter",
    GALLERY,
]

TOO_LARGE = 413


@pytest.mark.parametrize(("width", "pages"), [(1280, [GALLERY]), (390, [GALLERY]), (320, PAGES)])
async def test_no_page_hinders_anybody(tab: Any, width: int, pages: list[str]) -> None:
    own = await tab(width=width)
    await own.go("/logga-in")
    assert await own.violations() == []
    await own.sign_in()
    for path in pages:
        await own.go(path)
        assert await own.violations() == [], path
        assert await own.overflow() == 0, path
    assert own.complaints == []


async def test_a_list_is_sorted_by_touch_on_a_narrow_screen(tab: Any) -> None:
    own = await tab(width=390)
    await own.sign_in()
    await own.go("/_galleri")
    links = own.page.locator(".rows thead a.sort")
    seen = """one => {
        const {left, top, width, height} = one.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        return one.contains(there) && height >= 44;
    }"""
    assert await links.count()
    for link in await links.all():
        await link.scroll_into_view_if_needed()
        assert await link.evaluate(seen)
    assert await own.violations() == []
    assert await own.overflow() == 0


async def test_a_contrast_that_no_page_had_is_looked_at_where_others_are_known(tab: Any) -> None:
    own, seen = await tab(), set[str]()
    await own.go("/logga-in")
    assert await own.violations(seen=seen) == []
    known = set(seen)
    assert await own.violations(seen=seen) == []
    assert seen == known, "the same page has the same inks"
    await own.page.evaluate("document.querySelector('h1').style.color = '#c9d1d3'")
    (found,) = await own.violations(seen=seen)
    assert found.startswith("color-contrast")


async def test_wrong_input_twice_in_a_row_moves_the_focus_to_the_errors(tab: Any) -> None:
    own = await tab()
    await own.sign_in()
    await own.go("/_galleri")
    await own.page.evaluate("window.still = 'here'")
    for typed in ("många", "fortfarande många"):
        await own.page.fill("#f-headcount", typed)
        async with own.page.expect_response("**/_galleri"):
            await own.page.click("text=Spara exempel")
        await own.page.wait_for_selector(".errors:focus")
        assert await own.page.title() == "Fel: Galleri – Kompetensnav"
        assert await own.page.input_value("#f-headcount") == typed
        assert await own.violations() == []
    assert await own.page.evaluate("window.still") == "here"
    assert own.complaints == []


@pytest.mark.parametrize("status", [401, 404, TOO_LARGE, 503])
async def test_what_could_not_be_saved_is_said_until_it_is(tab: Any, status: int) -> None:
    own = await tab()
    await own.sign_in()
    await own.go("/_galleri")
    await own.page.fill("#f-headcount", "många")

    async def refuse(route: Any) -> None:
        await (
            route.fulfill(status=status) if route.request.method == "POST" else route.continue_()
        )

    await own.page.route("**/_galleri", refuse)
    await own.page.click("text=Spara exempel")
    said = "större än 8 MB" if status == TOO_LARGE else "finns kvar här"
    await own.page.wait_for_selector(f"#alarm >> text={said}")
    await own.page.wait_for_timeout(200)
    assert await own.page.is_visible("#alarm")
    assert await own.page.input_value("#f-headcount") == "många"
    await own.page.unroute("**/_galleri")
    await own.page.evaluate("delete document.querySelector('form[data-sent]').dataset.sent")
    await own.page.click("text=Spara exempel")
    await own.page.wait_for_selector(".errors:focus")
    assert not await own.page.is_visible("#alarm")


async def test_a_link_in_the_summary_leads_to_its_field(tab: Any) -> None:
    own = await tab()
    await own.sign_in()
    await own.go("/_galleri")
    await own.page.click("text=Spara exempel")
    await own.page.click(".errors a >> nth=0")
    assert await own.page.evaluate("document.activeElement.id") == "f-statement"


async def test_searching_as_one_types_keeps_the_focus_and_the_address(tab: Any) -> None:
    own = await tab()
    await own.sign_in()
    await own.go("/_galleri")
    await own.page.type("#f-q", "svets", delay=30)
    await own.page.wait_for_url("**/_galleri?q=svets**")
    assert await own.page.evaluate("document.activeElement.id") == "f-q"
    assert own.complaints == []


async def test_smuggled_attributes_do_nothing(tab: Any) -> None:
    own = await tab()
    await own.sign_in()
    await own.go("/_galleri")
    asked: list[str] = []
    own.page.on("request", lambda request: asked.append(request.url))
    await own.page.evaluate(
        """() => {
          const smuggled = document.createElement("div");
          smuggled.setAttribute("hx-get", "/konto");
          smuggled.setAttribute("hx-trigger", "load");
          document.body.append(smuggled);
          htmx.process(smuggled);
        }"""
    )
    await own.page.wait_for_timeout(300)
    assert [url for url in asked if url.endswith("/konto")] == []
    assert any("hx-csp" in complaint for complaint in own.complaints)


async def test_live_updates_start_every_time(tab: Any) -> None:
    own = await tab()
    await own.sign_in()
    for _ in range(12):
        await own.go("/_galleri")
        await own.page.wait_for_selector("#live >> text=Uppdateringar: 1", timeout=5000)
    assert own.complaints == []


async def test_everything_works_without_script(tab: Any) -> None:
    own = await tab(script=False)
    await own.sign_in()
    await own.go("/_galleri")
    await own.page.fill("#f-name", "åäö <b>")
    await own.page.click("text=Spara exempel")
    assert await own.page.title() == "Fel: Galleri – Kompetensnav"
    assert await own.page.input_value("#f-name") == "åäö <b>"
    await own.page.fill("#f-statement", "Fler svetsare")
    await own.page.click("text=Spara exempel")
    assert "Exemplet är sparat." in await own.page.inner_text(".note.done")
    await own.page.click(".who button")
    assert own.page.url.endswith("/logga-in")


async def test_the_keyboard_reaches_the_content_first_and_the_menu_closes(tab: Any) -> None:
    own = await tab(width=390)
    await own.sign_in()
    await own.go("/hjalp")
    await own.page.keyboard.press("Tab")
    assert await own.page.inner_text(":focus") == "Hoppa till innehållet"
    await own.page.keyboard.press("Enter")
    assert await own.page.evaluate("document.activeElement.id") == "main"
    await own.page.click(".nav summary")
    await own.page.keyboard.press("Tab")
    await own.page.keyboard.press("Escape")
    assert await own.page.inner_text(":focus") == "Meny"
    assert not await own.page.evaluate("document.querySelector('.nav details').open")


async def test_another_form_asks_before_what_was_typed_is_lost(tab: Any) -> None:
    own = await tab()
    await own.sign_in()
    await own.go("/_galleri")
    asked: list[str] = []

    async def no(dialog: Any) -> None:
        asked.append(dialog.message)
        await dialog.dismiss()

    own.page.on("dialog", no)
    await own.page.fill("#f-statement", "Exempel")
    await own.page.evaluate("document.querySelector('form[action=\"/logga-ut\"]').requestSubmit()")
    await own.page.wait_for_timeout(100)
    assert "inte sparat" in " ".join(asked)
    assert await own.page.input_value("#f-statement") == "Exempel"
    async with own.page.expect_response("**/_galleri"):
        await own.page.click("text=Spara exempel")
    assert len(asked) == 1
