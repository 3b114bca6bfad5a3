"""What pulses tell of one person: nothing. Each test is a way to try (decision 0031)."""

import csv
import io
from collections.abc import AsyncIterator, Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import text

from services.councils.contract.pulse import FEWEST, PulseLevel
from services.councils.pulse import rules
from services.kit import clock
from tests.callers import ADMINISTRATOR, ASSOCIATION, LEADER, MEMBER, READER, municipality
from tests.councils.builders import day
from tests.councils.pulsing import LEVELS, Pulsing, later, marks, pulsing_house

MARKS = range(1, 6)
WORD = "Kvittrande siskor"
# What tells one round from another, whatever was answered.
DAYS = ("created_at", "updated_at", "asked_on", "closes_on", "closed_on")
ITS_OWN = ("id", "seats_new", "seats_gone", *DAYS)


@pytest.fixture
async def pulsing(databases: Any, tmp_path: Path, monkeypatch: Any) -> AsyncIterator[Pulsing]:
    """A council of six."""
    async with pulsing_house(databases, tmp_path, monkeypatch) as found:
        yield found


def high(answers: tuple[int, ...]) -> int:
    """How many gave a high mark."""
    return sum(one >= rules.HIGH for one in answers)


def told(answers: tuple[int, ...], before: PulseLevel | None = None) -> PulseLevel:
    """What a question shows."""
    return rules.level(high(answers), len(answers), before)


# What the figures tell by themselves.


def test_who_knows_all_answers_but_one_knows_no_mark() -> None:
    for others in product((1, 5), repeat=4):
        for shown in (told((*others, mark)) for mark in MARKS):
            could = [mark for mark in MARKS if told((*others, mark)) == shown]
            assert len(could) >= 2, f"{others} and {shown} leave {could} alone"


@given(some.lists(some.integers(1, 5), min_size=4, max_size=30), some.sampled_from(MARKS))
def test_nor_in_any_council_nor_after_any_round(others: list[int], mark: int) -> None:
    for before in (None, *PulseLevel):
        shown = told((*others, mark), before)
        could = [one for one in MARKS if told((*others, one), before) == shown]
        assert len(could) >= 2


def test_when_all_say_the_same_nobody_is_known_to_have_said_so() -> None:
    for count in range(FEWEST, 31):
        for mark in MARKS:
            alike = (mark,) * count
            for other in MARKS:
                assert told((*alike[1:], other)) == told(alike), "one could be the exception"


def _neighbours(answers: int, count: int) -> Iterator[tuple[int, int]]:
    """High marks and answers where one person left, came, gave way to another or changed mind."""
    changed = [(answers + change, count) for change in (-1, 0, 1)]
    left = [(answers, count - 1), (answers - 1, count - 1)]
    came = [(answers, count + 1), (answers + 1, count + 1)]
    for then, of in (*changed, *left, *came):
        if of >= FEWEST and 0 <= then <= of:
            yield then, of


def test_two_rounds_that_one_person_tells_apart_show_the_same() -> None:
    for count in range(FEWEST, 41):
        for answers in range(count + 1):
            shown = rules.level(answers, count, None)
            for then, of in _neighbours(answers, count):
                assert rules.level(then, of, shown) is shown, (answers, count, then, of)


def test_what_many_changed_shows() -> None:
    assert rules.level(0, 6, PulseLevel.at_least_four_fifths) is PulseLevel.at_most_a_fifth
    assert rules.level(3, 6, PulseLevel.at_least_four_fifths) is PulseLevel.about_half
    assert rules.level(14, 20, PulseLevel.at_least_four_fifths) is PulseLevel.more_than_half


@given(some.integers(FEWEST, 60).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n))))
def test_what_is_shown_is_never_further_off_than_one_answer(of: tuple[int, int]) -> None:
    share, one = Fraction(*of), Fraction(1, of[1])
    for before in (None, *PulseLevel):
        low, top = rules.RANGES[rules.level(*of, before)]
        assert low - one <= share <= top + one


@given(some.integers(FEWEST, 30).flatmap(lambda n: some.tuples(some.just(n), some.integers(0, n))))
def test_that_everybody_answered_is_not_told(of: tuple[int, int]) -> None:
    asked, answered = of
    could = [n for n in range(asked + 1) if rules.outcome(n) is rules.outcome(answered)]
    assert could == list(range(FEWEST) if answered < FEWEST else range(FEWEST, asked + 1))


# What the program tells.


async def everything(pulsing: Pulsing, *more: str) -> str:
    """All that anybody who may read it can get of pulses, by every door of the service."""
    found = []
    council = pulsing.called.council["id"]
    asked = ("/pulses", f"/councils/{council}/pulses", f"/pulses?council_id={council}", *more)
    for caller in (LEADER, ADMINISTRATOR, READER, ASSOCIATION, municipality("1472"), MEMBER):
        councils = pulsing.called.councils.by(caller)
        for url in asked:
            found += [(await councils.get(url)).text]
            found += [(await councils.get(url, headers={"Accept": "text/csv"})).text]
    for caller in (ADMINISTRATOR, ASSOCIATION):
        found.append((await pulsing.called.councils.by(caller).get("/feed?limit=500")).text)
    return "\n".join(found)


