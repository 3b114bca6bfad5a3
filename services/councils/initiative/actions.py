"""What can be done with initiatives and their steps."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from services.councils.contract.initiative import (
    InitiativeDecided,
    InitiativeDraft,
    InitiativeFinished,
    InitiativeStarted,
    InitiativeStopped,
    OutcomeDraft,
    StepDraft,
)
from services.councils.council.actions import demand_taking
from services.councils.decision.queries import DECISIONS
from services.councils.equality import equality_due
from services.councils.initiative import rules
from services.councils.initiative.queries import (
    INITIATIVES,
    STEPS,
    checked,
    count_outcomes,
    first_outcome,
    sums_of_lines,
)
from services.councils.need.living import demand_living
from services.councils.need.queries import NEEDS
from services.councils.owner import demand_own_post
from services.councils.tables.base import METADATA
from services.councils.tables.initiative import InitiativeRow
from services.councils.tables.meeting import DecisionRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.elsewhere import demand_whole, heard
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work
from services.kit.keeping import own, replace_thing
from services.kit.references import demand_known, referred, stored
from services.kit.store import Record, change_row, get_row

T = TypeVar("T", InitiativeDraft, OutcomeDraft)


async def needs_known(work: Work, ids: list[UUID], before: Record) -> set[UUID]:
    """New needs must be ones that the caller may know of; those there before may stay."""
    new = set(ids) - set(before.get("need_ids", ()))
    seen = NEEDS.visible(work.caller, NEEDS.table.c)
    await demand_known(work.db, NeedRow, new, field="need_ids", seen=seen)
    return new


async def judge(work: Work, draft: InitiativeDraft, id: UUID | None = None) -> None:
    """All that forbids a new initiative, or these values for one; a closed one is resumed first."""
    refused, before = Refusals(), Record()
    with refused:
        await demand_taking(work, draft.council_id, await stored(work.db, INITIATIVES.table, id))
    with refused:
        await _lead_own(work, draft, id)
    with refused:
        await _programme_of_intake(work, draft, id)
    if id is not None:
        before = await get_row(work.db, InitiativeRow, id, lock=True)
        with refused:
            rules.demand_running(before["status"])
        with refused:
            await _begins_first(work, draft, before)
    with refused:
        rules.demand_as_lines(draft, await sums_of_lines(work.db, id))
    with refused:
        await demand_own_post(work, draft.owner_post_id, before)
    with refused:
        new = await needs_known(work, draft.need_ids, before)
        carried_out = await stored(work.db, DECISIONS.table, draft.decision_id)
        await demand_living(work, new.difference(carried_out.get("need_ids", ())))
    with refused:
        await _decision_known(work, draft.decision_id, before)
    refused.demand_none()


async def _begins_first(work: Work, draft: InitiativeDraft, before: Record) -> None:
    """One that waits for its planned day is not put off to after what came of it."""
    if draft.starts_on != before["starts_on"] and not before["started_on"]:
        first = await first_outcome(work.db, before["id"])
        rules.demand_before_outcomes(draft.starts_on, first, field="starts_on")


async def _decision_known(work: Work, id: UUID | None, before: Record) -> None:
    new = [id] if id and id != before.get("decision_id") else []
    seen = DECISIONS.visible(work.caller, DECISIONS.table.c)
    await demand_known(work.db, DecisionRow, new, field="decision_id", seen=seen)


async def _lead_own(work: Work, draft: InitiativeDraft, id: UUID | None) -> None:
    """A municipality's key says of no other municipality's actor that it leads."""
    if work.caller.bound_to is None:
        return
    kept = rules.leaders(await stored(work.db, INITIATIVES.table, id))
    leaders = rules.leaders(draft.model_dump())
    new = {one: field for one, field in leaders.items() if one not in kept}
    refused = Refusals()
    for one, told in (await heard(work, METADATA, new)).items():
        with refused:
            rules.demand_leads(told.owner, work.caller.bound_to, field=new[one])
    refused.demand_none()


async def _programme_of_intake(work: Work, draft: InitiativeDraft, id: UUID | None) -> None:
    fields = {"part": "intake_id", "whole": "programme_id"}
    await demand_whole(work, INITIATIVES.table, draft, id, **fields, reason="other_programme")


async def kept_links(work: Work, things: Collection, id: UUID, draft: T) -> T:
    """The draft with the needs that the caller may not know of: it could not send them back."""
    table, when = things.table, When(clock.today())
    seen = things.narrower(work.caller, table.c, when).get("need_ids")
    if seen is None:
        return draft
    found = select(table.c.need_ids.label("whole"), seen.label("seen")).where(table.c.id == id)
    row: Any = (await work.db.execute(found)).one()
    hidden: list[UUID] = [one for one in row.whole if one not in {*row.seen, *draft.need_ids}]
    return draft.model_copy(update={"need_ids": [*draft.need_ids, *hidden]})


async def revise_initiative(work: Work, id: UUID, draft: InitiativeDraft, version: int) -> Record:
    """Give an initiative all new values."""
    kept = await kept_links(work, INITIATIVES, id, draft)
    if await sums_of_lines(work.db, id):
        before = await get_row(work.db, InitiativeRow, id)
        kept = kept.model_copy(update={name: before[name] for name in rules.MONEY})
    return await replace_thing(work, INITIATIVES, id, kept, version=version)


async def locked(work: Work, id: UUID) -> Record:
    """The initiative, the caller's to write."""
    await own(work, INITIATIVES, id)
    return await get_row(work.db, InitiativeRow, id, lock=True)


