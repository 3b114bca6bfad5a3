"""Where forecasts are made, asked for and scored over HTTP."""

import asyncio
from functools import partial
from typing import Any

from fastapi import APIRouter, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.forecast import (
    ForecastOrder,
    Forecasts,
    ForecastScores,
    ForecastsMade,
    Replacements,
)
from services.analysis.contract.indicator import AreaCode
from services.analysis.forecast import actions, replacing, scoring
from services.analysis.forecast.asking import forecasts_shown
from services.analysis.forecast.making import forecast
from services.analysis.forecast.queries import earlier_forecasts, known_for
from services.analysis.forecast.telling import each_of, told_of
from services.analysis.indicator.rules import MOST_PLACES, NATION
from services.kit.asking import Asking, InQuery
from services.kit.contract import OccupationCode
from services.kit.errors import Rejected
from services.kit.http import Call, Calling, Work, answer
from services.kit.openapi import action_doc, read_doc

router = APIRouter(tags=["forecast"])


class ForecastsAsking(Asking):
    """Which place's forecasts are asked for, and of which occupations."""

    area_code: AreaCode = Field(
        NATION,
        description="Municipality, county or 00; answered for the finest area around it that "
        "figures are known for, which is said",
    )
    occupation_code: tuple[OccupationCode, ...] = Field(
        (), max_length=MOST_PLACES, description="SSYK 2012; left out: all"
    )


class ReplacementAsking(ForecastsAsking):
    """Which occupations' leavers are asked for, and at what age they leave."""

    leaving_age: int = Field(67, ge=65, le=69, description="The age at which all are taken to go")


@router.get("/forecasts", **read_doc("Forecasts of a place", "forecast.read", Forecasts))
async def forecasts(call: Calling, asked: InQuery[ForecastsAsking]) -> Response:
    """What is expected of the occupations of a place, as it was made."""
    call.demand("forecast", "read")
    told = partial(forecasts_shown, call.database, call.request.app.state.figures)
    return answer(await told(asked.area_code, asked.occupation_code))


@router.post("/forecasts", **action_doc("Forecast a place", "forecast.write", ForecastsMade))
async def made(call: Calling, order: ForecastOrder) -> Response:
    """All occupations of a place at once: what came true is not told of those alone asked for."""
    call.demand("forecast", "write")
    async with call.reading() as db:
        known = await known_for(db, order.area_code)
    engine = call.request.app.state.figures
    found = await asyncio.to_thread(forecast, engine, known, order.area_code)
    if found is None or not known.is_place:
        raise Rejected("no figures to forecast by", field="area_code", reason="no_figures")

    async def keep(work: Work, order: ForecastOrder) -> ForecastsMade:
        return await actions.keep_forecasts(work, order, found)

    return await call.perform(keep, order, show=_told)


async def _told(_db: AsyncConnection, done: ForecastsMade) -> Response:
    return answer(done.model_dump())


@router.get(
    "/forecast-scores",
    **read_doc("What came true of forecasts", "forecast.read", ForecastScores),
)
async def scored(call: Calling, asked: InQuery[ForecastsAsking]) -> Response:
    """Every year that has come since, beside what was expected of it."""
    call.demand("forecast", "read")
    told, earlier = await _earlier(call, asked.area_code)
    return answer(scoring.answer_of(told, earlier, asked.occupation_code))


async def _earlier(call: Call, area: str) -> Any:
    async with call.reading() as db:
        known = await known_for(db, area)
    told = await asyncio.to_thread(told_of, call.request.app.state.figures, known, area)
    if told is None or not known.is_place:
        return None, []
    async with call.reading() as db:
        key, area = told.indicator["key"], str(told.spot.code)
        earlier = await earlier_forecasts(db, key, area, told.last)
    return await asyncio.to_thread(each_of, told) if earlier else told, earlier


@router.get(
    "/replacements",
    **read_doc("How many leave occupations by age", "forecast.read", Replacements),
)
async def replacements(call: Calling, asked: InQuery[ReplacementAsking]) -> Response:
    """Who leaves by age in five years, of the country and, by its share, of a place."""
    call.demand("forecast", "read")
    async with call.reading() as db:
        known = await known_for(db, asked.area_code, asked.occupation_code)
    engine = call.request.app.state.figures
    wanted = replacing.Wanted(asked.area_code, asked.occupation_code, asked.leaving_age)
    rows = await asyncio.to_thread(replacing.replacements, engine, known, wanted)
    return answer({"items": rows, "next": None})
