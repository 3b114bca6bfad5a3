"""Rules about copies: whom a text names, and that nobody comes along unasked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from services.councils.contract.copying import CopiedText
from services.councils.copying.naming import (
    NOBODY,
    SMALL,
    WORDS,
    names_in,
    numbers_in,
    only_a_name,
    small_in,
    suspects_in,
)
from services.kit.contract import Name
from services.kit.errors import FieldError, Rejected

STANDING = "standing_item."
# What a name ends with whose first word is who is meant.
ENDINGS = {"AB", "HB", "KB", "kommun"}
TITLE: TypeAdapter[str] = TypeAdapter(Name)


def suspects(texts: Mapping[str, str]) -> set[str]:
    """What looks like a name in any of the texts; a word alone on an agenda is none."""
    found = {one for text in texts.values() for one in suspects_in(text)}
    said = (text for field, text in texts.items() if not field.startswith(STANDING))
    return found | {one for text in said for one in only_a_name(text)} - NOBODY


def texts_of(texts: Mapping[str, str], said: Sequence[CopiedText]) -> dict[str, str]:
    """The texts of the copy by their fields: the original's, changed, or left out."""
    changed = {one.field: one.text for one in said}
    whole = {field: changed.get(field, text) for field, text in texts.items()}
    return {field: text for field, text in whole.items() if text}


def demand_nobody(
    texts: Mapping[str, str], said: Sequence[CopiedText], names: Iterable[str]
) -> None:
    """Rejected with each text that names somebody of the original and is not confirmed."""
    known, copied = list(names), texts_of(texts, said)
    places = {one.field: place for place, one in enumerate(said)}
    confirmed = {one.field for one in said if one.confirmed}
    wrong = [
        FieldError(f"texts.{place}.field", "unknown_text", "the original has no such text")
        for field, place in places.items()
        if field not in texts
    ]
    for field, text in copied.items():
        if field not in confirmed and (found := names_in(text, [*known, *numbers_in(text)])):
            at = f"texts.{places[field]}.text" if field in places else "texts"
            wrong.append(FieldError(at, "names_somebody", f"{field} names {', '.join(found)}"))
    if wrong:
        raise Rejected(wrong[0].message, errors=wrong)


def demand_titles(said: Sequence[CopiedText]) -> None:
    """Rejected where what is to stand on agendas is no title: too long, or of several lines."""
    wrong = [
        FieldError(f"texts.{place}.text", code, "it stands on agendas")
        for place, one in enumerate(said)
        if one.text and (one.field or "").startswith(STANDING) and (code := _fault(one.text))
    ]
    if wrong:
        raise Rejected(wrong[0].message, errors=wrong)


def _fault(title: str) -> str:
    """What is wrong with a title; empty where nothing is."""
    try:
        TITLE.validate_python(title)
    except ValidationError as failure:
        return failure.errors()[0]["type"]
    return ""


def words_of(things: Iterable[Mapping[str, Any]], *fields: str) -> set[str]:
    """What some things are called, in each of the fields; several names are parted by commas."""
    told = (str(one.get(field) or "") for one in things for field in fields)
    return {part.strip() for text in told for part in re.split(r"[\n,;]", text) if part.strip()}


def same_names(actors: Iterable[Mapping[str, Any]], words: set[str]) -> set[str]:
    """The doubtful words that an actor is called, in capitals or not, or is shortened to."""
    names = words_of(actors, "name", "other_names")
    parts = {word.strip("()") for name in names for word in name.split()}
    short = {word for word in parts if word.isupper() and len(word) > 1}
    called = {name.strip("()").casefold() for name in names}
    return {word for word in words if word in short or word.casefold() in called}


def in_short(names: Iterable[str]) -> set[str]:
    """The names, and what companies and municipalities are called for short: the word that begins
    Swedese Möbler AB, or Tibro kommun.
    """
    told = set(names)
    first = (one.split()[0] for one in told if one.split()[-1] in ENDINGS)
    return told | {one for one in first if one[:1].isupper()} - NOBODY - SMALL


def in_small_letters(names: Iterable[str], texts: Iterable[str]) -> set[str]:
    """Actors' names, and those of a single word also as some text writes them: at volvo.

    Those of people are heeded with their capital alone, for many of them are words.
    """
    told = set(names)
    return told | small_in("\n".join(texts), told - NOBODY - WORDS)
