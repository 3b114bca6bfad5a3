"""Rewording: what differs between two texts, word by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 4000


class Piece(NamedTuple):
    """A part of a text: look is "same", "gone" or "new"."""

    look: str
    text: str


def reworded(before: str | None, after: str | None) -> list[Piece]:
    """The parts of both texts in order; of very long ones all of each."""
    old, new = _WORDS.findall(before or ""), _WORDS.findall(after or "")
    if len(old) + len(new) > MOST_WORDS and old != new:
        return _said("gone", old) + _said("new", new)
    pieces: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces += _said("same", old[a:b])
        else:
            pieces += _said("gone", old[a:b]) + _said("new", new[c:d])
    return pieces


def _said(look: str, words: list[str]) -> list[Piece]:
    return [Piece(look, "".join(words))] if words else []
