"""Where verdicts are asked for over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.analysis.contract.verdict import Horizon
from services.analysis.following.asking import (
    Reader,
    brought_up_to_date,
    listed,
    next_address,
)
from services.analysis.thread.queries import Wanted, needs
from services.analysis.verdict.queries import supply_for
from services.analysis.verdict.rules import verdict
from services.analysis.verdict.surroundings import surroundings_of, within
from services.kit import clock
from services.kit.contract import MunicipalityCode
from services.kit.http import Calling
from services.kit.openapi import read_doc

router = APIRouter(tags=["verdict"])


@router.get(
    "/verdicts", **read_doc("Can education meet the need, on both horizons", "verdict.read")
)
async def verdicts(call: Calling) -> Response:
    """Two verdicts a need: the arithmetic, its sources, and what nobody knows."""
    call.demand("verdict", "read")
    names = ("need_id", "council_id", "municipality_code", "horizon", "limit", "page")
    reader = Reader(call, names)
    wanted = Wanted(
        reader.many("need_id", UUID),
        reader.many("council_id", UUID),
        reader.many("municipality_code", MunicipalityCode),
    )
    horizons, window = reader.many("horizon", Horizon) or tuple(Horizon), reader.window()
    reader.done()
    fresh = await brought_up_to_date(call)
    async with call.reading() as db:
        asked = await needs(db, wanted, call.caller, limit=window.limit + 1, offset=window.offset)
        programmes, intakes = await supply_for(db, asked)
    surroundings = await surroundings_of(
        call.database, call.request.app.state.figures, asked[: window.limit]
    )
    today = clock.today()
    judged = [
        within(verdict(need, programmes, intakes, horizon, today), known, need)
        for need, known in zip(asked[: window.limit], surroundings, strict=True)
        for horizon in horizons
    ]
    following = next_address(call, window, more=len(asked) > window.limit)
    return listed(judged, fresh, following=following)
