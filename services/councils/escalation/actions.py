"""What can be done with escalations."""

from uuid import UUID

from services.councils.contract.escalation import EscalationAnswer, EscalationDraft
from services.councils.council.actions import demand_its_time, open_council
from services.councils.decision.rules import demand_council, demand_past
from services.councils.direction.waiting import kept
from services.councils.escalation import rules
from services.councils.escalation.queries import ESCALATIONS
from services.councils.meeting.rules import demand_same
from services.councils.need.living import demand_living
from services.councils.order import demand_order
from services.councils.tables.council import CouncilRow
from services.councils.tables.direction import DirectionRow, EscalationRow
from services.councils.tables.meeting import DecisionRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import remove_thing
from services.kit.references import demand_known, referred
from services.kit.rows import Row
from services.kit.store import Record, change_row, get_row

ANSWERED = ("answer", "answer_text", "answered_on")
RESULTS: dict[str, type[Row]] = {"decision_id": DecisionRow, "direction_id": DirectionRow}


async def judge(work: Work, draft: EscalationDraft, id: UUID | None = None) -> None:
    """All that forbids an escalation, or these values for one, told at once."""
    refused, before = Refusals(), Record()
    if id is not None:
        before = await get_row(work.db, EscalationRow, id, lock=True)
        with refused:
            demand_same(before["council_id"], draft.council_id, field="council_id")
        with refused:
            rules.demand_unanswered(before, draft.to_council_id)
        with refused:
            rules.demand_before_answer(before["answered_on"], draft.raised_on)
        with refused:
            if draft.raised_on != before["raised_on"]:
                day = draft.raised_on
                await demand_its_time(work, before["council_id"], day, field="raised_on")
    with refused:
        await _judge_sides(work, draft, before, refused)
    with refused:
        await demand_order(work, "escalation", draft, before)
    with refused:
        demand_past(draft.raised_on, clock.today(), field="raised_on")
    with refused:
        fresh = set(draft.need_ids or ()) - set(before.get("need_ids", ()))
        await demand_known(work.db, NeedRow, fresh, field="need_ids")
        await demand_living(work, fresh)
    refused.demand_none()


async def _judge_sides(
    work: Work, draft: EscalationDraft, before: Record, refused: Refusals
) -> None:
    """From one open council to another of a higher level; what stands there already may stay."""
    if before and draft.to_council_id in (None, before["to_council_id"]):
        return
    council = asked = None
    with refused:
        if before:
            council = await get_row(work.db, CouncilRow, before["council_id"], lock=True)
        elif draft.council_id is not None:
            council = await open_council(work, draft.council_id)
    with refused:
        if draft.to_council_id is not None:
            asked = await open_council(work, draft.to_council_id, field="to_council_id")
    rules.demand_higher(council, asked)


async def remove_escalation(work: Work, id: UUID, version: int) -> None:
    """It was written by mistake, and nobody has answered."""
    rules.demand_waiting(await get_row(work.db, EscalationRow, id, lock=True))
    await remove_thing(work, ESCALATIONS, id, version=version)


async def judge_reply(work: Work, reply: EscalationAnswer, id: UUID) -> Record:
    """All that forbids the answer; the escalation, locked."""
    await get_thing(work.db, ESCALATIONS, id, work.caller)
    asked, refused = await get_row(work.db, EscalationRow, id, lock=True), Refusals()
    with refused:
        if asked["answer"] is None:
            await open_council(work, asked["to_council_id"], field="answer")
        elif reply.answered_on != asked["answered_on"]:
            day = reply.answered_on
            await demand_its_time(work, asked["to_council_id"], day, field="answered_on")
    with refused:
        demand_past(reply.answered_on, clock.today(), field="answered_on")
    with refused:
        day = reply.answered_on
        rules.demand_lifted_first(asked["raised_on"], day, field="answered_on")
    for field, row in RESULTS.items():
        with refused:
            came = await referred(work.db, row, getattr(reply, field), field=field)
            demand_council(asked["to_council_id"], came, field=field)
    with refused:
        await demand_order(work, "escalation", reply, asked)
    refused.demand_none()
    return asked


async def answer_escalation(
    work: Work, id: UUID, reply: EscalationAnswer, version: int | None
) -> Record:
    """The council that is asked answers, or answers anew."""
    before = await judge_reply(work, reply, id)
    values, earlier = reply.model_dump(), before["earlier_answers"]
    same = all(before[name] == values[name] for name in ANSWERED)
    if before["answer"] is not None and not same:
        earlier = kept(before, before["answer_text"])
    return await change_row(
        work.db, EscalationRow, id, version=version, **values, earlier_answers=earlier
    )
