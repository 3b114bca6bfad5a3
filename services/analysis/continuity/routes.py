"""Where turnover and the index of councils are asked for over HTTP."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.analysis.continuity.asking import Selection, TurnoverAsking, UpToAsking
from services.analysis.continuity.queries import Told, councils_seen, turnover_told
from services.analysis.continuity.rules import Reading
from services.analysis.continuity.views import in_order, names_in, shown, with_ties
from services.analysis.continuity.work import Span, readings
from services.analysis.contract.continuity import (
    CouncilContinuity,
    CouncilContinuityList,
    Turnover,
    TurnoverList,
)
from services.analysis.following.asking import brought_up_to_date, listed, next_address
from services.analysis.following.sight import reads_contacts
from services.analysis.thread.kept import Kept
from services.kit import clock, export
from services.kit.asking import InQuery, Window
from services.kit.http import Calling, Record
from services.kit.openapi import also_as_files, read_doc
from services.kit.resources import as_file, file_wanted

router = APIRouter(tags=["continuity"])
TURNOVER_FIELDS = list(Turnover.model_fields)
INDEX_FIELDS = [
    name for name in CouncilContinuity.model_fields if name not in {"ties", "cut_off_parties"}
]


class CouncilsAsking(UpToAsking, Window):
    """Which councils' indexes are asked for."""

    council_id: tuple[UUID, ...] = Field(
        (), description="Only of this council; repeated: any of them"
    )
    ties: bool = Field(False, description="Whether every tie is told, and who would have none")


@router.get(
    "/continuity",
    **also_as_files(
        read_doc(
            "How often posts and seats change hands, by actor, council and year",
            "continuity.read",
            TurnoverList,
        )
    ),
)
async def turnover(call: Calling, asked: InQuery[TurnoverAsking]) -> Response:
    """Rates by year, without anybody's name; as CSV or Excel where `Accept` asks for it."""
    call.demand("continuity", "read")
    day, fresh = asked.day(clock.today()), await brought_up_to_date(call)
    kept: Kept[Told] = call.request.app.state.kept_turnover
    async with call.reading() as db:
        told = await kept.get(fresh.version, day, lambda: turnover_told(db, day))
        selection = Selection(told, await councils_seen(db, call.caller))
    # Aside: others are answered meanwhile, where there is much to choose among.
    chosen, years = await asyncio.to_thread(selection.asked_for, asked)
    if file := file_wanted(call):
        rows = selection.rows(chosen)
        return as_file("continuity", TURNOVER_FIELDS, _numbers(rows), excel=file == export.EXCEL)
    end = asked.offset + asked.limit
    return listed(
        selection.rows(chosen[asked.offset : end]),
        fresh,
        following=next_address(call, asked, more=len(chosen) > end),
        count=len(chosen) if asked.count else None,
        years=years,
    )


@router.get(
    "/continuity/councils",
    **also_as_files(
        read_doc(
            "How far councils rest on their process leader alone",
            "continuity.read",
            CouncilContinuityList,
        )
    ),
)
async def councils(call: Calling, asked: InQuery[CouncilsAsking]) -> Response:
    """Every council that lives on the day and that the caller may know of."""
    call.demand("continuity", "read")
    day, fresh = asked.day(clock.today()), await brought_up_to_date(call)
    span = Span(clock.from_day(clock.year_before(day), timedelta(days=1)), day)
    kept: Kept[dict[str, Reading]] = call.request.app.state.kept_readings
    wanted = {str(one) for one in asked.council_id}
    async with call.reading() as db:
        found = await kept.get(fresh.version, day, lambda: readings(db, span))
        seen = await councils_seen(db, call.caller)
        ids = [one for one in in_order(seen, found) if not wanted or one in wanted]
        file = file_wanted(call)
        end = asked.offset + asked.limit
        part = ids if file else ids[asked.offset : end]
        rows = {one: shown(one, seen[one], found[one], span) for one in part}
        if asked.ties and not file and reads_contacts(call.caller):
            names = await names_in(db, [found[one] for one in rows], call.caller)
            rows = {one: row | with_ties(found[one], names) for one, row in rows.items()}
    if file:
        told = _numbers(rows.values())
        return as_file("councils", INDEX_FIELDS, told, excel=file == export.EXCEL)
    following = next_address(call, asked, more=len(ids) > end)
    count = len(ids) if asked.count else None
    return listed(list(rows.values()), fresh, following=following, count=count)


def _numbers(rows: Iterable[Record]) -> list[Record]:
    """Rows for a file, where a rate is something to count with and no text."""
    return [
        {name: float(v) if isinstance(v, Decimal) else v for name, v in row.items()} for row in rows
    ]
