"""Where records are asked for over HTTP."""

from fastapi import APIRouter, Response
from pydantic import Field

from services.analysis.contract.record import OccupationRecordList
from services.analysis.indicator.routes import PlacesAsking, places_asked
from services.analysis.record.queries import records_of
from services.kit.asking import InQuery
from services.kit.contract import OccupationCode
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc

router = APIRouter(tags=["occupation"])


class RecordsAsking(PlacesAsking):
    """Which occupation is asked about, and around which places."""

    occupation_code: OccupationCode = Field(description="SSYK 2012")


@router.get(
    "/occupation-records",
    **read_doc("What registers tell in words", "occupation.read", OccupationRecordList),
)
async def occupation_records(call: Calling, asked: InQuery[RecordsAsking]) -> Response:
    """Assessments, related occupations, skills, educations and more, each with its source."""
    call.demand("occupation", "read")
    areas = await places_asked(call, asked)
    engine = call.request.app.state.figures
    found = await records_of(call.database, engine, asked.occupation_code, areas)
    return answer({"items": found, "next": None})
