"""Looking: a page as a test sees it, and what must hold on every page of the house."""

import re
from collections import Counter
from typing import Any

import html5lib
from selectolax.lexbor import LexborHTMLParser, LexborNode

# A page without its words, and the tags of it: what parses once parses with other words too.
WORDS = re.compile(r'(?<=>)[^<>&]+(?=<)|(?<!type)(?<==")[^"<>&]*(?=")')
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>|&|<")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
PARSED: set[tuple[str, ...]] = set()
LEAKS = re.compile(r"(?<!If-)\bNone\b|\{\{|\{%|<gateway|<services|object at 0x|datetime\.|UUID\(")


class Page:
    """A fetched page; every one is checked, in every test."""

    def __init__(self, answer: Any, *, checked: bool = True) -> None:
        self.answer, self.status = answer, answer.status_code
        self.tree = LexborHTMLParser(answer.text)
        if checked:
            check(self)

    def all(self, selector: str) -> list[LexborNode]:
        """Every element that a CSS selector finds."""
        return self.tree.css(selector)

    def one(self, selector: str) -> LexborNode:
        """The one element that a CSS selector finds."""
        found = self.all(selector)
        assert len(found) == 1, f"{selector}: {len(found)} found"
        return found[0]

    def text(self, selector: str = "main") -> str:
        """The words in an element, with single spaces."""
        return " ".join(self.one(selector).text(separator=" ").split())

    @property
    def title(self) -> str:
        return self.text("head title")

    @property
    def h1(self) -> str:
        return self.text("h1")

    def error(self, field: str) -> str:
        """The sentence at a field."""
        return self.text(f'[id="f-{field}-wrong"]').removeprefix("Fel: ")

    @property
    def errors(self) -> list[str]:
        """The sentences of the summary."""
        return [" ".join(item.text().split()) for item in self.all(".errors li")]

    def fields(self, action: str = "") -> dict[str, list[str]]:
        """What a browser would send of a form, before anything is filled in."""
        chosen = f'form[method="post"][action="{action}"]' if action else 'main form[method="post"]'
        form = self.all(chosen)[0]
        found: dict[str, list[str]] = {}
        for field in form.css("input[name], textarea[name], select[name]"):
            for value in _sent(field):
                found.setdefault(field.attributes["name"] or "", []).append(value)
        return found


def _sent(field: LexborNode) -> list[str]:
    kind = field.attributes.get("type")
    if kind in {"checkbox", "radio"} and "checked" not in field.attributes:
        return []
    if field.tag == "textarea":
        return [field.text()]
    if field.tag == "select":
        chosen = field.css("option[selected]") or field.css("option")[:1]
        return [option.attributes.get("value") or "" for option in chosen]
    return [field.attributes.get("value") or ""]


def check(page: Page) -> None:
    """What must hold on every page (docs: frontend/README.md)."""
    check_nesting(page.answer.text)
    html = page.one("html")
    assert html.attributes["lang"] == "sv"
    title = page.title.removeprefix("Fel: ")
    assert title.startswith(page.h1), f"{page.title!r} does not begin with {page.h1!r}"
    ids = [e.attributes["id"] for e in page.all("[id]")]
    assert len(ids) == len(set(ids)), f"twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    _check_fields(page, {i for i in ids if i})
    _check_landmarks(page)
    for form in page.all("form"):
        _check_form(form)
    words = page.one("body").text(separator=" ")
    assert not LEAKS.search(words), LEAKS.search(words)
    for link in page.all("a"):
        assert link.attributes.get("href"), f"a link without an address: {link.text()}"
    for table in page.all("table.rows"):
        _check_table(table)


def check_nesting(text: str) -> None:
    """Parsed, which takes longer than most pages do, where a page is not made as others were.

    That is where some tag is not closed, or some four that follow each other never did.
    """
    tags = list(TAG.finditer(WORDS.sub("", text)))
    open_ = Counter[str]()
    for one in tags:
        if one[2]:
            open_[one[2]] += -1 if one[1] else one[2] not in VOID
    words = [one[0] for one in tags]
    made_of = set(zip(words, words[1:], words[2:], words[3:], strict=False))
    if any(open_.values()) or not made_of <= PARSED:
        html5lib.HTMLParser(strict=True).parse(text)
        PARSED.update(made_of)


def _check_landmarks(page: Page) -> None:
    """Who jumps between the parts of a page hears of each what it is."""
    parts = page.all("section[aria-labelledby]")
    names = [page.text(f'[id="{part.attributes["aria-labelledby"]}"]') for part in parts]
    assert len(names) == len(set(names)), f"parts called the same: {names}"


def _check_fields(page: Page, ids: set[str]) -> None:
    labelled = {label.attributes.get("for") for label in page.all("label[for]")}
    for field in page.all("input, select, textarea"):
        if field.attributes.get("type") != "hidden" and "hidden" not in field.attributes:
            assert field.attributes.get("id") in labelled, f"no label: {field.html}"
    for element in page.all("[aria-describedby], [aria-labelledby]"):
        for name in ("aria-describedby", "aria-labelledby"):
            for target in (element.attributes.get(name) or "").split():
                assert target in ids, f"{name} names {target}, which is not on the page"
    for link in page.all('.errors a[href^="#"]'):
        href = link.attributes["href"] or ""
        assert href[1:] in ids, f"a link to {href}, which is not on the page"


def _check_form(form: LexborNode) -> None:
    known = form.attributes
    assert known.get("method") in {"get", "post"}, form.html
    assert known.get("action"), form.html
    if known["method"] == "post":
        assert form.css_matches('input[name="csrf"]'), f"no csrf: {known['action']}"
    if any((name or "").startswith("hx-") for name in known):
        assert "hx-nonce" in known
    if known["method"] == "post":
        names = {field.attributes["name"] for field in form.css("[name]")}
        assert not names & {"form", "elements"}, f"hides what htmx reads: {known['action']}"


def _check_table(table: LexborNode) -> None:
    assert table.css_matches("caption")
    heads = [" ".join(h.text(separator=" ").split()).rstrip(" ↑↓") for h in table.css("thead th")]
    assert all(head.attributes.get("scope") == "col" for head in table.css("thead th"))
    for row in table.css("tbody tr"):
        for cell in row.css("td[data-label]"):
            assert cell.attributes["data-label"] in heads
