"""What verdicts are made of: programmes that lead to the needs' occupations, and their intakes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.classification import CodeSystem
from services.analysis.following.queries import home, known
from services.analysis.following.sight import seen_by
from services.analysis.forecast.rules import METHOD_VERSION
from services.analysis.leaving.queries import standings_of
from services.analysis.tables import CorrespondenceRow, ForecastRow, SnapshotRow, SourceRow
from services.analysis.tables.following import PROJECTED
from services.analysis.thread.rules import OPEN
from services.analysis.verdict.reach import Reach
from services.analysis.verdict.sharing import places_of
from services.kit.identity import Caller
from services.kit.store import Record, table_of

Thing = dict[str, Any]
ASKED = (
    "id", "occupation_code", "municipality_codes", "headcount_per_year", "from_year", "to_year",
    "example",
)  # fmt: skip
GRANTED = "granted"  # what was refused or withdrawn is no offer; None: nobody had to ask
EMPLOYED = ("employed", "employed_since_2014")  # what is forecast, by where people live
LAST = "9999"  # an unknown start stands after those that are known


async def supply_for(
    db: AsyncConnection, needs: Sequence[Thing]
) -> tuple[list[Thing], list[Thing]]:
    """Programmes for these needs' occupations and all their intakes; three queries in all.

    A programme has the `standings` of its provider.
    """
    codes = {need["occupation_code"] for need in needs if need["occupation_code"]}
    if not codes:
        return [], []
    data = PROJECTED.c.data
    leads = [data.contains(cast({"occupation_codes": [code]}, JSONB)) for code in sorted(codes)]
    offered = func.coalesce(data["decision"].astext, GRANTED) == GRANTED
    programmes = await known(db, ("programme",), or_(*leads), offered)
    ids = [programme["id"] for programme in programmes]
    if not ids:
        return [], []
    intakes = await known(db, ("intake",), data["programme_id"].astext.in_(ids))
    standings = await standings_of(db, {one["provider_actor_id"] for one in programmes})
    programmes = [one | {"standings": standings[one["provider_actor_id"]]} for one in programmes]
    return programmes, sorted(intakes, key=lambda one: one["starts_on"] or LAST)


async def open_needs(db: AsyncConnection, needs: Sequence[Thing], caller: Caller) -> list[Thing]:
    """All open needs of these needs' occupations; whether the caller sees each."""
    codes = {need["occupation_code"] for need in needs if need["occupation_code"]}
    if not codes:
        return []
    thing, data = PROJECTED, PROJECTED.c.data
    named = [data.contains(cast({"occupation_code": code}, JSONB)) for code in sorted(codes)]
    columns = [*(data[name].label(name) for name in ASKED), seen_by(caller).label("seen")]
    statement = (
        select(*columns)
        .where(thing.c.entity == "need", thing.c.gone.is_(False), or_(*named))
        .where(data["status"].astext.in_(OPEN))
        .order_by(thing.c.changed_at.desc(), thing.c.key)
    )
    return [dict(row) for row in (await db.execute(statement)).mappings()]


async def reach(db: AsyncConnection) -> Reach:
    """Labour-market regions where they are imported; else our municipalities are one area."""
    key = table_of(CorrespondenceRow)
    asked = select(key.c.from_code, key.c.to_code).where(
        key.c.from_system == CodeSystem.municipality,
        key.c.to_system == CodeSystem.labour_market_region,
    )
    regions = {row.from_code: row.to_code for row in await db.execute(asked)}
    return Reach(frozenset(await home(db)), regions)


async def forecasts_of(
    db: AsyncConnection, occupations: Sequence[str], areas: Sequence[str]
) -> list[Record]:
    """The newest forecast of those employed in each occupation and area, with its source."""
    forecast, snapshot = table_of(ForecastRow), table_of(SnapshotRow)
    source = table_of(SourceRow)
    about = (
        "occupation_code",
        "area_level",
        "area_code",
        "origin_period",
        "origin_value",
        "points",
    )
    asked = (
        select(
            *(forecast.c[name] for name in (*about, "snapshot_id")),
            *(source.c[name] for name in ("name", "publisher", "licence")),
            source.c.id.label("source_id"),
            snapshot.c.fetched_at,
        )
        .ext(distinct_on(forecast.c.occupation_code, forecast.c.area_code))
        .join(snapshot, snapshot.c.id == forecast.c.snapshot_id)
        .join(source, source.c.id == snapshot.c.source_id)
        .where(
            forecast.c.indicator_key.in_(EMPLOYED),
            forecast.c.area_code.in_(areas),
            forecast.c.occupation_code.in_(occupations),
            forecast.c.method_version == METHOD_VERSION,
        )
        .order_by(
            forecast.c.occupation_code,
            forecast.c.area_code,
            (snapshot.c.id == source.c.latest_snapshot_id).desc(),
            forecast.c.origin_period.desc(),
            forecast.c.created_at.desc(),
        )
    )
    return [dict(row) for row in (await db.execute(asked)).mappings()]


def codes_of(
    needs: Sequence[Thing], programmes: Sequence[Thing], ours: Sequence[str]
) -> tuple[set[str], set[str]]:
    """The codes of municipalities and of occupations that verdicts rest on."""
    places = {code for need in needs for code in need["municipality_codes"]} | {*ours}
    places.update(*(places_of(one)[0] for one in programmes))
    return places, {need["occupation_code"] for need in needs if need["occupation_code"]}
