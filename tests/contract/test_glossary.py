"""The glossary: every noun and every code of the contracts has its Swedish word."""

import re
from enum import StrEnum
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.contract.classes import codes, shapes

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ROLES = ("Draft", "Facts", "Request")


def _rows(heading: str) -> list[list[str]]:
    section = GLOSSARY.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


NOUNS = {row[1] for row in _rows("Nouns")}
CODES = {row[1]: row[3] for row in _rows("Codes")}


def _plain(name: str) -> str:
    """A class's name in plain words: ActionItem is an action item."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _noun(shape: type[BaseModel]) -> str:
    name = shape.__name__
    for role in ROLES:
        name = name.removesuffix(role)
    return _plain(name)


def _words(kind: str) -> dict[str, str]:
    return dict(word.split(": ", 1) for word in CODES[kind].split(", "))


def _forms(nouns: set[str]) -> set[str]:
    """Nouns, several of them, and what was done to them."""
    return {noun + ending for noun in nouns for ending in ("", "s", "ed")}


WHOLE = [shape for shape in shapes() if not shape.__name__.endswith("State")]


@pytest.mark.parametrize("shape", WHOLE, ids=lambda shape: shape.__name__)
def test_a_shape_is_called_by_a_noun_of_the_glossary(shape: type[BaseModel]) -> None:
    words = _noun(shape).split()
    parts = {" ".join(words[start:end]) for end in range(len(words) + 1) for start in range(end)}
    assert parts & _forms(NOUNS), shape.__doc__


@pytest.mark.parametrize("code", codes(), ids=lambda code: code.__name__)
def test_each_code_has_one_swedish_word(code: type[StrEnum]) -> None:
    assert list(_words(_plain(code.__name__))) == list(code)


def test_the_glossary_names_no_code_that_is_gone() -> None:
    assert set(CODES) == {_plain(code.__name__) for code in codes()}


@pytest.mark.parametrize("heading", ["Nouns", "Codes"])
def test_no_word_stands_twice(heading: str) -> None:
    for column in (0, 1):
        found = [row[column] for row in _rows(heading)]
        assert len(found) == len(set(found)), sorted(w for w in found if found.count(w) > 1)
