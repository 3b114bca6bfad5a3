"""Words for codes: what every coded value is called in Swedish."""

from collections.abc import Iterable
from enum import StrEnum

from gateway.swedish.words import BY_KIND, LOOKS


def label(code: object, kind: str = "") -> str:
    """The Swedish word for a code. `kind` is its class where only the text is at hand."""
    if code is None or code == "":
        return "–"
    name, text = type(code).__name__ if isinstance(code, StrEnum) else kind, str(code)
    found = BY_KIND.get(name, {}).get(text) or _anywhere(text)
    return found[:1].upper() + found[1:]


def _anywhere(text: str) -> str:
    """The word that some class has for the text; else the text itself, readable."""
    found = (words[text] for words in BY_KIND.values() if text in words)
    return next(found, text.replace("_", " "))


def options_of(codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Every code of a class with its word, in the order of the class."""
    return [(str(code), label(code)) for code in codes]


def look(code: object) -> str:
    """How a state is drawn: done, wait, stop, going, rest or plain."""
    return next((name for name, codes in LOOKS.items() if str(code) in codes), "plain")
