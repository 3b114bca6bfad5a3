"""Where the balance between women and men is asked for over HTTP."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from services.analysis.contract.equality import OccupationShares, ProgrammeShares, Segregation
from services.analysis.contract.indicator import PeriodText
from services.analysis.equality.asking import balances, indexes, occupation_shares, segregation
from services.analysis.equality.programmes import programme_shares
from services.analysis.following.asking import brought_up_to_date, listed
from services.analysis.indicator.figures import demand_indicators
from services.analysis.indicator.routes import PlacesAsking, as_wanted, figures_doc, places_asked
from services.kit.asking import InQuery
from services.kit.contract import Code, OccupationCode
from services.kit.errors import Malformed
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc

router = APIRouter(tags=["equality"])
EMPLOYED = "employed"


class SegregationList(BaseModel):
    """The index by indicator, place and period."""

    items: list[Segregation]
    citations: list[str] = Field(description="How to cite them: one for each source and snapshot")
    next: None


class SegregationAsking(PlacesAsking):
    """Which indexes are asked for."""

    indicator: tuple[Code, ...] = Field(
        (), description="Only these keys; left out: all that tell of women and men in occupations"
    )
    period: tuple[PeriodText, ...] = Field(
        (), description="Only these; left out: the latest of each indicator", examples=[["2024"]]
    )
    series: bool = Field(False, description="Every period there is")


class SharesAsking(PlacesAsking):
    """Which place's occupations are asked for; several places are one."""

    indicator: Code | None = Field(
        None, description="The key of what tells of women and men; left out: employed"
    )


class ProgrammesAsking(PlacesAsking):
    """Which occupation's programmes, and where its own share is asked for; places are one."""

    occupation_code: OccupationCode = Field(description="SSYK 2012")


@router.get(
    "/segregation", **figures_doc("How differently women and men are spread", SegregationList)
)
async def segregation_of(call: Calling, asked: InQuery[SegregationAsking]) -> Response:
    """The index of dissimilarity, with what chance does to it and whether it has changed.

    As CSV, Excel or JSON-stat 2.0 where `Accept` asks for it.
    """
    call.demand("figure", "read")
    await demand_indicators(call.database, asked.indicator)
    areas, engine = await places_asked(call, asked), call.request.app.state.figures
    told = (call.database, engine, asked.indicator, areas)
    found = await indexes(*told, one=asked.together) if areas else []
    rows = [row for one in found for row in segregation(one, asked.period, series=asked.series)]
    return as_wanted(call, rows)


@router.get(
    "/occupation-shares",
    **read_doc("Women and men in each occupation", "figure.read", OccupationShares),
)
async def shares_of(call: Calling, asked: InQuery[SharesAsking]) -> Response:
    """Every occupation of a place in the latest period, the least even first."""
    call.demand("figure", "read")
    if asked.indicator:
        await demand_indicators(call.database, (asked.indicator,))
    areas, engine = await places_asked(call, asked), call.request.app.state.figures
    told = (call.database, engine, (asked.indicator or EMPLOYED,), areas)
    found = await balances(*told) if areas else []
    whole = [one for one in found if one.periods]
    if len(whole) > 1:
        raise Malformed("the places are of several levels", field="area_code", reason="levels")
    if not whole:
        return answer({"about": None, "since": None, "items": [], "next": None})
    return answer(await occupation_shares(call.database, whole[0]))


@router.get(
    "/programme-shares",
    **read_doc("Women in what leads to an occupation", "figure.read", ProgrammeShares),
)
async def programme_shares_of(call: Calling, asked: InQuery[ProgrammesAsking]) -> Response:
    """Women among applicants, admitted and completed of each programme, beside the occupation."""
    call.demand("figure", "read")
    fresh = await brought_up_to_date(call)
    areas, engine = await places_asked(call, asked), call.request.app.state.figures
    found = await programme_shares(call.database, engine, asked.occupation_code, areas)
    return listed(found.pop("items"), fresh, **found)
