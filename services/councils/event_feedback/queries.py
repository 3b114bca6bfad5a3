"""Questions about feedback."""

from uuid import UUID

from sqlalchemy import Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.event_feedback import MARKS
from services.councils.event.queries import EVENT
from services.councils.tables.event import EventFeedbackRow
from services.kit.contract import Reference
from services.kit.store import Record, table_of

FEEDBACK = table_of(EventFeedbackRow)
TEXTS_MOST = 500
SCALE = range(1, 6)


async def results(db: AsyncConnection, ids: list[UUID]) -> list[Record]:
    """What was thought of events: numbers in one question, words in another."""
    of = FEEDBACK.c.event_id
    each = [
        func.count().filter(FEEDBACK.c[mark] == value).label(f"{mark}_{value}")
        for mark in MARKS
        for value in SCALE
    ]
    asked = select(of, func.count().label("count"), *each).where(of.in_(ids)).group_by(of)
    counted = {row["event_id"]: dict(row) for row in (await db.execute(asked)).mappings()}
    # By chance, and the same each time: nobody's words are told apart by when they came.
    order = func.md5(cast(FEEDBACK.c.id, Text))
    words = select(of, FEEDBACK.c.text).where(of.in_(ids), FEEDBACK.c.text.is_not(None))
    texts: dict[UUID, list[str]] = {}
    for row in await db.execute(words.order_by(order).limit(TEXTS_MOST)):
        texts.setdefault(row.event_id, []).append(row.text)
    return [_result(one, counted.get(one, {}), texts.get(one, [])) for one in ids]


def _result(id: UUID, row: Record, texts: list[str]) -> Record:
    marks = []
    for mark in MARKS:
        spread = [row.get(f"{mark}_{value}", 0) for value in SCALE]
        count = sum(spread)
        whole = sum(value * amount for value, amount in zip(SCALE, spread, strict=True))
        mean = round(whole / count, 2) if count else None
        marks.append({"mark": mark, "count": count, "mean": mean, "spread": spread})
    return {"event_id": id, "count": row.get("count", 0), "marks": marks, "texts": texts}


async def events_of(db: AsyncConnection, project_id: Reference) -> list[UUID]:
    """The events of a project, in the order of their times."""
    asked = select(EVENT.c.id).where(EVENT.c.project_id == project_id)
    return list((await db.scalars(asked.order_by(EVENT.c.starts_at, EVENT.c.id))).all())
