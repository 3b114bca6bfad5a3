"""Search in Swedish: inflected words by full text, parts of compounds by trigrams."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal, literal_column, or_

from services.kit.rows import searched

DEFINITE_FROM = 5


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
    return or_(_by_words(looked_in, asked, ":*" if begun else ""), _by_parts(looked_in, asked))


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
    if not word.lower().endswith("et") or len(word) < DEFINITE_FROM:
        return told
    return f"({told} | {word[:-2]}{ending})"


def _by_parts(looked_in: ColumnElement[Any], asked: str) -> ColumnElement[bool]:
    text = func.lower(looked_in)
    return and_(*(text.contains(word, autoescape=True) for word in asked.lower().split()))
