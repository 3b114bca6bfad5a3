"""Where verdicts are asked for over HTTP."""

import asyncio
from typing import Any

from fastapi import APIRouter, Response
from pydantic import Field

from services.analysis.classification.queries import unclassified
from services.analysis.contract.verdict import Horizon, VerdictList
from services.analysis.following.asking import (
    brought_up_to_date,
    listed,
    next_address,
)
from services.analysis.thread.asking import NeedsAsking
from services.analysis.thread.queries import needs
from services.analysis.thread.rules import OPEN
from services.analysis.verdict.judging import verdicts_of, world_of
from services.analysis.verdict.queries import codes_of, open_needs, reach, supply_for
from services.analysis.verdict.surroundings import surroundings_of, within
from services.kit import clock
from services.kit.asking import InQuery, Part
from services.kit.http import Calling
from services.kit.openapi import read_doc

router = APIRouter(tags=["verdict"])


class VerdictsAsking(NeedsAsking, Part):
    """Which verdicts are asked for; the list's part is counted in needs."""

    horizon: tuple[Horizon, ...] = Field(
        tuple(Horizon), description="Only for this horizon; left out: both"
    )


@router.get(
    "/verdicts",
    **read_doc("Can education meet the need, on both horizons", "verdict.read", VerdictList),
)
async def verdicts(call: Calling, asked: InQuery[VerdictsAsking]) -> Response:
    """Two verdicts a need: the arithmetic, its sources, and what nobody knows."""
    call.demand("verdict", "read")
    fresh = await brought_up_to_date(call)
    async with call.reading() as db:
        found = await needs(
            db, asked.wanted(), call.caller, limit=asked.limit + 1, offset=asked.offset
        )
        shown = found[: asked.limit]
        programmes, intakes = await supply_for(db, shown)
        rivals = await open_needs(db, shown, call.caller)
        near = await reach(db)
        ours = () if all(one["municipality_codes"] for one in shown) else sorted(near.own)
        none = await unclassified(db, *codes_of([*shown, *rivals], programmes, ours))
    figures = call.request.app.state.figures
    surroundings = await surroundings_of(call.database, figures, shown, ours, none)
    world = world_of(programmes, intakes, rivals, none, near)

    def told() -> list[dict[str, Any]]:
        found = verdicts_of(shown, world, asked.horizon, clock.today())
        return [
            within(one, known, need) | {"judged": need["status"] in OPEN}
            for need, known, both in zip(shown, surroundings, found, strict=True)
            for one in both
        ]

    judged = await asyncio.to_thread(told)
    following = next_address(call, asked, more=len(found) > asked.limit)
    return listed(judged, fresh, following=following)
