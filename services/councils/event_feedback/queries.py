"""Questions about feedback."""

from uuid import UUID

from sqlalchemy import Text, cast, func, select
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
    of = FEEDBACK.c.event_id
    each = [
        func.count().filter(FEEDBACK.c[mark] == value).label(f"{mark}_{value}")
        for mark in MARKS
        for value in SCALE
    ]
    asked = select(of, func.count().label("count"), *each).where(of.in_(ids)).group_by(of)
    counted = {row["event_id"]: dict(row) for row in (await db.execute(asked)).mappings()}
    texts = await _texts(db, ids) if words else {}
    return [_result(one, counted.get(one, {}), texts.get(one, [])) for one in ids]


async def _texts(db: AsyncConnection, ids: list[UUID]) -> dict[UUID, list[str]]:
    """The words of five answers at a time, at most so many of each event.

    By chance, and the same each time: nobody's words are told apart by when they came.
    """
    of, key = FEEDBACK.c.event_id, FEEDBACK.c.id
    came = func.row_number().over(partition_by=of, order_by=(FEEDBACK.c.created_at, key))
    whole = func.count().over(partition_by=of)
    columns = of, key, FEEDBACK.c.text, came.label("came"), whole.label("whole")
    given = select(*columns).where(of.in_(ids)).subquery().c
    told = given.text.is_not(None), given.came <= given.whole - given.whole % FEWEST
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
        if count < FEWEST:
            # Of so few each could be told apart; that some have answered is told above.
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