async def stored(pulsing: Pulsing, *tables: str) -> str:
    """Everything that stands in the service's database, or in some of its tables."""
    listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    async with pulsing.database.reading() as db:
        names = tables or tuple((await db.execute(text(listed))).scalars())
        rows = [
            str(row)
            for name in names
            for row in (await db.execute(text(f"SELECT t::text FROM {name} t"))).scalars()  # noqa: S608
        ]
    return "\n".join(rows)


async def test_an_answer_changes_nothing_that_is_told_while_a_round_is_open(
    pulsing: Pulsing,
) -> None:
    pulse = await pulsing.open()
    await pulsing.answered(pulse, *[marks(4)] * 5)
    one = f"/pulses/{pulse['id']}"
    asked = (one, f"{one}/lines", f"{one}/letters")
    before, ledger = await everything(pulsing, *asked), await stored(pulsing, "ledger")
    assert (await pulsing.answer(pulsing.all(pulse)[5], marks(1, line=WORD))).status_code == 200
    assert await everything(pulsing, *asked) == before
    assert await stored(pulsing, "ledger") == ledger, "nobody's answer is a change that is logged"


async def test_two_exports_around_a_late_answer_are_the_same(pulsing: Pulsing) -> None:
    pulse = await pulsing.open()
    await pulsing.answered(pulse, *[marks(5)] * 5)
    await pulsing.close(pulse)
    one = f"/pulses/{pulse['id']}"
    before = await everything(pulsing, one, f"{one}/lines")
    late = await pulsing.answer(pulsing.all(pulse)[5], marks(1, line=WORD))
    assert late.status_code == 409
    later(20)
    await pulsing.send_all()
    assert await everything(pulsing, one, f"{one}/lines") == before


async def test_four_answers_leave_nothing_anywhere(pulsing: Pulsing) -> None:
    pulse = await pulsing.open()
    await pulsing.answered(pulse, *[marks(5, 4, 2, 1, line=WORD)] * 4)
    closed = await pulsing.close(pulse)
    assert closed["outcome"] == "too_few"
    assert [closed[name] for name in LEVELS] == [None] * 4
    one = f"/pulses/{pulse['id']}"
    assert WORD not in await everything(pulsing, f"{one}/lines", one)
    assert WORD not in await stored(pulsing)
    assert (await pulsing.called.councils.get(f"{one}/lines")).json() == {"items": []}
    async with pulsing.database.reading() as db:
        kept = "SELECT count(*) FROM pulse_ticket WHERE coalesce(relations, results) IS NOT NULL"
        assert await db.scalar(text(kept)) == 0


async def test_of_how_many_too_few_were_nothing_is_told(pulsing: Pulsing) -> None:
    found = []
    for count in (0, 4):
        pulse = await pulsing.open()
        await pulsing.answered(pulse, *[marks(5)] * count)
        closed = await pulsing.close(pulse)
        kept = ("id", "created_at", "updated_at", "seats_new", "seats_gone")
        found.append({name: value for name, value in closed.items() if name not in kept})
    assert found[0] == found[1]


async def test_how_many_of_twelve_answered_is_told_in_no_step(
    databases: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    """At each edge that steps once had, and where everybody who was asked answers."""
    async with pulsing_house(databases, tmp_path, monkeypatch, members=12) as pulsing:
        found = []
        for count in (5, 7, 8, 11, 12):
            closed = await pulsing.told(*[marks(5)] * count)
            (sheet,) = await exported(pulsing, closed)
            found.append(({name: closed[name] for name in closed if name not in ITS_OWN}, sheet))
            later(40)
    assert [one for one in found if one != found[0]] == []


async def exported(pulsing: Pulsing, pulse: dict[str, Any]) -> list[dict[str, str]]:
    """A round's rows in the file, without what is its own."""
    councils = pulsing.called.councils
    text = (await councils.get("/pulses", headers={"Accept": "text/csv"})).text.lstrip("\ufeff")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["id"] == pulse["id"]]
    return [{name: row[name] for name in row if name not in ITS_OWN} for row in rows]


async def test_no_filter_narrows_what_was_answered(pulsing: Pulsing) -> None:
    await pulsing.told(*[marks(5)] * 5)
    councils = pulsing.called.councils
    for name in ("relations_level", "answered", "outcome", "actor_id", "person_id", "level", "q"):
        refused = await councils.get(f"/pulses?{name}=at_least_four_fifths")
        assert refused.status_code == 400, name
    refused = await councils.get("/pulses?sort=relations_level")
    assert refused.status_code == 400
    whole = (await councils.get("/pulses")).json()["items"]
    for some_of in ("state=closed", f"asked_from={day(-1)}", f"asked_until={day(1)}"):
        assert (await councils.get(f"/pulses?{some_of}")).json()["items"] == whole


