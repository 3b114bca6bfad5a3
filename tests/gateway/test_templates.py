"""Templates and styles keep the house rules: parse, one macro a file, no |safe, no raw colours."""

import re
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from gateway.html import Pages
from gateway.lookback import DAY
from gateway.pages import area_names
from gateway.pages.listing import NUMBER

FRONTEND = Path("frontend")
TEMPLATES = sorted((FRONTEND / "templates").rglob("*.html"))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl")
HTMX = {"hx-get", "hx-post", "hx-target", "hx-swap", "hx-trigger", "hx-push-url", "hx-sse:connect"}
HTMX |= {"hx-nonce", "hx-sync"}


def named(path: Path) -> str:
    return str(path.relative_to(FRONTEND))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_parses_and_keeps_the_rules(path: Path) -> None:
    text = path.read_text()
    tree = Pages().environment.parse(text)
    assert meta.find_undeclared_variables(tree) is not None
    assert not re.search(r"\|\s*safe\b|autoescape", text), "nothing goes round the escaping"
    assert "<script>" not in text
    assert not re.search(r'\sstyle="|\son\w+="', text), "no inline style or script"
    assert set(re.findall(r"\s(hx-[\w:]+)=", text)) <= HTMX
    assert text.count("\n") <= 200
    if 'extends "layout.html"' in text:
        blocks = {block.name for block in tree.find_all(nodes.Block)}
        assert {"title", "page"} <= blocks


SETS = (nodes.Assign, nodes.AssignBlock, nodes.FromImport, nodes.Import, nodes.Macro)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_what_is_set_above_the_blocks_is_known_in_a_block_by_itself(path: Path) -> None:
    body = Pages().environment.parse(path.read_text()).body
    above = [one for one in body if isinstance(one, SETS)]
    if above and any(isinstance(one, nodes.Block) for one in body):
        # gateway.html runs a template's beginning, to the first words of what it extends.
        assert any(isinstance(one, nodes.Extends) for one in body)


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.parent.name == "components"], ids=named)
def test_a_component_file_defines_its_macro_and_says_what_it_is(path: Path) -> None:
    tree = Pages().environment.parse(path.read_text())
    assert [macro.name for macro in tree.find_all(nodes.Macro)] == [path.stem]
    assert path.read_text().startswith("{#")


def test_every_link_in_the_templates_by_name_is_spelled_like_a_name() -> None:
    for path in TEMPLATES:
        for name in re.findall(r'\bto\("([^"]*[^".])"', path.read_text()):
            assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name), f"{path}: {name}"


@pytest.mark.parametrize("area", area_names())
def test_every_filter_of_a_list_has_its_field_on_the_page(area: str) -> None:
    filters = getattr(import_module(f"gateway.pages.{area}"), "FILTERS", ())
    text = (FRONTEND / f"templates/{area}/list.html").read_text() if filters else ""
    # The day stands above every page that has one; a number is written in the search field.
    own = [one for one in filters if one not in {DAY, NUMBER}]
    assert [one for one in own if f'shown.asked, "{one}"' not in text] == []


def test_colours_stand_in_the_tokens_and_nowhere_else() -> None:
    files = [FRONTEND / "static/app.css", FRONTEND / "static/print.css", FRONTEND / "static/app.js"]
    for path in [*TEMPLATES, *files]:
        text = re.sub(r'href="#[^"]*"', "", path.read_text())
        text = re.sub(r"&#\d+;|\{#.*?#\}", "", text, flags=re.DOTALL)
        assert not COLOUR.findall(text), path


def test_every_token_that_is_used_exists() -> None:
    tokens = set(re.findall(r"--[\w-]+(?=:)", (FRONTEND / "static/tokens.css").read_text()))
    for name in ("app.css", "print.css"):
        used = set(re.findall(r"var\((--[\w-]+)", (FRONTEND / "static" / name).read_text()))
        assert used <= tokens


def test_the_bundle_is_the_three_files_in_their_order() -> None:
    body = (FRONTEND / "static/htmx.js").read_bytes()
    _comment, rest = body.split(b"\n", 1)
    parts = rest.rstrip(b"\n").split(b"\n")
    sums = [sha256(part).hexdigest() for part in parts]
    readme = (FRONTEND / "static/README.md").read_text()
    assert [readme.index(total) for total in sums] == sorted(readme.index(total) for total in sums)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-2", "primary")
        for ground in ("paper", "ground", "tint")
    ],
    ("on-primary", "primary"),
    ("on-primary", "primary-d"),
    ("on-primary-2", "primary-d"),
    ("primary-d", "tint"),
    ("ink", "focus"),
    *[(state, f"{state}-t") for state in ("done", "wait", "stop", "going", "rest")],
    *[("ink", f"{state}-t") for state in ("done", "wait", "stop", "going")],
    ("stop", "paper"),
    ("done", "ground"),
]
GRAPHIC = [
    ("field", "paper"),
    ("field", "ground"),
    *[(f"data-{name}", "paper") for name in ("need", "supply", "third", "fourth")],
    *[(f"kind-{name}", "paper") for name in ("council", "municipality", "education", "authority")],
    ("kind-company", "paper"),
    ("chart-tie", "paper"),
]


@pytest.mark.parametrize(("one", "other"), TEXT)
def test_text_has_contrast(one: str, other: str) -> None:
    colours = Pages().colours
    assert contrast(colours[one], colours[other]) >= 4.5


@pytest.mark.parametrize(("one", "other"), GRAPHIC)
def test_graphics_have_contrast(one: str, other: str) -> None:
    colours = Pages().colours
    assert contrast(colours[one], colours[other]) >= 3
