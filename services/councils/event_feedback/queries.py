"""Questions about feedback."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.event_feedback import FEWEST, MARKS
from services.councils.event.queries import EVENT
from services.councils.tables.event import EventFeedbackRow
from services.kit.contract import Reference
from services.kit.store import Record, table_of

FEEDBACK = table_of(EventFeedbackRow)
TEXTS_MOST = 500
SCALE = range(1, 6)


async def results(db: AsyncConnection, ids: list[UUID], *, words: bool) -> list[Record]:
    """What was thought of events: numbers in one question, words, for some, in another."""
    counted = {row["event_id"]: dict(row) for row in (await db.execute(_marks(ids))).mappings()}
    texts = await _texts(db, ids) if words else {}
    return [_result(one, counted.get(one, {}), texts.get(one, [])) for one in ids]


def _in_order(ids: list[UUID]) -> Any:
    """Everybody's answer to events, with which one it was, and how many there are."""
    of = FEEDBACK.c.event_id
    came = func.row_number().over(partition_by=of, order_by=(FEEDBACK.c.created_at, FEEDBACK.c.id))
    whole = func.count().over(partition_by=of)
    asked = select(FEEDBACK, came.label("came"), whole.label("everybody")).where(of.in_(ids))
    return asked.subquery().c


def _by_fives(place: ColumnElement[int], whole: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether what came in this place is told: with four others, or not yet."""
    return place <= whole - whole % FEWEST


def _marks(ids: list[UUID]) -> Select[Any]:
    """How many answered, and how many gave each mark, of those that are told of.

    Who left a mark out is not among the five of it: else fewer would be told of.
    """
    given = _in_order(ids)
    columns = [given.event_id]
    for mark in MARKS:
        here = and_(given[mark].is_not(None), _by_fives(given.came, given.everybody))
        place = func.count().filter(here).over(partition_by=given.event_id, order_by=given.came)
        whole = func.count().filter(here).over(partition_by=given.event_id)
        told = and_(here, _by_fives(place, whole))
        columns.append(case((told, given[mark])).label(mark))
    told_of = select(*columns).subquery().c
    each = [
        func.count().filter(told_of[mark] == value).label(f"{mark}_{value}")
        for mark in MARKS
        for value in SCALE
    ]
    of = told_of.event_id
    return select(of, func.count().label("count"), *each).group_by(of)


async def is_told(db: AsyncConnection, event_id: UUID, id: UUID) -> bool:
    """Whether an answer is told of, together with four others."""
    given = _in_order([event_id])
    asked = select(_by_fives(given.came, given.everybody)).where(given.id == id)
    return bool(await db.scalar(asked))


async def said_before(db: AsyncConnection, event_id: UUID, browser: bytes) -> Record | None:
    """What a browser has said of an event."""
    its = FEEDBACK.c.event_id == event_id, FEEDBACK.c.browser == browser
    row = (await db.execute(select(FEEDBACK).where(*its))).mappings().one_or_none()
    return dict(row) if row else None


async def _texts(db: AsyncConnection, ids: list[UUID]) -> dict[UUID, list[str]]:
    """The words of five answers at a time, at most so many of each event.

    By chance, and the same each time: nobody's words are told apart by when they came.
    """
    given = _in_order(ids)
    told = given.text.is_not(None), _by_fives(given.came, given.everybody)
    by_chance = func.md5(cast(given.id, Text))
    place = func.row_number().over(partition_by=given.event_id, order_by=by_chance).label("place")
    ranked = select(given.event_id, given.text, place).where(*told).subquery()
    first = select(ranked).where(ranked.c.place <= TEXTS_MOST).order_by(ranked.c.place)
    texts: dict[UUID, list[str]] = {}
    for row in await db.execute(first):
        texts.setdefault(row.event_id, []).append(row.text)
    return texts


def _result(id: UUID, row: Record, texts: list[str]) -> Record:
    marks = []
    for mark in MARKS:
        spread = [row.get(f"{mark}_{value}", 0) for value in SCALE]
        count = sum(spread)
        if not count:
            marks.append({"mark": mark, "count": 0, "mean": None, "spread": [0] * len(SCALE)})
            continue
        whole = sum(value * amount for value, amount in zip(SCALE, spread, strict=True))
        mean = round(whole / count, 2)
        marks.append({"mark": mark, "count": count, "mean": mean, "spread": spread})
    return {"event_id": id, "count": row.get("count", 0), "marks": marks, "texts": texts}


async def events_of(db: AsyncConnection, project_id: Reference) -> list[UUID]:
    """The events of a project, in the order of their times."""
    asked = select(EVENT.c.id).where(EVENT.c.project_id == project_id)
    return list((await db.scalars(asked.order_by(EVENT.c.starts_at, EVENT.c.id))).all())
