"""Where threads and breaks are asked for over HTTP."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.thread import BreakKind
from services.analysis.following.asking import (
    Reader,
    brought_up_to_date,
    listed,
    next_address,
)
from services.analysis.following.sight import sight_of_needs
from services.analysis.thread.kept import Kept
from services.analysis.thread.queries import (
    MOST_TOGETHER,
    Wanted,
    count_needs,
    facts_of,
    needs,
)
from services.analysis.thread.views import AllBroken, breaks_of, broken_in, threads_of
from services.kit import clock
from services.kit.contract import MunicipalityCode
from services.kit.http import Calling
from services.kit.identity import Caller
from services.kit.openapi import read_doc

router = APIRouter(tags=["thread"])
NAMES = ("need_id", "council_id", "municipality_code", "limit", "page", "count")


@router.get("/threads", **read_doc("The red thread of each need", "thread.read"))
async def threads(call: Calling) -> Response:
    """Interview → gap → need → actor → council → decision → initiative → outcome, with breaks."""
    call.demand("thread", "read")
    reader = Reader(call, (*NAMES, "broken"))
    wanted = Wanted(
        reader.many("need_id", UUID),
        reader.many("council_id", UUID),
        reader.many("municipality_code", MunicipalityCode),
    )
    broken, window = reader.one("broken", bool), reader.window()
    reader.done()
    fresh = await brought_up_to_date(call)
    # Whether a thread is broken is known when it is drawn: such lists are drawn whole, the
    # thousand needs that changed last.
    whole = broken is not None
    limit, offset = (MOST_TOGETHER, 0) if whole else (window.limit + 1, window.offset)
    async with call.reading() as db:
        found = await needs(db, wanted, call.caller, limit=limit, offset=offset)
        drawn = await threads_of(db, await facts_of(db, found), clock.today(), call.caller)
        count = await count_needs(db, wanted, call.caller) if window.count else None
    if whole:
        drawn = [one for one in drawn if bool(one["breaks"]) == broken]
        count = len(drawn) if window.count else None
        drawn = drawn[window.offset : window.offset + window.limit + 1]
    following = next_address(call, window, more=len(drawn) > window.limit)
    return listed(drawn[: window.limit], fresh, following=following, count=count)


@router.get("/breaks", **read_doc("Where threads are broken", "thread.read"))
async def breaks(call: Calling) -> Response:
    """Every break of open and met needs (the thousand that changed last) once, the oldest first."""
    call.demand("thread", "read")
    reader = Reader(call, (*NAMES, "kind"))
    wanted = Wanted(
        reader.many("need_id", UUID),
        reader.many("council_id", UUID),
        reader.many("municipality_code", MunicipalityCode),
        watched_only=True,
    )
    kinds, window = reader.many("kind", BreakKind), reader.window()
    reader.done()
    fresh, today = await brought_up_to_date(call), clock.today()
    kept: Kept[AllBroken] = call.request.app.state.kept_breaks
    asked = (wanted, kinds, sight_of_needs(call.caller), today)
    async with call.reading() as db:
        broken = await kept.get(
            fresh.version, asked, lambda: _all_broken(db, call.caller, wanted, kinds, today)
        )
        shown = broken[window.offset : window.offset + window.limit]
        page = await breaks_of(db, shown, today, call.caller)
    more = len(broken) > window.offset + window.limit
    count = len(broken) if window.count else None
    return listed(page, fresh, following=next_address(call, window, more=more), count=count)


async def _all_broken(
    db: AsyncConnection,
    caller: Caller,
    wanted: Wanted,
    kinds: tuple[BreakKind, ...],
    today: date,
) -> AllBroken:
    found = await needs(db, wanted, caller, limit=MOST_TOGETHER, offset=0)
    return broken_in(await facts_of(db, found), today, kinds)
