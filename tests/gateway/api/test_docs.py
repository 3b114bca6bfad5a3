"""The documentation's pages: open to everybody, whole, and true to the document."""

import re
from pathlib import Path

import orjson
import pytest

from gateway.swedish.nouns import NOUNS
from operations.commands import openapi
from services.kit.errors import BY_STATUS, Problem
from tests.gateway.looking import Page
from tests.wire.running import House

DOCUMENT = orjson.loads(openapi.SAVED.read_bytes())
PATHS = sorted({path.split("/")[1] for path in DOCUMENT["paths"]})
GLOSSARY = Path(__file__).parents[3] / "docs" / "glossary.md"


def page(running: House, path: str) -> Page:
    """A page as somebody without an account sees it."""
    answer = running.api().get(path)
    assert answer.headers["content-type"].startswith("text/html"), answer.text
    policy = answer.headers["content-security-policy"]
    assert "script-src 'nonce-" in policy
    return Page(answer)


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
    told = {
        said["operationId"]: f"{verb.upper()} /api/v1{address}"
        for address, item in DOCUMENT["paths"].items()
        for verb, said in item.items()
        if address.split("/")[1] == path
    }
    for name, line in told.items():
        section = shown.one(f'section[aria-labelledby="{name}-heading"]')
        assert section.css_first("p.request code").text() == line


def test_the_fields_of_a_draft_stand_in_the_page(running: House) -> None:
    text = page(running, "/api/docs/needs").text()
    fields = DOCUMENT["components"]["schemas"]["NeedDraft"]["properties"]
    assert [name for name in fields if name not in text] == []


def test_every_problem_has_the_address_that_its_type_says(running: House) -> None:
    shown = page(running, "/api/docs/problems")
    for kind in (*BY_STATUS.values(), Problem):
        address, _, anchor = kind().body("1")["type"].partition("#")
        assert address == "/api/docs/problems"
        assert shown.one(f"#{anchor} h2").text().startswith(str(kind.status))


def test_a_noun_that_is_not_there(running: House) -> None:
    answer = running.api().get("/api/docs/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_the_words_are_those_of_the_glossary() -> None:
    section = GLOSSARY.read_text(encoding="utf-8").split("## Nouns\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|", section, re.MULTILINE)[1:]
    assert {english: swedish for swedish, english in rows} == NOUNS
