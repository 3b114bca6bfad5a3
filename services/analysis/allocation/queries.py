"""What is shared out: all open needs, the programmes to their occupations, and who reaches whom."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.following.sight import seen_by
from services.analysis.tables.following import PROJECTED
from services.analysis.thread.rules import OPEN
from services.analysis.verdict.queries import ASKED
from services.kit.identity import Caller

MOST_NEEDS = 5000


async def every_open_need(db: AsyncConnection, caller: Caller) -> tuple[list[dict[str, Any]], int]:
    """The open needs, those that changed last first, whoever may see them; and how many more."""
    thing, data = PROJECTED, PROJECTED.c.data
    columns = [*(data[name].label(name) for name in ASKED), seen_by(caller).label("seen")]
    asked = (
        select(*columns, thing.c.label, func.count().over().label("all"))
        .where(thing.c.entity == "need", thing.c.gone.is_(False))
        .where(data["status"].astext.in_(OPEN), data["merged_into_id"].astext.is_(None))
        .order_by(thing.c.changed_at.desc(), thing.c.key)
        .limit(MOST_NEEDS)
    )
    found = [dict(row) for row in (await db.execute(asked)).mappings()]
    return found, found[0]["all"] - len(found) if found else 0
