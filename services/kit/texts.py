"""Texts: what is taken of a text that somebody sends, and what is refused."""

import re
import unicodedata
from typing import Any

from pydantic_core import PydanticCustomError

DEEPEST = 12
_MARK = "\ufeff"  # of byte order: programs leave it where texts were joined
_KEPT = frozenset("\n\t")
# What has no width, and at the end of a text no meaning either.
_NOTHING = frozenset("\u200b\u200c\u200d\u2060")
_ENDS = re.compile("^[\\s\u200b-\u200d\u2060]+|[\\s\u200b-\u200d\u2060]+$")
# What turns the direction of writing: others would read another text than the one that is stored.
TURNING = frozenset((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Zero width spaces, and what turns the direction of writing. Joiners belong to scripts and emoji.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]")


def cleaned(value: Any, depth: int = 0) -> Any:
    """Text without what no form or system means to send; refused where it would be lost."""
    if depth > DEEPEST:
        raise PydanticCustomError("too_deep", "the value is nested too deep")
    if isinstance(value, str):
        return _clean_text(value)
    if isinstance(value, list):
        return [cleaned(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: cleaned(item, depth + 1) for key, item in value.items()}
    return value


def is_blank(text: str) -> bool:
    """Whether nobody sees anything of a text."""
    return all(letter.isspace() or unicodedata.category(letter) == "Cf" for letter in text)


def _clean_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    if is_blank(text):
        return ""
    text = text.replace("\r\n", "\n").replace(_MARK, "")
    if not _NOTHING.isdisjoint({(bare := text.strip())[0], bare[-1]}):
        text = _ENDS.sub("", text)
    for letter in text:
        unseen = ord(letter) in TURNING or unicodedata.category(letter) in {"Cc", "Cs"}
        if unseen and letter not in _KEPT:
            raise PydanticCustomError("control_character", "control characters are not taken")
    return text


def one_line(text: str) -> str:
    """What is read in one line has no breaks, and nothing unseen that turns or parts it."""
    if text.isascii() and text.isprintable():
        return text
    if len(text.splitlines()) > 1:
        raise PydanticCustomError("line_break", "a text of one line has no line breaks")
    if _UNSEEN.search(text):
        raise PydanticCustomError("control_character", "unseen characters are not taken")
    return text


def heading(text: str, longest: int) -> str:
    """What a longer text is called in one line: its beginning."""
    line = " ".join(_UNSEEN.sub("", text).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
