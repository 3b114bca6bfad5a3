"""Asking: a place's newest forecasts, with what they are made of."""

import asyncio
from collections.abc import Sequence
from typing import Any

from services.analysis.forecast.queries import Known, known_for, newest_forecasts
from services.analysis.forecast.rules import METHOD_VERSION
from services.analysis.forecast.telling import Told, each_of, told_of
from services.analysis.indicator.engine import Engine
from services.kit.db import Database
from services.kit.store import Record

NOTHING: dict[str, Any] = {"place": None, "items": [], "next": None}


async def forecasts_shown(
    database: Database, engine: Engine, area: str, occupations: tuple[str, ...]
) -> dict[str, Any]:
    """The newest forecasts of a place; nothing where nothing is known of it."""
    async with database.reading() as db:
        known = await known_for(db, area, occupations)
    told = await asyncio.to_thread(_read, engine, known, area, occupations)
    if told is None or not known.is_place:
        return NOTHING
    now = told.snapshot
    async with database.reading() as db:
        found = await newest_forecasts(
            db, told.indicator["key"], str(told.spot.code), now["content_hash"], occupations
        )
    items = [_shown(told, known, one, history=bool(occupations)) for one in found]
    return {"place": _place(told, found), "items": items, "next": None}


def _read(engine: Engine, known: Known, area: str, occupations: tuple[str, ...]) -> Told | None:
    """The place, with the years of the occupations asked for; of all no history is told."""
    told = told_of(engine, known, area)
    return each_of(told, occupations) if told and occupations else told


def _place(told: Told, found: Sequence[Record]) -> dict[str, Any]:
    now = told.snapshot
    made = (now["content_hash"], METHOD_VERSION)
    current = any((one["content_hash"], one["method_version"]) == made for one in found)
    more = {"snapshot_id": now["id"], "last_period": told.last, "current": current}
    return told.about() | more


def _shown(told: Told, known: Known, forecast: Record, *, history: bool) -> dict[str, Any]:
    about = told.about()
    names = ("indicator_name", "area_name", "source_id", "source_name")
    occupation = forecast["occupation_code"]
    return forecast | {
        **{name: about[name] for name in names},
        "occupation_name": known.facts.occupation_names.get(occupation),
        "history": _history(told, occupation) if history else None,
    }


def _history(told: Told, occupation: str) -> list[dict[str, Any]]:
    """Its years; one stands after a break also where the year of the break is unknown."""
    found, breaks, known = list[dict[str, Any]](), sorted(told.breaks.items()), 0
    for year, value in told.exactly(occupation).items():
        since = known or year - 1
        reason = next((why for at, why in breaks if since < at <= year), None)
        found.append(
            {
                "period": str(year),
                "value": value,
                "after_break": reason is not None,
                "break_reason": reason,
            }
        )
        known = known if value is None else year
    return found
