"""Where indicators and their figures are asked for over HTTP."""

from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.analysis.contract.indicator import AreaCode, Figure, PeriodText, Sex
from services.analysis.following.asking import Reader
from services.analysis.indicator import actions
from services.analysis.indicator.figures import Wanted, demand_indicators, figures_of
from services.analysis.indicator.queries import INDICATORS
from services.kit.contract import Code, OccupationCode
from services.kit.errors import Malformed
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc
from services.kit.resources import resource

indicators = resource(
    INDICATORS, create=actions.describe_indicator, replace=actions.revise_indicator
)
router = APIRouter(tags=["indicator"])
MOST = 100
NAMES = (
    "indicator",
    "occupation_code",
    "area_code",
    "period",
    "sex",
    "together",
    "series",
    "by_age",
)


class FigureList(BaseModel):
    """Figures, each with its source, level and age."""

    items: list[Figure]
    next: None


def _many(name: str, text: str, one: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "array", "items": one}
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


def _flag(name: str, text: str) -> dict[str, Any]:
    return _many(name, text, {}) | {"schema": {"type": "boolean", "default": False}}


_TEXT = {"type": "string"}
PARAMETERS = [
    _many(
        "indicator", "Only these keys; left out: all", _TEXT | {"pattern": "^[a-z][a-z0-9_]{0,59}$"}
    ),
    _many(
        "occupation_code", "SSYK 2012; left out: all occupations", _TEXT | {"pattern": "^[0-9]{4}$"}
    ),
    _many(
        "area_code",
        "The place: municipality, county or 00; an indicator that is not known for it answers "
        "for the finest area around it that it is known for, and says which. Left out: 00",
        _TEXT | {"pattern": "^([0-9]{2}|[0-9]{4})$"},
    ),
    _many("period", "Only these; left out: the latest of each indicator", _TEXT | {"maxLength": 7}),
    _many("sex", "women, men, all; left out: all", {"enum": list(Sex)}),
    _flag("together", "The places' figures as one sum"),
    _flag("series", "Every period there is"),
    _flag("by_age", "Each age group by itself, where ages are known"),
]


def _doc() -> dict[str, Any]:
    doc = read_doc("Figures with source, level and age", "figure.read", FigureList)
    doc["openapi_extra"] |= {"parameters": PARAMETERS}
    return doc


@router.get("/figures", **_doc())
async def figures(call: Calling) -> Response:
    """The figures of indicators for occupations and places."""
    call.demand("figure", "read")
    reader = Reader(call, NAMES)
    wanted = Wanted(
        indicators=reader.many("indicator", Code),
        occupations=reader.many("occupation_code", OccupationCode),
        areas=reader.many("area_code", AreaCode) or ("00",),
        periods=reader.many("period", PeriodText),
        sexes=reader.many("sex", Sex) or (Sex.all,),
        together=reader.one("together", bool, False),
        series=reader.one("series", bool, False),
        by_age=reader.one("by_age", bool, False),
    )
    reader.done()
    if max(len(wanted.occupations), len(wanted.areas)) > MOST:
        raise Malformed(f"at most {MOST} codes", field="area_code", reason="out_of_range")
    await demand_indicators(call.database, wanted.indicators)
    found = await figures_of(call.database, call.request.app.state.figures, wanted)
    return answer({"items": found, "next": None})