async def _turn(
    work: Work, id: UUID, action: str, begun: str | None = None, **said: date | None
) -> tuple[Record, Refusals]:
    """The initiative, and what forbids that turn on the day said: to come, or before it began."""
    initiative, refused = await locked(work, id), Refusals()
    ((field, day),) = said.items()
    with refused:
        rules.moved_to(action, initiative["status"])
    with refused:
        demand_past(field, day)
    with refused:
        rules.demand_order(begun and initiative[begun], day, field=field)
    return initiative, refused


async def _move(
    work: Work, initiative: Record, action: str, version: int | None, **values: Any
) -> Record:
    status = rules.moved_to(action, initiative["status"])
    return await change_row(
        work.db, InitiativeRow, initiative["id"], version=version, status=status, **values
    )


async def judge_decided(work: Work, decided: InitiativeDecided, id: UUID) -> Record:
    """All that forbids to decide it: checked for equality first where a need asks for that."""
    initiative, refused = await _turn(work, id, "decide", decided_on=decided.decided_on)
    decision = decided.decision_id or initiative["decision_id"]
    with refused:
        await _decision_known(work, decided.decision_id, initiative)
        rests_on = await stored(work.db, DECISIONS.table, decision)
        rules.demand_decided_first(rests_on.get("decided_on"), decided.decided_on)
    with refused:
        rules.demand_equality_check(
            due=await equality_due(work, initiative["need_ids"]),
            checked=bool(decided.equality_check) or await checked(work.db, decision),
        )
    refused.demand_none(type(decided).model_fields)
    return initiative | {"decision_id": decision}


async def decide_initiative(
    work: Work, id: UUID, decided: InitiativeDecided, version: int | None
) -> Record:
    """It will be done."""
    initiative = await judge_decided(work, decided, id)
    values: dict[str, Any] = decided.model_dump(include={"decided_on", "equality_check"})
    values |= {"decision_id": initiative["decision_id"]}
    return await _move(work, initiative, "decide", version, **values)


async def judge_started(work: Work, started: InitiativeStarted, id: UUID) -> Record:
    """All that forbids to begin."""
    day = started.started_on
    initiative, refused = await _turn(work, id, "start", "decided_on", started_on=day)
    with refused:
        first = await first_outcome(work.db, id)
        rules.demand_before_outcomes(day, first, field="started_on")
    refused.demand_none()
    return initiative


async def start_initiative(
    work: Work, id: UUID, started: InitiativeStarted, version: int | None
) -> Record:
    """It begins."""
    initiative = await judge_started(work, started, id)
    return await _move(work, initiative, "start", version, started_on=started.started_on)


async def judge_finished(work: Work, finished: InitiativeFinished, id: UUID) -> Record:
    """All that forbids to say that it is done: an outcome is there, or a reason why not."""
    day = finished.closed_on
    initiative, refused = await _turn(work, id, "finish", "started_on", closed_on=day)
    with refused:
        rules.demand_result(outcomes=await count_outcomes(work.db, id), reason=finished.reason)
    refused.demand_none()
    return initiative


async def finish_initiative(
    work: Work, id: UUID, finished: InitiativeFinished, version: int | None
) -> Record:
    """It is done."""
    initiative = await judge_finished(work, finished, id)
    closed = {"closed_on": finished.closed_on, "closing_reason": finished.reason}
    return await _move(work, initiative, "finish", version, **closed)


async def judge_stopped(work: Work, stopped: InitiativeStopped, id: UUID) -> Record:
    """All that forbids to stop."""
    day = stopped.closed_on
    initiative, refused = await _turn(work, id, "stop", closed_on=day)
    with refused:
        decision = await stored(work.db, DECISIONS.table, initiative["decision_id"])
        rules.demand_order(rules.came_to(initiative, decision), day, field="closed_on")
    refused.demand_none()
    return initiative


async def stop_initiative(
    work: Work, id: UUID, stopped: InitiativeStopped, version: int | None
) -> Record:
    """It ends before it is done, for a reason."""
    initiative = await judge_stopped(work, stopped, id)
    closed = {"closed_on": stopped.closed_on, "closing_reason": stopped.reason}
    return await _move(work, initiative, "stop", version, **closed)


async def resume_initiative(work: Work, id: UUID, version: int | None) -> Record:
    """A closed initiative goes on from where it had come."""
    initiative = await locked(work, id)
    values = {"status": rules.resumed(initiative), "closed_on": None, "closing_reason": None}
    return await change_row(work.db, InitiativeRow, id, version=version, **values)


async def judge_step(work: Work, draft: StepDraft, id: UUID | None = None) -> None:
    """All that forbids a step: of a closed initiative, done on a day to come, another's post's.

    What an initiative had when it was closed may still be put right.
    """
    refused, before = Refusals(), await stored(work.db, STEPS.table, id)
    with refused:
        if draft.initiative_id != before.get("initiative_id"):
            of, field = draft.initiative_id, "initiative_id"
            initiative = await referred(work.db, InitiativeRow, of, field=field)
            rules.demand_running(initiative and initiative["status"], field=field)
    with refused:
        demand_past("done_on", draft.done_on)
    with refused:
        await demand_own_post(work, draft.owner_post_id, before)
    refused.demand_none()


def demand_past(field: str, day: date | None) -> None:
    """Rejected where something is said to have happened on a day to come."""
    if day is not None and day > clock.today():
        raise Rejected("that day has not come", field=field, reason="in_the_future")
