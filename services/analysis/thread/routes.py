"""Where threads and breaks are asked for over HTTP."""

from datetime import date

from fastapi import APIRouter, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.thread import BreakKind, BreakList, ThreadList
from services.analysis.following.asking import (
    brought_up_to_date,
    listed,
    next_address,
)
from services.analysis.following.sight import sight_of_needs
from services.analysis.thread.asking import NeedsAsking
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
from services.kit.asking import InQuery, Window
from services.kit.http import Calling
from services.kit.identity import Caller
from services.kit.openapi import read_doc

router = APIRouter(tags=["thread"])


class ThreadsAsking(NeedsAsking, Window):
    """Which threads are asked for."""

    broken: bool | None = Field(
        None,
        description="true: only those with breaks; false: only those without. Looked for among "
        "a thousand needs, the open ones first",
    )


class BreaksAsking(NeedsAsking, Window):
    """Which breaks are asked for."""

    kind: tuple[BreakKind, ...] = Field(
        (), description="Only breaks of this kind; repeated: any of them"
    )


@router.get("/threads", **read_doc("The red thread of each need", "thread.read", ThreadList))
async def threads(call: Calling, asked: InQuery[ThreadsAsking]) -> Response:
    """Interview → gap → need → actor → council → decision → initiative → outcome, with breaks."""
    call.demand("thread", "read")
    wanted = asked.wanted()
    fresh, today = await brought_up_to_date(call), clock.today()
    # Whether a thread is broken is known when it is drawn: such lists are drawn whole, the open
    # needs before all others and a thousand at most.
    whole, left_out = asked.broken is not None, 0
    async with call.reading() as db:
        if whole:
            found, left_out = await needs_together(db, wanted, call.caller)
        else:
            page = {"limit": asked.limit + 1, "offset": asked.offset}
            found = await needs(db, wanted, call.caller, **page)
        drawn = await threads_of(db, await facts_of(db, found, today), today, call.caller)
        count = await count_needs(db, wanted, call.caller) if asked.count else None
    if whole:
        drawn = [one for one in drawn if bool(one["breaks"]) == asked.broken]
        count = len(drawn) if asked.count else None
        drawn = drawn[asked.offset : asked.offset + asked.limit + 1]
    following = next_address(call, asked, more=len(drawn) > asked.limit)
    return listed(drawn[: asked.limit], fresh, following=following, count=count, left_out=left_out)


@router.get("/breaks", **read_doc("Where threads are broken", "thread.read", BreakList))
async def breaks(call: Calling, asked: InQuery[BreaksAsking]) -> Response:
    """Every break of open and met needs once, the oldest first.

    A thousand needs are looked at, the open ones before those that are met; `left_out` is how many
    more there are.
    """
    call.demand("thread", "read")
    wanted, kinds = asked.wanted(watched_only=True), asked.kind
    fresh, today = await brought_up_to_date(call), clock.today()
    kept: Kept[tuple[AllBroken, int]] = call.request.app.state.kept_breaks
    question = (wanted, kinds, sight_of_needs(call.caller), today)
    async with call.reading() as db:
        broken, left_out = await kept.get(
            fresh.version, question, lambda: _all_broken(db, call.caller, wanted, kinds, today)
        )
        end = asked.offset + asked.limit
        page = await breaks_of(db, broken[asked.offset : end], today, call.caller)
    following = next_address(call, asked, more=len(broken) > end)
    count = len(broken) if asked.count else None
    return listed(page, fresh, following=following, count=count, left_out=left_out)


async def _all_broken(
    db: AsyncConnection,
    caller: Caller,
    wanted: Wanted,
    kinds: tuple[BreakKind, ...],
    today: date,
) -> tuple[AllBroken, int]:
    found, left_out = await needs_together(db, wanted, caller)
    return broken_in(await facts_of(db, found, today), today, kinds), left_out
