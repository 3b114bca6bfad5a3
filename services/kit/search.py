"""Search in Swedish: inflected words by full text, parts of compounds by trigrams."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, and_, case, func, literal, literal_column, or_
from sqlalchemy.dialects.postgresql import ARRAY

from services.kit.rows import searched

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
    looked_in: ColumnElement[str] = literal_column(_qualified(columns, source.name))
    by_words = _by_words(looked_in, asked, ":*" if begun else "")
    return or_(by_words, by_parts(looked_in, asked, inflected=begun))


def rank(source: Any, columns: Sequence[str], asked: str) -> ColumnElement[int]:
    """0 for whole words, 1 for parts: full-text hits come first."""
    looked_in: ColumnElement[str] = literal_column(_qualified(columns, source.name))
    return case((_by_words(looked_in, asked), 0), else_=literal(1, Integer))


def _by_words(looked_in: ColumnElement[Any], asked: str, ending: str = ":*") -> ColumnElement[bool]:
    written = query_of(asked, ending)
    if not written:
        return literal(False)
    query = func.to_tsquery(literal_column("'swedish'"), written)
    vector: ColumnElement[Any] = func.to_tsvector(literal_column("'swedish'"), looked_in)
    return vector.bool_op("@@")(query)


def query_of(asked: str, ending: str = ":*") -> str:
    """The words as a tsquery; empty where there are none."""
    return " & ".join(_said(word, ending) for word in re.findall(r"\w+", asked))


def _said(word: str, ending: str) -> str:
    """PostgreSQL's Swedish stemmer keeps the definite -et: behovet is also sought as behov."""
    told = f"{word}{ending}"
    return f"({told} | {word[:-2]}{ending})" if _is_definite(word) else told


def _is_definite(word: str) -> bool:
    return word.lower().endswith("et") and len(word) >= DEFINITE_FROM


def by_parts(
    looked_in: ColumnElement[str], asked: str, *, inflected: bool = True
) -> ColumnElement[bool]:
    """Every word as a part of some word; `inflected`: in whatever form it is asked for.

    "utbildningar" finds "språkutbildning": what is looked for is the stem.
    """
    text = func.lower(looked_in)
    words = asked.lower().split()
    return and_(*(_holds(text, word, inflected=inflected) for word in words))


def _holds(text: ColumnElement[str], word: str, *, inflected: bool) -> ColumnElement[bool]:
    if not (inflected and word.isalpha() and len(word) > SHORTEST_STEM):
        return text.contains(word, autoescape=True)
    base = word[:-2] if _is_definite(word) else word
    # A stem that says too little is not looked for: of "förare" it is the three letters "för".
    told = func.ts_lexize(literal_column("'swedish_stem'"), base, type_=ARRAY(Text))[1]
    stem = case((func.length(told) >= SHORTEST_STEM, told), else_=literal(word))
    return text.like(literal("%").op("||")(stem).op("||")("%"))
