"""Questions about signals and trends: how they stand on a day, and what carries what."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, any_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.scanning import (
    SOON_DAYS,
    Confidence,
    ScanningState,
    Signal,
    SignalDraft,
    Trend,
    TrendDirection,
    TrendDraft,
    TrendGround,
)
from services.analysis.tables.scanning import ChallengeLinkRow, SignalRow, TrendRow
from services.kit.clock import from_day
from services.kit.collection import Collection, When
from services.kit.contract import MunicipalityCode, Name, OccupationCode, Reference
from services.kit.hindsight import had_come, told_since
from services.kit.paging import Filter, has, ownerless, same, since, until
from services.kit.store import table_of


def _counts(columns: Any, when: When) -> ColumnElement[bool]:
    """Whether it counts on the day: neither expired nor ended by it."""
    return and_(columns.expires_on >= when.day, ~had_come(columns.ended_on, when))


def _state(columns: Any, when: When) -> ColumnElement[Any]:
    soon = from_day(when.day, timedelta(days=SOON_DAYS))
    return case(
        (had_come(columns.ended_on, when), ScanningState.ended),
        (columns.expires_on < when.day, ScanningState.expired),
        (columns.expires_on < soon, ScanningState.expires_soon),
        else_=ScanningState.current,
    )


def _of_state() -> Filter:
    return Filter(
        ScanningState, lambda columns, values, when: _state(columns, when).in_(values), dated=True,
        keeps="Only those that stand so on the day; repeated: any of them",
    )  # fmt: skip


def _touching(column: str, kind: Any) -> Filter:
    """Those that name any of the values, and those that name none: they are about all."""
    named = has(column, kind).clause

    def clause(columns: Any, values: Sequence[Any]) -> ColumnElement[bool]:
        return or_(named(columns, values), func.cardinality(columns[column]) == 0)

    keeps = f"Only with this among {column}, or with none named; repeated: any of them"
    return Filter(kind, clause, keeps=keeps)


def binds(link: Any, when: When) -> ColumnElement[bool]:
    """Whether a link to a challenge binds on the day."""
    over = link.valid_to <= when.day
    return and_(link.valid_from <= when.day, or_(link.valid_to.is_(None), ~over))


async def first_link(db: AsyncConnection, column: str, id: UUID) -> date | None:
    """The first day that a thing is linked with something, by the column that names it."""
    link = table_of(ChallengeLinkRow)
    found: date | None = await db.scalar(
        select(func.min(link.c.valid_from)).where(link.c[column] == id)
    )
    return found


def _of_challenge(column: str) -> Filter:
    def clause(columns: Any, values: Sequence[Any], when: When) -> ColumnElement[bool]:
        link = when.among(ChallengeLinkRow).alias("bears")
        its = link.c[column] == columns.id, link.c.challenge_id.in_(values)
        return exists(select(link.c.id).where(*its, binds(link.c, when)))

    return Filter(
        Reference, clause, dated=True,
        keeps="Only those that bear on this challenge on the day; repeated: on any of them",
    )  # fmt: skip


def _shared(link: str) -> dict[str, Filter]:
    return {
        "state": _of_state(),
        "confidence": same("confidence", Confidence),
        "expires_from": since("expires_on"),
        "expires_until": until("expires_on"),
        "owner_post_id": same("owner_post_id", Reference),
        "ownerless": ownerless(),
        "industry": has("industries", Name),
        "touches_industry": _touching("industries", Name),
        "municipality_code": has("municipality_codes", MunicipalityCode),
        "occupation_code": has("occupation_codes", OccupationCode),
        "challenge_id": _of_challenge(link),
    }


def _ending(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """How it stands on the day; that it was ended later is not told of that day."""
    ended = told_since(columns, when, "ended_on", "ended_reason")
    return [_state(columns, when).label("state"), *ended]


def _trends_of(columns: Any, when: When) -> ColumnElement[Any]:
    trend = when.among(TrendRow).alias("carried")
    carried = columns.id == any_(trend.c.signal_ids)
    noted = trend.c.noted_on <= when.day
    return select(func.count()).select_from(trend).where(carried, noted).scalar_subquery()


def _of_signal(columns: Any, when: When) -> list[ColumnElement[Any]]:
    return [*_ending(columns, when), _trends_of(columns, when).label("trend_count")]


def _living(columns: Any, when: When) -> ColumnElement[Any]:
    """How many of a trend's signals had been seen by the day, and count on it."""
    signal = when.among(SignalRow).alias("carrying")
    its = signal.c.id == any_(columns.signal_ids)
    there = (signal.c.observed_on <= when.day) & _counts(signal.c, when)
    return select(func.count()).select_from(signal).where(its, there).scalar_subquery()


def _ground(columns: Any, when: When) -> ColumnElement[Any]:
    return case(
        (func.cardinality(columns.signal_ids) == 0, TrendGround.none),
        (_living(columns, when) == 0, TrendGround.lost),
        else_=TrendGround.carried,
    )


def _of_trend(columns: Any, when: When) -> list[ColumnElement[Any]]:
    living = _living(columns, when).label("living_signal_count")
    return [*_ending(columns, when), _ground(columns, when).label("ground"), living]


SIGNALS = Collection(
    row=SignalRow,
    draft=SignalDraft,
    answer=Signal,
    path="/signals",
    filters={
        "source_id": same("source_id", Reference),
        "observed_from": since("observed_on"),
        "observed_until": until("observed_on"),
        **_shared("signal_id"),
    },
    sorts=("-observed_on", "expires_on", "title", "created_at", "updated_at"),
    search=("title", "meaning", "source"),
    derive=_of_signal,
    on=lambda columns, _when: columns.observed_on,
)
TRENDS = Collection(
    row=TrendRow,
    draft=TrendDraft,
    answer=Trend,
    path="/trends",
    filters={
        "direction": same("direction", TrendDirection),
        "ground": Filter(
            TrendGround, lambda columns, values, when: _ground(columns, when).in_(values),
            dated=True, keeps="Only those that are carried so on the day; repeated: any of them",
        ),
        "signal_id": has("signal_ids", Reference),
        "noted_from": since("noted_on"),
        "noted_until": until("noted_on"),
        **_shared("trend_id"),
    },
    sorts=("-noted_on", "expires_on", "title", "created_at", "updated_at"),
    search=("title", "description"),
    derive=_of_trend,
    on=lambda columns, _when: columns.noted_on,
)  # fmt: skip
