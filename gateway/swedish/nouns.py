"""Nouns in Swedish, as the glossary has them (a test compares the two)."""

from pathlib import Path


def _read() -> dict[str, str]:
    lines = Path(__file__).with_name("nouns.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)


NOUNS = _read()


def noun_word(noun: str) -> str:
    """The Swedish word for `action_item`; nothing where the glossary has none."""
    return NOUNS.get(noun.replace("_", " ").replace("-", " "), "")
