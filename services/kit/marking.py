"""Marking: a question is built once, whichever ids, day and moment it is asked about.

Building SQL costs more than PostgreSQL's answer to it, and nearly every page asks about an id of
its own. Marks stand for those while a question is built, and give way when it is asked. Where a
mark does not come out as it went in, a question is built for its own values.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from services.kit import clock
from services.kit.paging import Asked
from services.kit.reading import MARKABLE, QUESTIONS, Question

Meant = Mapping[Any, Any]
# No id of ours begins so (they are of version 7), and no day or moment is so long ago or away.
_FIRST = UUID("6d61726b-0000-4000-8000-000000000000").int
_MOMENT = datetime(1300, 6, 6, 6, 6, 6, tzinfo=UTC)
_PAST, _COMING = 1010, 8010
_TRACES = re.compile(r"6d61726b|\b(?:1[0-3]|8[0-2])\d\d-")


def marked(asked: Asked) -> tuple[Asked, Meant]:
    """The question with marks in it, and what each of them stands for."""
    meant: dict[Any, Any] = {}
    times: dict[str, Any] = {}
    if asked.as_of:
        times["as_of"] = _mark_of_day(asked.as_of, meant)
    if asked.known_at:
        times["known_at"] = _MOMENT
        meant[_MOMENT] = asked.known_at
    filters = tuple((name, tuple(_marks(values, meant))) for name, values in asked.filters)
    return replace(asked, filters=filters, **times), meant


def _marks(values: tuple[Any, ...], meant: dict[Any, Any]) -> Iterator[Any]:
    if all(isinstance(value, UUID) for value in values):
        yield from _marks_of_ids(values, meant)
    elif len(values) == 1 and type(values[0]) is date:
        yield _mark_of_day(values[0], meant)
    else:
        yield from values


def _marks_of_ids(ids: tuple[UUID, ...], meant: dict[Any, Any]) -> Iterator[UUID]:
    """Of many there are up to twice as many, so that lists differ in fewer lengths."""
    for place in range(1 << (len(ids) - 1).bit_length() if ids else 0):
        mark = _mark_of_id(len(meant))
        meant[mark] = ids[min(place, len(ids) - 1)]
        yield mark


@cache
def _mark_of_id(place: int) -> UUID:
    return UUID(int=_FIRST + place)


def _mark_of_day(day: date, meant: dict[Any, Any]) -> date:
    """Whether the day has come may decide what is asked: the mark says the same of it.

    Marks lie far apart, so that a day reckoned from one is none.
    """
    mark = date((_PAST if day < clock.today() else _COMING) + 20 * (len(meant) % 14), 6, 6)
    if mark in meant:
        return day
    meant[mark] = day
    return mark


def question_of(key: Hashable, asked: Asked, build: Callable[[Asked], Any]) -> Any:
    """What is built for a question, each Question in it about the values that are asked about."""
    pattern, meant = marked(asked)
    made, fits = QUESTIONS.get((key, pattern), lambda: _built(build(pattern), meant))
    if not fits:
        return QUESTIONS.get(("own", key, asked), lambda: build(asked))
    return tuple(one.about(meant) if isinstance(one, Question) else one for one in made)


def _built(made: tuple[Any, ...], meant: Meant) -> tuple[tuple[Any, ...], bool]:
    return made, all(_fits(one, meant) for one in made if isinstance(one, Question))


def _fits(question: Question, meant: Meant) -> bool:
    """Whether each id's mark is among the values, and nothing was made of any mark."""
    values = [one for value in question.values for one in _each(value)]
    marks = {one for one in values if isinstance(one, MARKABLE) and one in meant}
    # No id is made of another; those of others may have figures in them that look like a year.
    rest = [one for one in values if not isinstance(one, UUID)]
    words = " ".join(str(one) for one in rest if not (isinstance(one, date) and one in marks))
    ids = {mark for mark in meant if isinstance(mark, UUID)}
    return ids <= marks and not _TRACES.search(f"{question.sql} {words}")


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
