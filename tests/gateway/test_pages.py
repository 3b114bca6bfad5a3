"""Pages: whole or one block, errors first, Swedish, and nothing of Python showing."""

from pathlib import Path

from gateway.html import Pages
from gateway.pages.gallery import GalleryDraft
from tests.gateway.conftest import Browser
from tests.gateway.looking import Page

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


async def test_the_gallery_shows_every_component(browser: Browser, pages: Pages) -> None:
    folder = Path("frontend/templates")
    used = "".join(
        path.read_text() for path in [folder / "gateway/gallery.html", folder / "layout.html"]
    )
    used += "".join(path.read_text() for path in (folder / "components").glob("*.html"))
    missing = [n for n in pages.components if f"ui.{n}(" not in used]
    assert missing == []
    page = await browser.get("/_galleri")
    assert page.status == 200
    assert page.h1 == "Galleri"


async def test_a_wrong_form_keeps_the_text_and_says_what_to_do(browser: Browser) -> None:
    page = await browser.post("/_galleri", name="<b>åäö</b>", headcount="många")
    assert page.status == 422
    assert page.title == "Fel: Galleri – Kompetensnav"
    assert page.one('[id="f-name"]').attributes["value"] == "<b>åäö</b>"
    assert page.error("statement") == "Fyll i ”Vad behövs?”."
    assert page.errors == [
        "Fyll i ”Vad behövs?”.",
        "Fyll i ”När behövs det?”.",
        "Skriv ”Hur många personer?” som ett heltal, till exempel 12.",
        "Fyll i ”Från och med”.",
    ]
    summary = page.one(".errors")
    assert summary.attributes["tabindex"] == "-1"
    assert "autofocus" in summary.attributes
    field = page.one('[id="f-headcount"]')
    assert field.attributes["aria-invalid"] == "true"
    assert field.attributes["aria-describedby"] == "f-headcount-wrong"


async def test_htmx_gets_the_block_it_will_fill(browser: Browser) -> None:
    whole = (await browser.http.get("/_galleri")).text
    block = await browser.http.get("/_galleri", headers=HTMX | {"HX-Target": "div#results"})
    assert block.headers["vary"] == "HX-Request, HX-Target"
    assert "<html" not in block.text
    assert 'class="rows"' in block.text
    assert "<form" not in block.text
    assert "<title" not in block.text
    assert len(block.text) < len(whole) / 5


async def test_a_wrong_form_under_htmx_is_the_page_block_with_its_title(browser: Browser) -> None:
    headers = HTMX | {"HX-Target": "div#page"}
    answer = await browser.http.post("/_galleri", data={"name": "x"}, headers=headers)
    assert answer.status_code == 422
    assert answer.text.startswith("<title>Fel: Galleri – Kompetensnav</title>")
    assert 'class="errors"' in answer.text


async def test_a_target_that_is_no_block_gets_the_whole_page(browser: Browser) -> None:
    headers = HTMX | {"HX-Target": "div#nothing-of-ours"}
    assert "<html" in (await browser.http.get("/_galleri", headers=headers)).text


async def test_saving_leads_on_with_a_notice_shown_once(browser: Browser) -> None:
    good = {"name": "N", "statement": "S", "horizon": "long", "valid_from": "2026-11-23"}
    GalleryDraft.model_validate(good)
    answer = await browser.http.post("/_galleri", data=good)
    assert (answer.status_code, answer.headers["location"]) == (303, "/_galleri")
    page = await browser.get("/_galleri")
    assert "Exemplet är sparat." in page.text(".note.done")
    again = await browser.get("/_galleri")
    assert again.all(".note.done") == []


async def test_under_htmx_saving_leads_on_by_header(browser: Browser) -> None:
    good = {"name": "N", "statement": "S", "horizon": "long", "valid_from": "2026-11-23"}
    answer = await browser.http.post("/_galleri", data=good, headers=HTMX)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, "/_galleri")


async def test_a_notice_from_elsewhere_is_text_and_leads_nowhere(browser: Browser) -> None:
    forged = "%7B%22text%22%3A%22%3Cb%3E%22%2C%22undo%22%3A%22https%3A%2F%2Felsewhere%22%7D"
    page = Page(await browser.http.get("/_galleri", headers={"Cookie": f"notice={forged}"}))
    assert page.text(".note.done") == "<b>"
    assert "elsewhere" not in page.answer.text


async def test_the_address_refines_itself(browser: Browser) -> None:
    page = await browser.get("/_galleri?q=svets&kind=Utbildning&sort=name&page=2")
    links = [link.attributes["href"] for link in page.all(".pager a, .sort, .downloads a")]
    assert "/_galleri?q=svets&kind=Utbildning&sort=name&page=3" in links
    assert "/_galleri?q=svets&kind=Utbildning&sort=-name" in links
    assert page.one("#f-q").attributes["value"] == "svets"
    names = [a.attributes["href"] for a in page.all("p.meta a") if ".csv" in a.attributes["href"]]
    assert names == ["/_galleri.csv?q=svets&kind=Utbildning&sort=name"]


async def test_first_view_is_light(browser: Browser) -> None:
    total = len((await browser.http.get("/_galleri")).content)
    for name in ("tokens.css", "app.css", "print.css", "htmx.js", "app.js", "icon.svg"):
        answer = await browser.http.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
        total += int(answer.headers["content-length"])
    total += len((await browser.http.get("/static/source-sans-3.woff2")).content)
    assert total < 150_000
