"""Where needs are asked for and changed over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.need import (
    Need,
    NeedDropped,
    NeedMerge,
    NeedMet,
    NeedParts,
    NeedSplit,
    WantedOccupations,
)
from services.councils.need import actions, family
from services.councils.need.queries import NEEDS, wanted_occupations
from services.kit import clock
from services.kit.collection import When, get_thing
from services.kit.contract import Moment, MunicipalityCode
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc, read_doc
from services.kit.resources import resource, shown

needs = resource(NEEDS, remove=actions.remove_need, judge=actions.judge)
router = APIRouter(tags=["need"])
Place = Annotated[
    MunicipalityCode | None,
    Query(
        description="Needs there, and those that name no place; left out: all", examples=["1472"]
    ),
]

Known = Annotated[Moment | None, Query(description="As it was known at this moment")]


@router.get(
    "/needs/wanted-occupations",
    **read_doc("Occupations that open needs name", "need.read", WantedOccupations),
)
async def wanted(
    call: Calling, municipality_code: Place = None, known_at: Known = None
) -> Response:
    """Counted over all open needs that the caller sees, the most wanted first."""
    call.demand("need", "read")
    when = When(clock.today(), known_at)
    async with call.reading() as db:
        return answer({"items": await wanted_occupations(db, call.caller, when, municipality_code)})


@router.post(
    "/needs/merge", **action_doc("Make one need of several", "need.decide", Need, makes=True)
)
@judged("need", "decide", NeedMerge, family.judge_merge)
async def merge(call: Calling, merged: NeedMerge) -> Response:
    """The old needs stay readable and name the one they live on in."""
    call.demand("need", "decide")
    return await call.perform(family.merge_needs, merged, show=shown(NEEDS, call))


@router.post(
    "/needs/{id}/split",
    **action_doc("Make several of one", "need.decide", NeedParts, makes=True),
)
@judged("need", "decide", NeedSplit, family.judge_split)
async def split(call: Calling, id: str, parts: NeedSplit) -> Response:
    """The old need stays readable and names its parts."""
    call.demand("need", "decide")

    async def show(db: AsyncConnection, ids: list[UUID]) -> Response:
        return answer({"items": [await get_thing(db, NEEDS, one, call.caller) for one in ids]})

    wanted, version = uuid_or_missing(id), call.version_if_given
    return await call.perform(family.split_need, wanted, parts, version, show=show)


@router.post("/needs/{id}/prioritise", **action_doc("Take a need up", "need.decide", Need))
async def prioritise(call: Calling, id: str) -> Response:
    """identified → prioritised."""
    call.demand("need", "decide")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.prioritise_need, *asked, show=shown(NEEDS, call))


@router.post("/needs/{id}/start", **action_doc("Begin to meet a need", "need.decide", Need))
async def start(call: Calling, id: str) -> Response:
    """identified or prioritised → being_met."""
    call.demand("need", "decide")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.start_need, *asked, show=shown(NEEDS, call))


@router.post("/needs/{id}/meet", **action_doc("A need is met", "need.decide", Need))
@judged("need", "decide", NeedMet, actions.judge_met)
async def meet(call: Calling, id: str, met: NeedMet) -> Response:
    """With evidence and a date."""
    call.demand("need", "decide")
    asked = uuid_or_missing(id), met, call.version_if_given
    return await call.perform(actions.meet_need, *asked, show=shown(NEEDS, call))


@router.post("/needs/{id}/drop", **action_doc("A need is dropped", "need.decide", Need))
@judged("need", "decide", NeedDropped, actions.judge_dropped)
async def drop(call: Calling, id: str, dropped: NeedDropped) -> Response:
    """With a reason."""
    call.demand("need", "decide")
    asked = uuid_or_missing(id), dropped, call.version_if_given
    return await call.perform(actions.drop_need, *asked, show=shown(NEEDS, call))


@router.post("/needs/{id}/reopen", **action_doc("Open a closed need again", "need.decide", Need))
async def reopen(call: Calling, id: str) -> Response:
    """met or dropped → as far as it had come."""
    call.demand("need", "decide")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.reopen_need, *asked, show=shown(NEEDS, call))


@router.post("/needs/{id}/part", **action_doc("Undo a merge of needs", "need.decide", Need))
async def part(call: Calling, id: str) -> Response:
    """The merged need is open again, as far as it had come; what it gave goes back."""
    call.demand("need", "decide")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(family.part_need, *asked, show=shown(NEEDS, call))


@router.post("/needs/{id}/rejoin", **action_doc("Undo a split of a need", "need.decide", Need))
async def rejoin(call: Calling, id: str) -> Response:
    """The need is open again, and its parts live on in it."""
    call.demand("need", "decide")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(family.rejoin_need, *asked, show=shown(NEEDS, call))
