"""Search in Swedish: inflected words by full text, parts of compounds by trigrams.

Who types no marks finds what has them: of "skovde" Skövde. Who types them means them.
"""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, and_, case, func, literal, literal_column, or_
from sqlalchemy.dialects.postgresql import ARRAY

from services.kit.rows import searched, spelt

DEFINITE_FROM = 5
SHORTEST_STEM = 4


def _qualified(columns: Sequence[str], name: str) -> str:
    return searched(*(f"{name}.{column}" for column in columns))


def matches(
    source: Any, columns: Sequence[str], asked: str, *, begun: bool = True
) -> ColumnElement[bool]:
    """Rows where every word asked for is found, as a word or as part of one.

    `begun`: a stem also stands for the words that begin with it. Among names alone that finds too
    much: of "förare" it is the three letters "för".
    """
    return found(_qualified(columns, source.name), asked, begun=begun)


def found(looked_in: str, asked: str, *, begun: bool = True) -> ColumnElement[bool]:
    """The same of a text in SQL."""
    by_words = _by_words(looked_in, asked, ":*" if begun else "")
    return or_(by_words, _by_parts(spelt(looked_in), asked, inflected=begun))


def rank(source: Any, columns: Sequence[str], asked: str) -> ColumnElement[int]:
    """0 for whole words, 1 for parts, 2 for what is written with marks that were not typed."""
    return place(_qualified(columns, source.name), asked)


def place(looked_in: str, asked: str) -> ColumnElement[int]:
    """The same of a text in SQL."""
    parts = _by_parts(f"lower({looked_in})", asked)
    return case((_by_words(looked_in, asked), 0), (parts, 1), else_=literal(2, Integer))


def _by_words(looked_in: str, asked: str, ending: str = ":*") -> ColumnElement[bool]:
    words = re.findall(r"\w+", asked)
    if not words:
        return literal(False)
    written = " & ".join(_said(word, ending) for word in words)
    query = func.to_tsquery(literal_column("'swedish'"), written)
    vector: ColumnElement[Any] = literal_column(f"to_tsvector('swedish', {looked_in})")
    return vector.bool_op("@@")(query)


def _said(word: str, ending: str) -> str:
    """PostgreSQL's Swedish stemmer keeps the definite -et: behovet is also sought as behov."""
    told = f"{word}{ending}"
    return f"({told} | {word[:-2]}{ending})" if _is_definite(word) else told


def _is_definite(word: str) -> bool:
    return word.lower().endswith("et") and len(word) >= DEFINITE_FROM


def _by_parts(text: str, asked: str, *, inflected: bool = True) -> ColumnElement[bool]:
    """Every word as a part of some word; `inflected`: in whatever form it is asked for.

    "utbildningar" finds "språkutbildning": what is looked for is the stem.
    """
    looked_in: ColumnElement[str] = literal_column(text, Text())
    words = asked.lower().split()
    return and_(*(_holds(looked_in, word, inflected=inflected) for word in words))


def _holds(text: ColumnElement[str], word: str, *, inflected: bool) -> ColumnElement[bool]:
    if not (inflected and word.isalpha() and len(word) > SHORTEST_STEM):
        return text.contains(word, autoescape=True)
    base = word[:-2] if _is_definite(word) else word
    # A stem that says too little is not looked for: of "förare" it is the three letters "för".
    told = func.ts_lexize(literal_column("'swedish_stem'"), base, type_=ARRAY(Text))[1]
    stem = case((func.length(told) >= SHORTEST_STEM, told), else_=literal(word))
    return text.like(literal("%").op("||")(stem).op("||")("%"))
