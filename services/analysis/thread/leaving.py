"""Which of those that carry needs have left, by their standings with those of what was merged."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.following.queries import known
from services.analysis.tables.following import PROJECTED

GONE = ("withdrawn", "closed")
Thing = dict[str, Any]


async def left_on(db: AsyncConnection, ids: Collection[str], today: date) -> dict[str, date]:
    """Those of some actors that take part no more on a day, each with the day that it left.

    An actor's own standing counts where it has one; of those merged with it, what began last.
    """
    if not ids:
        return {}
    data = PROJECTED.c.data
    merged = await known(db, ("actor",), data["merged_into_id"].astext.is_not(None))
    heirs: dict[str, str] = {one["id"]: one["merged_into_id"] for one in merged}
    living = {heirs.get(one, one) for one in ids}
    family = living | {one for one, heir in heirs.items() if heir in living}
    now: dict[str, Thing] = {}
    for standing in sorted(await _lasting(db, family, today), key=lambda one: _rank(one, heirs)):
        actor: str = standing["actor_id"]
        now[heirs.get(actor, actor)] = standing
    gone = {one: said for one, said in now.items() if said["status"] in GONE}
    found = {one: gone.get(heirs.get(one, one)) for one in ids}
    return {one: date.fromisoformat(said["valid_from"]) for one, said in found.items() if said}


async def _lasting(db: AsyncConnection, family: Collection[str], today: date) -> list[Thing]:
    data, day = PROJECTED.c.data, today.isoformat()
    until = data["valid_to"].astext
    lasts = data["valid_from"].astext <= day, or_(until.is_(None), until > day)
    return await known(db, ("standing",), data["actor_id"].astext.in_(family), *lasts)


def _rank(standing: Thing, heirs: Collection[str]) -> tuple[bool, str, str]:
    """What goes before comes last."""
    return standing["actor_id"] not in heirs, standing["valid_from"], standing["id"]
