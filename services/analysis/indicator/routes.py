"""Where indicators and their figures are asked for over HTTP."""

from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from services.analysis.classification.queries import unclassified
from services.analysis.contract.indicator import JSON_STAT, AreaCode, Figure, PeriodText, Sex
from services.analysis.contract.source import AreaLevel
from services.analysis.following.asking import brought_up_to_date
from services.analysis.following.queries import home
from services.analysis.indicator import actions
from services.analysis.indicator.datasets import (
    COLUMNS,
    citations,
    json_stat,
    rows,
)
from services.analysis.indicator.figures import Shown, Wanted, demand_indicators, figures_of
from services.analysis.indicator.queries import INDICATORS
from services.analysis.indicator.rules import MOST_PLACES, NATION, level_of
from services.kit import export
from services.kit.asking import Asking, InQuery
from services.kit.contract import Code, OccupationCode
from services.kit.http import Call, Calling, answer, encode
from services.kit.openapi import also_as_files, read_doc
from services.kit.resources import as_file, file_wanted, resource

indicators = resource(
    INDICATORS, create=actions.describe_indicator, replace=actions.revise_indicator
)
router = APIRouter(tags=["indicator"])


class FigureList(BaseModel):
    """Figures, each with its source, level and age."""

    items: list[Figure]
    citations: list[str] = Field(description="How to cite them: one for each source and snapshot")
    next: None


class PlacesAsking(Asking):
    """Which places figures are asked for."""

    area_code: tuple[AreaCode, ...] = Field(
        ("00",),
        max_length=MOST_PLACES,
        description="The place: municipality, county or 00; an indicator that is not known for it "
        "answers for the finest area around it that it is known for, and says which. There "
        "is none around a municipality that the imported classification does not have",
        examples=[["1472"]],
    )
    ours: bool = Field(
        False,
        description="In place of area_code: the municipalities that are actors here; where none "
        "is known, the country",
    )
    together: bool = Field(False, description="The places' figures as one sum")


class FiguresAsking(PlacesAsking):
    """Which figures are asked for."""

    indicator: tuple[Code, ...] = Field(
        (), description="Only these keys; left out: all", examples=[["employed"]]
    )
    occupation_code: tuple[OccupationCode, ...] = Field(
        (), max_length=MOST_PLACES, description="SSYK 2012; left out: all occupations"
    )
    period: tuple[PeriodText, ...] = Field(
        (), description="Only these; left out: the latest of each indicator", examples=[["2024"]]
    )
    sex: tuple[Sex, ...] = Field((Sex.all,), description="Only of these; left out: all together")
    series: bool = Field(False, description="Every period there is")
    by_age: bool = Field(False, description="Each age group by itself, where ages are known")


def figures_doc(summary: str, answers: type[BaseModel]) -> dict[str, Any]:
    """How a reading of figures is described that is also answered as CSV, Excel and JSON-stat."""
    doc = also_as_files(read_doc(summary, "figure.read", answers))
    doc["responses"][200]["content"][JSON_STAT] = {"schema": {"type": "object"}}
    return doc


@router.get("/figures", **figures_doc("Figures with source, level and age", FigureList))
async def figures(call: Calling, asked: InQuery[FiguresAsking]) -> Response:
    """The figures of indicators; as CSV, Excel or JSON-stat 2.0 where `Accept` asks for it."""
    call.demand("figure", "read")
    wanted = Wanted(
        indicators=asked.indicator,
        occupations=asked.occupation_code,
        areas=await places_asked(call, asked),
        periods=asked.period,
        sexes=asked.sex,
        together=asked.together,
        series=asked.series,
        by_age=asked.by_age,
    )
    await demand_indicators(call.database, wanted.indicators)
    engine = call.request.app.state.figures
    found = await figures_of(call.database, engine, wanted) if wanted.areas else []
    return as_wanted(call, found)


def as_wanted(call: Call, found: list[Shown]) -> Response:
    """Figures as what `Accept` asks for: JSON, CSV, Excel or JSON-stat 2.0."""
    if file := file_wanted(call):
        told = rows(found)
        return as_file("siffror", COLUMNS, told, excel=file == export.EXCEL)
    if JSON_STAT in call.request.headers.get("accept", ""):
        place = {"Content-Disposition": 'attachment; filename="siffror.json"'}
        return Response(encode(json_stat(found)), 200, place, JSON_STAT)
    return answer({"items": found, "citations": citations(found), "next": None})


async def places_asked(call: Call, asked: PlacesAsking) -> tuple[str, ...]:
    """The places asked for, or ours; around a municipality that is none there is nothing."""
    if asked.ours:
        await brought_up_to_date(call)
    async with call.reading() as db:
        named = await home(db) if asked.ours else asked.area_code
        below = {code for code in named if level_of(code) is AreaLevel.municipality}
        none = (await unclassified(db, below, frozenset())).municipalities
    there = tuple(code for code in named if code not in none)
    return there if not asked.ours or 0 < len(there) <= MOST_PLACES else (NATION,)
