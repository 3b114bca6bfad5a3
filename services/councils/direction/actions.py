"""What can be done with directions and their answers."""

from typing import Any
from uuid import UUID

from services.councils.contract.direction import DirectionAnswerDraft, DirectionDraft
from services.councils.council.actions import demand_its_time, open_council
from services.councils.decision.queries import is_replaced
from services.councils.decision.rules import demand_past
from services.councils.direction import rules
from services.councils.direction.queries import (
    DIRECTION_ANSWERS,
    DIRECTIONS,
    closed_among,
    who_answered,
)
from services.councils.direction.waiting import kept
from services.councils.meeting.rules import demand_same
from services.councils.need.living import demand_living
from services.councils.order import demand_order
from services.councils.tables.council import CouncilRow
from services.councils.tables.direction import DirectionAnswerRow, DirectionRow
from services.councils.tables.meeting import DecisionRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.errors import FieldError, Refusals, Rejected
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.references import demand_known, demand_right, missing_of, referred, unknown
from services.kit.store import Record, get_row

ANSWERED = ("answer", "why", "adapted_text", "answered_on")


def _needs_of(draft: DirectionDraft) -> list[UUID]:
    """The needs of all its priorities, each once."""
    named = (need for one in draft.priorities or () for need in one.need_ids or ())
    return list(dict.fromkeys(named))


async def make_direction(work: Work, draft: DirectionDraft) -> Record:
    """A council asks others to follow what it decided."""
    decision = await get_row(work.db, DecisionRow, draft.decision_id)
    follows: dict[str, Any] = {"council_id": decision["council_id"], "need_ids": _needs_of(draft)}
    return await create_thing(work, DIRECTIONS, draft, **follows)


async def revise_direction(work: Work, id: UUID, draft: DirectionDraft, version: int) -> Record:
    """Give a direction all new values; what it said before stands beside them."""
    before = await get_row(work.db, DirectionRow, id, lock=True)
    kept_so_far = rules.amended(before, draft, clock.now())
    follows = {"need_ids": _needs_of(draft), "amendments": kept_so_far}
    return await replace_thing(work, DIRECTIONS, id, draft, version=version, **follows)


async def judge(work: Work, draft: DirectionDraft, id: UUID | None = None) -> None:
    """All that forbids a direction, or these values for one, told at once."""
    refused, before, decision = Refusals(), Record(), None
    if id is not None:
        before = await get_row(work.db, DirectionRow, id, lock=True)
        with refused:
            demand_same(before["decision_id"], draft.decision_id, field="decision_id")
    at = before.get("decision_id", draft.decision_id)
    with refused:
        decision = await referred(work.db, DecisionRow, at, field="decision_id")
    if decision and not before:
        with refused:
            await _judge_decision(work, decision)
    with refused:
        await demand_order(work, "direction", draft, before)
    with refused:
        rules.demand_others(draft.council_ids, decision and decision["council_id"])
    answered = await who_answered(work.db, before["id"]) if before else set()
    with refused:
        await _judge_councils(work, draft, before, answered)
    with refused:
        if before:
            rules.demand_reason(before, draft, answered)
    with refused:
        await _judge_needs(work, draft, set(before.get("need_ids", ())))
    refused.demand_none()


async def _judge_decision(work: Work, decision: Record) -> None:
    council = await open_council(work, decision["council_id"], field="decision_id")
    rules.demand_strategic(council)
    replaced = await is_replaced(work.db, decision["id"])
    rules.demand_in_place(replaced=replaced, field="decision_id")


async def _judge_councils(
    work: Work, draft: DirectionDraft, before: Record, answered: set[UUID]
) -> None:
    """Those asked are there, nobody is asked anew who is closed, and who answered stays asked."""
    fresh = set(draft.council_ids or ()) - set(before.get("council_ids", ()))
    await demand_known(work.db, CouncilRow, fresh, field="council_ids")
    rules.demand_all_open(await closed_among(work.db, sorted(fresh)))
    rules.demand_still_asked(draft.council_ids, answered)


async def _judge_needs(work: Work, draft: DirectionDraft, known: set[UUID]) -> None:
    """The needs that its priorities name anew are there, and alive."""
    fresh = set(_needs_of(draft)) - known
    missing = await missing_of(work.db, NeedRow, fresh)
    demand_right([
        unknown(f"priorities.{place}.need_ids", "need", need)
        for place, one in enumerate(draft.priorities or ())
        for need in one.need_ids or ()
        if need in missing
    ])  # fmt: skip
    try:
        await demand_living(work, fresh)
    except Rejected as gone:
        (error, *_) = gone.errors
        told = [FieldError("priorities", error.code, error.message)]
        raise Rejected(gone.detail, errors=told) from None


async def revise_answer(work: Work, id: UUID, draft: DirectionAnswerDraft, version: int) -> Record:
    """A council answers anew; what it said before is kept beside it."""
    before = await get_row(work.db, DirectionAnswerRow, id, lock=True)
    said = [before[name] for name in ("adapted_text", "why") if before[name]]
    same = all(before[name] == getattr(draft, name) for name in ANSWERED)
    earlier = before["earlier_answers"] if same else kept(before, "\n\n".join(said) or None)
    return await replace_thing(
        work, DIRECTION_ANSWERS, id, draft, version=version, earlier_answers=earlier
    )


async def remove_answer(work: Work, id: UUID, version: int) -> None:
    """It was written by mistake, and nothing was answered before it."""
    rules.demand_first_answer(await get_row(work.db, DirectionAnswerRow, id, lock=True))
    await remove_thing(work, DIRECTION_ANSWERS, id, version=version)


async def judge_answer(work: Work, draft: DirectionAnswerDraft, id: UUID | None = None) -> None:
    """All that forbids an answer, or these values for one."""
    refused, direction, before = Refusals(), None, Record()
    with refused:
        direction = await referred(work.db, DirectionRow, draft.direction_id, field="direction_id")
        rules.demand_addressed(direction, draft.council_id)
    with refused:
        if id is None:
            await _judge_place(work, draft, direction)
        else:
            before = await get_row(work.db, DirectionAnswerRow, id)
            for field in ("direction_id", "council_id"):
                with refused:
                    demand_same(before[field], getattr(draft, field), field=field)
            day = draft.answered_on
            if day != before["answered_on"]:
                await demand_its_time(work, before["council_id"], day, field="answered_on")
    with refused:
        demand_past(draft.answered_on, clock.today(), field="answered_on")
    with refused:
        await demand_order(work, "direction_answer", draft, before)
    refused.demand_none()


async def _judge_place(work: Work, draft: DirectionAnswerDraft, direction: Record | None) -> None:
    """Whether a council may answer, where it has not yet."""
    if draft.council_id is not None:
        await open_council(work, draft.council_id)
    if direction:
        replaced = await is_replaced(work.db, direction["decision_id"])
        rules.demand_in_place(replaced=replaced, field="direction_id")
