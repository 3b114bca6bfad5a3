"""Where the picture of the model is asked for over HTTP."""

from fastapi import APIRouter, Response
from pydantic import Field

from services.councils.contract.picture import Picture
from services.councils.picture.queries import picture
from services.kit import clock
from services.kit.asking import Asking, InQuery
from services.kit.collection import When
from services.kit.contract import IsoDate, Moment
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc

router = APIRouter(tags=["picture"])


class PictureAsking(Asking):
    """On which day."""

    as_of: IsoDate | None = Field(None, description="On this day; left out: today")
    known_at: Moment | None = Field(None, description="As it was known at this moment")


@router.get("/picture", **read_doc("The model, drawn from what there is", "picture.read", Picture))
async def drawn(call: Calling, asked: InQuery[PictureAsking]) -> Response:
    """Its functions by level, filled and empty, and the ties between what fills them."""
    call.demand("picture", "read")
    when = When(asked.as_of or clock.today(), asked.known_at)
    async with call.reading() as db:
        found = await picture(db, call.caller, when)
    return answer(found)
