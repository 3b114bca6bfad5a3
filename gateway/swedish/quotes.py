"""Quotes: which words of an answer are the respondent's own, for they stand in quotation marks."""

import re

from services.councils.contract.interview import QUOTED

_QUOTED = re.compile(f"({QUOTED.replace('(', '(?:')})")


def quotes(text: str | None) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is a quote."""
    pieces = enumerate(_QUOTED.split(text or ""))
    return [(piece, bool(place % 2)) for place, piece in pieces if piece]
