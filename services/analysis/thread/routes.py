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
    Wanted,
    count_needs,
    facts_of,
    needs,
    needs_together,
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
    # Whether a thread is broken is known when it is drawn: such lists are drawn whole, the open
    # needs before all others and a thousand at most.
    whole, left_out = broken is not None, 0
    limit, offset = window.limit + 1, window.offset
    async with call.reading() as db:
        if whole:
            found, left_out = await needs_together(db, wanted, call.caller)
        else:
            found = await needs(db, wanted, call.caller, limit=limit, offset=offset)
        drawn = await threads_of(db, await facts_of(db, found), clock.today(), call.caller)
        count = await count_needs(db, wanted, call.caller) if window.count else None
    if whole:
        drawn = [one for one in drawn if bool(one["breaks"]) == broken]
        count = len(drawn) if window.count else None
        drawn = drawn[window.offset : window.offset + window.limit + 1]
    following = next_address(call, window, more=len(drawn) > window.limit)
    return listed(drawn[: window.limit], fresh, following=following, count=count, left_out=left_out)


@router.get("/breaks", **read_doc("Where threads are broken", "thread.read"))
async def breaks(call: Calling) -> Response:
    """Every break of open and met needs once, the oldest first.

    A thousand needs are looked at, the open ones before those that are met; `left_out` is how many
    more there are.
    """
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
    kept: Kept[tuple[AllBroken, int]] = call.request.app.state.kept_breaks
    asked = (wanted, kinds, sight_of_needs(call.caller), today)
    async with call.reading() as db:
        broken, left_out = await kept.get(
            fresh.version, asked, lambda: _all_broken(db, call.caller, wanted, kinds, today)
        )
        shown = broken[window.offset : window.offset + window.limit]
        page = await breaks_of(db, shown, today, call.caller)
    more = len(broken) > window.offset + window.limit
    count = len(broken) if window.count else None
    following = next_address(call, window, more=more)
    return listed(page, fresh, following=following, count=count, left_out=left_out)


async def _all_broken(
    db: AsyncConnection,
    caller: Caller,
    wanted: Wanted,
    kinds: tuple[BreakKind, ...],
    today: date,
) -> tuple[AllBroken, int]:
    found, left_out = await needs_together(db, wanted, caller)
    return broken_in(await facts_of(db, found), today, kinds), left_out
