"""The documentation's pages: open to everybody, whole, and true to the document."""

import re
from functools import cache
from pathlib import Path

import httpx
import orjson
import pytest

from gateway.api.outline import COMMON
from gateway.api.saved import SAVED
from gateway.swedish.nouns import NOUNS
from services.kit.errors import BY_STATUS, Problem
from tests.gateway.looking import Page
from tests.wire.running import House

DOCUMENT = orjson.loads(SAVED.read_bytes())
PATHS = sorted({path.split("/")[1] for path in DOCUMENT["paths"]})
OPERATIONS = {
    said["operationId"]: (path.split("/")[1], f"{verb.upper()} /api/v1{path}")
    for path, item in DOCUMENT["paths"].items()
    for verb, said in item.items()
}
MOST_BYTES = 150_000  # of a first view, with the style sheet and htmx
GLOSSARY = Path(__file__).parents[3] / "docs" / "glossary.md"


def page(running: House, path: str) -> Page:
    """A page as somebody without an account sees it, no heavier than any other."""
    answer = running.api().get(path)
    assert answer.headers["content-type"].startswith("text/html"), answer.text
    policy = answer.headers["content-security-policy"]
    assert "script-src 'nonce-" in policy
    shown = Page(answer)
    heavy = len(answer.content) + loaded(running, shown)
    assert heavy <= MOST_BYTES, f"{path}: {heavy} bytes"
    return shown


def loaded(running: House, shown: Page) -> int:
    """How many bytes a page loads beside itself, as a browser gets them."""
    links = [one.attributes["href"] for one in shown.all('link[rel="stylesheet"]')]
    links += [one.attributes["src"] for one in shown.all("script[src]")]
    assert len(links) > 1
    return sum(_length(running.address, link or "") for link in links)


@cache
def _length(address: str, link: str) -> int:
    answer = httpx.get(f"{address}{link}", headers={"Accept-Encoding": "gzip"}, trust_env=False)
    return int(answer.headers["content-length"])


def test_the_first_page_tells_how_and_lists_everything(running: House) -> None:
    shown = page(running, "/api/docs")
    links = [link.attributes["href"] for link in shown.all("main table a")]
    assert links == [f"/api/docs/{path}" for path in PATHS]
    for word in ("Authorization: Bearer", "Idempotency-Key", "If-Match", "/api/v1/changes"):
        assert word in shown.text()
    assert shown.one("#villkor-heading").text()


@pytest.mark.parametrize("path", PATHS)
def test_each_noun_has_every_operation(running: House, path: str) -> None:
    shown = page(running, f"/api/docs/{path}")
    told = {name: line for name, (noun, line) in OPERATIONS.items() if noun == path}
    for name, line in told.items():
        section = shown.one(f'section[aria-labelledby="{name}-heading"]')
        assert section.css_first("p.request code").text() == line
        title = section.css_first("h2")
        ours, english = title.text() in COMMON.values(), title.css_first("[lang=en]")
        assert ours == (english is None), "what is English says so to whoever hears the page"


def test_each_operation_has_a_page_with_its_fields(running: House) -> None:
    shown = page(running, "/api/docs/needs/post_needs")
    api, beside, text = running.api(), loaded(running, shown), shown.text()
    for name, (noun, line) in OPERATIONS.items():
        answer = api.get(f"/api/docs/{noun}/{name}")
        assert f'<p class="request"><code>{line}</code></p>' in answer.text
        assert len(answer.content) + beside <= MOST_BYTES, name
    fields = DOCUMENT["components"]["schemas"]["NeedDraft"]["properties"]
    assert [name for name in fields if name not in text] == []


def test_an_operation_says_which_keys_may(running: House) -> None:
    for path, told in (
        ("answers/get_answers", "read och personal . Bara förbundets egna nycklar"),
        ("needs/post_needs", "write . En kommuns nyckel får göra det med det som är kommunens"),
        ("needs/get_needs", "Nyckeln behöver read ."),
        ("api-info/get_api_info", "Ingen nyckel behövs."),
    ):
        shown = page(running, f"/api/docs/{path}").text()
        assert told in shown, path
        assert "Only the municipal" not in shown, "it is said in Swedish"


def test_every_problem_has_the_address_that_its_type_says(running: House) -> None:
    shown = page(running, "/api/docs/problems")
    for kind in (*BY_STATUS.values(), Problem):
        address, _, anchor = kind().body("1")["type"].partition("#")
        assert address == "/api/docs/problems"
        assert shown.one(f"#{anchor} h2").text().startswith(str(kind.status))


@pytest.mark.parametrize("path", ["nothing", "nothing/get_needs", "needs/get_actors"])
def test_what_is_not_there(running: House, path: str) -> None:
    answer = running.api().get(f"/api/docs/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_the_words_are_those_of_the_glossary() -> None:
    section = GLOSSARY.read_text(encoding="utf-8").split("## Nouns\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|", section, re.MULTILINE)[1:]
    assert {english: swedish for swedish, english in rows} == NOUNS
