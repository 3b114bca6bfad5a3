"""What the pilot gives as its source stands in the report, under that title."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real_data import final_report

STORY = Path(__file__).parents[2] / "demo"


def _cited() -> Iterator[str]:
    """Every section that the story names, in any of its files."""
    for file in sorted(STORY.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "report":
                for section in node.args:
                    assert isinstance(section, ast.Constant), f"{file.name}:{node.lineno}"
                    yield str(section.value)


SECTIONS = sorted(set(_cited()))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_cited_section_is_one_of_the_report(section: str) -> None:
    """A title begins and ends its line, but for a subtitle; it may be broken over lines."""
    letters = (
        r"\s+" if letter == " " else re.escape(letter) + r"(?:-\s*\n)?" for letter in section
    )
    title = rf"^[\s”]*{''.join(letters)}”?\s*?(?:–.*|\n\s*–.*)?$"
    assert re.search(title, final_report(), re.MULTILINE), section


def test_the_story_cites_sections() -> None:
    assert len(SECTIONS) > 10
