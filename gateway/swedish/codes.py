"""Words for codes: what every coded value is called in Swedish."""

from collections.abc import Iterable
from enum import StrEnum

from gateway.swedish.words import BY_KIND, LOOKS, WORDS

Code = str


def label(code: object, kind: str = "") -> str:
    """The Swedish word for a code. `kind` is its class where only the text is at hand."""
    if code is None or code == "":
        return "–"
    name = type(code).__name__ if isinstance(code, StrEnum) else kind
    text = str(code)
    found = BY_KIND.get(name, {}).get(text) or WORDS.get(text)
    return found or text.replace("_", " ").capitalize()


def options_of(codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Every code of a class with its word, in the order of the class."""
    return [(str(code), label(code)) for code in codes]


def is_known(code: StrEnum) -> bool:
    """Whether a code has a Swedish word."""
    text = str(code)
    return text in BY_KIND.get(type(code).__name__, {}) or text in WORDS


def look(code: object) -> str:
    """How a state is drawn: done, wait, stop, going, rest or plain."""
    return next((name for name, codes in LOOKS.items() if str(code) in codes), "plain")
