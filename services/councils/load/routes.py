"""Where it is asked over HTTP what posts carry."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.councils.contract.load import Load, Loads
from services.councils.load.queries import loads
from services.kit import clock, export
from services.kit.asking import Asking, InQuery
from services.kit.collection import When
from services.kit.contract import IsoDate, Moment
from services.kit.http import Calling, answer
from services.kit.openapi import also_as_files, read_doc
from services.kit.resources import as_file, file_wanted

router = APIRouter(tags=["load"])


class LoadsAsking(Asking):
    """Which posts are asked about."""

    post_id: list[UUID] = Field(min_length=1, max_length=200, description="The posts")
    as_of: IsoDate | None = Field(None, description="On this day; left out: today")
    known_at: Moment | None = Field(None, description="As it was known at this moment")


@router.get(
    "/loads", **also_as_files(read_doc("How much each of some posts carries", "load.read", Loads))
)
async def how_much(call: Calling, asked: InQuery[LoadsAsking]) -> Response:
    """On a day, of what the caller may know of; as CSV or Excel where `Accept` asks for it."""
    call.demand("load", "read")
    when = When(asked.as_of or clock.today(), asked.known_at)
    async with call.reading() as db:
        carried = await loads(db, asked.post_id, call.caller, when)
    if file := file_wanted(call):
        return as_file("loads", list(Load.model_fields), carried, excel=file == export.EXCEL)
    return answer({"on": when.day, "items": carried})
