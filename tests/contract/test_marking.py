"""A question that is kept for all ids and days asks what one that is built for them asks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.actors.app import COLLECTIONS as ACTORS
from services.analysis.app import COLLECTIONS as ANALYSIS
from services.councils.app import COLLECTIONS as COUNCILS
from services.kit import clock
from services.kit.collection import Collection
from services.kit.contract import Day
from services.kit.listing import list_statement
from services.kit.marking import marked, question_of
from services.kit.paging import Asked
from services.kit.reading import Question, compiled
from tests.callers import ADMINISTRATOR

MOMENT = datetime(2025, 5, 4, 3, 2, 1, tzinfo=UTC)
PAST = date(2024, 2, 29)


def _filters(things: Collection) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for name, one in things.all_filters.items():
        if "UUID" in str(one.kind):
            yield name, (uuid4(), uuid4())
        elif one.kind is date or one.kind is Day:
            yield name, (PAST,)


def _questions(things: Collection) -> Iterator[Asked]:
    yield from (Asked(filters=(one,)) for one in _filters(things))
    for day in (PAST, clock.today(), clock.today() + timedelta(days=400)):
        yield Asked(as_of=day if things.periodic else None, known_at=MOMENT)


@pytest.mark.parametrize("things", [*ACTORS, *COUNCILS, *ANALYSIS], ids=lambda one: one.noun)
def test_the_kept_question_is_the_one_that_would_be_built(things: Collection) -> None:
    def built(pattern: Asked) -> tuple[Question]:
        return (compiled(list_statement(things, pattern, ADMINISTRATOR)[0]),)

    for asked in _questions(things):
        assert question_of(("test", things), asked, built) == built(asked), asked


def test_ids_of_about_as_many_share_a_question() -> None:
    ids = tuple(uuid4() for _ in range(5))
    assert len({marked(Asked(filters=(("id", ids[:size]),)))[0] for size in (3, 4)}) == 1
    _, meant = marked(Asked(filters=(("id", ids),)))
    assert set(meant.values()) == set(ids)


def test_a_day_that_has_come_is_not_asked_about_as_one_to_come() -> None:
    days = (PAST, clock.today(), clock.today() + timedelta(days=1))
    assert [marked(Asked(as_of=day))[0].as_of < clock.today() for day in days] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("make", [lambda it: f"of {it}", lambda it: it.replace(year=it.year - 1)])
def test_what_is_made_of_a_mark_is_built_for_its_own_value(make: Any) -> None:
    built: list[Asked] = []

    def build(pattern: Asked) -> tuple[Question]:
        built.append(pattern)
        return (Question("SELECT $1", (make(pattern.as_of),), None),)

    days = [date(2020, 1, 1), date(2021, 1, 1)]
    told = [question_of(make, Asked(as_of=day), build)[0].values for day in days]
    assert told == [(make(day),) for day in days]
    assert len(built) == len(["the pattern", *days])
