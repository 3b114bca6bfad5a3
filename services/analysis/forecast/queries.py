"""Questions about forecasts, and about what they are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.classification.occupations import DIGITS
from services.analysis.classification.queries import unclassified
from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.source import AreaLevel
from services.analysis.forecast.rules import METHOD_VERSION
from services.analysis.indicator.queries import Facts, facts_for
from services.analysis.indicator.rules import level_of
from services.analysis.tables import CodeRow, ForecastRow
from services.kit.store import Record, table_of


@dataclass(frozen=True)
class Known:
    """What forecasts can be made of: indicators, and the occupations to be told of.

    No occupations: those that the source tells of.
    """

    facts: Facts
    occupations: tuple[str, ...]
    is_place: bool


async def known_for(db: AsyncConnection, area: str, wanted: tuple[str, ...] = ()) -> Known:
    """All indicators, with the occupations wanted or every one; whether an area is one."""
    occupations = wanted or await _every_occupation(db)
    below = frozenset({area}) if level_of(area) is AreaLevel.municipality else frozenset()
    none = (await unclassified(db, below, frozenset())).municipalities
    return Known(await facts_for(db, (), occupations), occupations, not none)


async def _every_occupation(db: AsyncConnection) -> tuple[str, ...]:
    code = table_of(CodeRow)
    asked = select(code.c.code).where(code.c.system == CodeSystem.ssyk2012, code.c.level == DIGITS)
    return tuple((await db.execute(asked.order_by(code.c.code))).scalars())


async def newest_forecasts(
    db: AsyncConnection, indicator: str, area: str, content_hash: str, occupations: Sequence[str]
) -> list[Record]:
    """A place's forecast of each occupation: that of what the source says now, or the newest."""
    forecast = table_of(ForecastRow)
    now = (forecast.c.content_hash == content_hash) & (forecast.c.method_version == METHOD_VERSION)
    asked = (
        select(forecast)
        .ext(distinct_on(forecast.c.occupation_code))
        .where(forecast.c.indicator_key == indicator, forecast.c.area_code == area)
        .order_by(forecast.c.occupation_code, now.desc(), forecast.c.created_at.desc())
    )
    if occupations:
        asked = asked.where(forecast.c.occupation_code.in_(occupations))
    return [dict(row) for row in (await db.execute(asked)).mappings()]


async def earlier_forecasts(
    db: AsyncConnection, indicator: str, area: str, last: str
) -> list[Record]:
    """A place's forecasts of what was to come before its last period."""
    forecast = table_of(ForecastRow)
    names = ("id", "occupation_code", "origin_period", "points", "scale")
    asked = (
        select(*(forecast.c[name] for name in names))
        .where(
            forecast.c.indicator_key == indicator,
            forecast.c.area_code == area,
            forecast.c.origin_period < last,
        )
        .order_by(forecast.c.origin_period.desc(), forecast.c.occupation_code, forecast.c.id)
    )
    return [dict(row) for row in (await db.execute(asked)).mappings()]


async def forecast_occupations(
    db: AsyncConnection, indicator: str, area: str, content_hash: str
) -> set[str]:
    """The occupations that have a forecast of what a source says, by this method."""
    forecast = table_of(ForecastRow)
    asked = select(forecast.c.occupation_code).where(
        forecast.c.indicator_key == indicator,
        forecast.c.area_code == area,
        forecast.c.content_hash == content_hash,
        forecast.c.method_version == METHOD_VERSION,
    )
    return set((await db.execute(asked)).scalars())
