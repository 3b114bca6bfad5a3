"""Where codes are asked for over HTTP; they come in through `operations import`."""

from typing import Any

from fastapi import APIRouter, Response

from services.analysis.classification.occupations import Wanted, is_classified, occupations
from services.analysis.classification.queries import CODES, CORRESPONDENCES
from services.analysis.contract.classification import OccupationList
from services.analysis.following.asking import Reader, next_address
from services.kit.contract import OccupationCode
from services.kit.errors import Malformed
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc
from services.kit.resources import resource

codes = resource(CODES, writable=False)
correspondences = resource(CORRESPONDENCES, writable=False)
router = APIRouter(tags=["occupation"])
LONGEST = 200


def _parameter(name: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


_WHOLE = {"type": "integer", "minimum": 1}
PARAMETERS = [
    _parameter(
        "q",
        "A part of the name, of another word for it, or of the code",
        {"type": "string", "maxLength": LONGEST},
    ),
    _parameter(
        "code",
        "Only these",
        {"type": "array", "items": {"type": "string", "pattern": "^[0-9]{4}$"}},
    ),
    _parameter("limit", "How many", _WHOLE | {"maximum": 200, "default": 20}),
    _parameter("page", "Which page, from 1", _WHOLE | {"maximum": 500, "default": 1}),
    _parameter("count", "Whether to count all", {"type": "boolean", "default": False}),
]


def _doc() -> dict[str, Any]:
    doc = read_doc("Occupations by name or code", "occupation.read", OccupationList)
    doc["openapi_extra"] |= {"parameters": PARAMETERS}
    return doc


@router.get("/occupations", **_doc())
async def find_occupations(call: Calling) -> Response:
    """Groups of SSYK 2012, found also by what else they are called; in the order of the names."""
    call.demand("occupation", "read")
    reader = Reader(call, ("q", "code", "limit", "page", "count"))
    words = " ".join(reader.one("q", str, "").split())
    wanted = Wanted(words, reader.many("code", OccupationCode), reader.window())
    reader.done()
    if len(words) > LONGEST:
        raise Malformed(f"at most {LONGEST} characters", field="q", reason="out_of_range")
    async with call.reading() as db:
        found, count = await occupations(db, wanted)
        body: dict[str, Any] = {"classified": bool(found) or await is_classified(db)}
    more = len(found) > wanted.window.limit
    body["items"] = found[: wanted.window.limit]
    body["next"] = next_address(call, wanted.window, more=more)
    return answer(body | ({} if count is None else {"count": count}))
