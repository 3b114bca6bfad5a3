"""Where codes are asked for over HTTP; they come in through `operations import`."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field, StringConstraints

from services.analysis.classification.by_heart import known_by_heart
from services.analysis.classification.occupations import Wanted, is_classified, occupations
from services.analysis.classification.queries import CODES, CORRESPONDENCES
from services.analysis.contract.classification import OccupationList
from services.analysis.following.asking import next_address
from services.kit.asking import InQuery, Window
from services.kit.contract import OccupationCode
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc
from services.kit.resources import resource

codes = resource(CODES, writable=False)
correspondences = resource(CORRESPONDENCES, writable=False)
router = APIRouter(tags=["occupation"])
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class OccupationsAsking(Window):
    """Which occupations are asked for."""

    q: Words = Field(
        "",
        description="A part of the name, of another word for it, or of the code",
        examples=["snickare"],
    )
    code: tuple[OccupationCode, ...] = Field((), description="Only these")


@router.get(
    "/occupations", **read_doc("Occupations by name or code", "occupation.read", OccupationList)
)
async def find_occupations(call: Calling, asked: InQuery[OccupationsAsking]) -> Response:
    """Groups of SSYK 2012, found also by what else they are called; in the order of the names."""
    call.demand("occupation", "read")
    wanted = Wanted(" ".join(asked.q.split()), asked.code, asked)
    async with call.reading() as db:
        found, count = await occupations(db, wanted)
        body: dict[str, Any] = {"classified": bool(found) or await is_classified(db)}
    if not body["classified"] and not wanted.words:
        found = known_by_heart(wanted.codes)
        count = None if count is None else len(found)
    body["items"] = found[: asked.limit]
    body["next"] = next_address(call, asked, more=len(found) > asked.limit)
    return answer(body | ({} if count is None else {"count": count}))