async def test_what_was_told_before_a_round_closed_is_nothing_of_it(pulsing: Pulsing) -> None:
    opened = await pulsing.open()
    await pulsing.answered(opened, *[marks(5)] * 5)
    moment = clock.now()
    later(1)
    await pulsing.close(opened)
    url = f"/pulses/{opened['id']}"
    for then in (f"as_of={day(0)}", f"known_at={moment:%FT%TZ}"):
        found = await pulsing.called.councils.get(f"{url}?{then}")
        if found.status_code == 404:
            continue
        shown = found.json()
        assert shown["outcome"] is None, then
        assert [shown[name] for name in LEVELS] == [None] * 4


async def test_a_member_who_leaves_between_two_rounds_takes_no_answer_along(
    pulsing: Pulsing,
) -> None:
    for leaver in (1, 5):
        first = await pulsing.told(*[marks(5)] * 4, marks(2), marks(leaver))
        later(40)
        second = await pulsing.told(*[marks(5)] * 4, marks(2))
        shown = [[one[name] for name in (*LEVELS, "outcome")] for one in (first, second)]
        assert shown[0] == shown[1], leaver
        later(40)


async def test_a_round_is_not_opened_anew(pulsing: Pulsing) -> None:
    pulse = await pulsing.open()
    await pulsing.answered(pulse, *[marks(5)] * 5)
    closed, councils = await pulsing.close(pulse), pulsing.called.councils
    url = f"/pulses/{pulse['id']}"
    body = pulsing.a_round()
    for answer in (
        await councils.put(url, body, version=closed["version"]),
        await councils.post(f"{url}/close", None),
        await councils.delete(url, version=closed["version"]),
        await councils.post("/pulses", body),
    ):
        assert answer.status_code == 409
    assert (await councils.post(f"{url}/open", None)).status_code == 404
    assert (await councils.get(url)).json() == closed


async def test_a_round_that_is_called_off_is_forgotten(pulsing: Pulsing) -> None:
    pulse = await pulsing.open()
    await pulsing.answered(pulse, *[marks(5, line=WORD)] * 6)
    gone = await pulsing.called.councils.delete(f"/pulses/{pulse['id']}", version=1)
    assert gone.status_code == 204
    assert WORD not in await stored(pulsing)
    assert await stored(pulsing, "pulse_ticket", "pulse_letter", "pulse_line") == ""


# What the database tells whoever reads all of it.


async def test_no_row_leads_from_a_person_to_an_answer(pulsing: Pulsing) -> None:
    pulse = await pulsing.open()
    tokens = pulsing.all(pulse)
    for token, mark in zip(reversed(tokens), (1, 2, 3, 4, 5), strict=False):
        assert (await pulsing.answer(token, marks(mark, line=WORD))).status_code == 200
    whole = await stored(pulsing)
    assert not any(token in whole for token in tokens), "no secret is kept of what has gone"
    letters = await stored(pulsing, "pulse_letter")
    async with pulsing.database.reading() as db:
        found = await db.execute(text("SELECT *, xmin::text AS tx FROM pulse_ticket ORDER BY ctid"))
        rows = [dict(row) for row in found.mappings()]
        stays = "SELECT count(*) FROM ledger WHERE entity IN ('pulse_ticket', 'pulse_line')"
        assert await db.scalar(text(stays)) == 0
        asks = "SELECT count(*) FROM idempotency WHERE convert_from(body, 'UTF8') LIKE '%token%'"
        assert await db.scalar(text(asks)) == 0
    for same in ("tx", "version", "created_at", "updated_at", "pulse_id"):
        assert len({row[same] for row in rows}) == 1, f"{same} tells them apart"
    by_place = [bytes(row["hash"]) for row in rows]
    assert by_place == sorted(by_place), "they stand as dice threw them, whoever answered first"
    for row in rows:
        assert str(row["id"]) not in letters
        assert bytes(row["hash"]).hex() not in letters


async def test_lines_stand_in_no_order_that_means_anything(pulsing: Pulsing) -> None:
    pulse = await pulsing.open()
    said = [f"{WORD} {number}" for number in range(6)]
    await pulsing.answered(pulse, *[marks(3, line=one) for one in said])
    await pulsing.close(pulse)
    url = f"/pulses/{pulse['id']}/lines"
    shown = [one["text"] for one in (await pulsing.called.councils.get(url)).json()["items"]]
    assert sorted(shown) == said
    async with pulsing.database.reading() as db:
        found = (await db.execute(text("SELECT * FROM pulse_line ORDER BY ctid"))).mappings()
        rows = [dict(row) for row in found]
    assert [row["text"] for row in rows] == shown
    assert len({row["created_at"] for row in rows}) == 1
    assert WORD not in await everything(pulsing, f"/pulses/{pulse['id']}"), "lists hold no lines"


async def test_a_key_that_repeats_an_answer_is_not_kept(pulsing: Pulsing) -> None:
    pulse = await pulsing.open()
    before = await stored(pulsing, "idempotency")
    await pulsing.answered(pulse, marks(3))
    assert await stored(pulsing, "idempotency") == before
    both = await pulsing.answer(pulsing.all(pulse)[0], marks(3) | {"mark": 1})
    assert both.status_code == 422, "what is sent is read as everywhere else"
