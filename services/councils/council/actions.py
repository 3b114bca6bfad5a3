"""What can be done with councils."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.councils.contract.council import (
    CHOOSERS,
    CouncilDraft,
    CouncilFacts,
    CouncilLevel,
    CouncilMove,
    CouncilPhase,
    PhaseChangeDraft,
)
from services.councils.council import rules
from services.councils.council.queries import (
    COUNCILS,
    ancestors,
    changes,
    first_meeting,
    first_seat,
    last_change,
)
from services.councils.council.relied import (
    days_after,
    undecided_selection,
    waiting_direction,
    waiting_lift,
)
from services.councils.order import demand_order
from services.councils.tables.base import METADATA
from services.councils.tables.council import CouncilRow, PhaseChangeRow
from services.kit import clock
from services.kit.contract import Draft
from services.kit.errors import NotFound, Refusals, Rejected
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.references import demand_unlisted
from services.kit.store import Record, change_row, get_row, insert_row, remove_row

# Two that are placed under each other at once would both find no circle.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4715)")


def _facts(draft: CouncilDraft) -> CouncilFacts:
    """What of a draft is stored with the council; the phase has its own table."""
    names = CouncilFacts.model_fields
    return CouncilFacts.model_construct(**{name: getattr(draft, name) for name in names})


async def judge(work: Work, draft: CouncilDraft, id: UUID | None = None) -> None:
    """All that forbids a new council, or these facts for one."""
    refused = Refusals()
    with refused:
        if id is None:
            rules.first_phase(draft.phase)
        else:
            await get_row(work.db, CouncilRow, id, lock=True)
            rules.demand_same_phase(draft.phase, (await last_change(work.db, id))["phase"])
    await work.db.execute(_ONE_AT_A_TIME)
    with refused:
        await _known_above(work, draft.predecessor_id, id, field="predecessor_id")
    with refused:
        await _judge_parent(work, draft.parent_id, id)
    if id is not None:
        await _judge_relied_on(work, draft, id, refused)
        with refused:
            await demand_order(work, "council", draft, await get_row(work.db, CouncilRow, id))
        with refused:
            await _demand_begun(work, id, draft)
    with refused:
        rules.demand_published(draft.policy_sources, clock.today())
    refused.demand_none()


async def _judge_relied_on(work: Work, draft: CouncilDraft, id: UUID, refused: Refusals) -> None:
    """Nothing stands open that the level or the kind would forbid, or is met after the last day."""
    before = await get_row(work.db, CouncilRow, id)
    if draft.ends_on not in (None, before["ends_on"]):
        with refused:
            rules.demand_none_after(await days_after(work.db, id, draft.ends_on))
    if draft.level not in (None, before["level"]):
        with refused:
            lift = await waiting_lift(work.db, id, draft.level)
            rules.demand_none_open(lift, field="level", reason="lift_open")
    if draft.level not in (None, before["level"], CouncilLevel.strategic):
        with refused:
            direction = await waiting_direction(work.db, id)
            rules.demand_none_open(direction, field="level", reason="direction_open")
    if draft.kind not in (None, before["kind"], *CHOOSERS):
        with refused:
            selection = await undecided_selection(work.db, id)
            rules.demand_none_open(selection, field="kind", reason="selection_open")


async def found_council(work: Work, draft: CouncilDraft) -> Record:
    """Make a council in its first phase."""
    council = await create_thing(work, COUNCILS, _facts(draft))
    day = rules.first_day(draft.starts_on, clock.today())
    phase = rules.first_phase(draft.phase)
    marks = draft.model_dump(include={"source", "example"})
    first = PhaseChangeDraft(council_id=council["id"], number=1, phase=phase, on=day, **marks)
    await insert_row(work.db, PhaseChangeRow, first)
    return council


async def revise_council(work: Work, id: UUID, draft: CouncilDraft, version: int) -> Record:
    """Give a council all new facts; its first phase follows the day it began."""
    before = await get_row(work.db, CouncilRow, id)
    if draft.starts_on != before["starts_on"]:
        first, *_later = await changes(work.db, id)
        day = rules.first_day(draft.starts_on, clock.today())
        await change_row(work.db, PhaseChangeRow, first["id"], on=day)
    return await replace_thing(work, COUNCILS, id, _facts(draft), version=version)


async def _known_above(work: Work, id: UUID | None, council_id: UUID | None, *, field: str) -> None:
    if id is None:
        return
    line = await ancestors(work.db, id)
    if not line:
        raise Rejected("no such council", field=field, reason="unknown_reference")
    if council_id in line:
        raise Rejected("it would be its own", field=field, reason="circle")


async def _judge_parent(work: Work, id: UUID | None, council_id: UUID | None) -> None:
    """The body above is there, not below, and not closed where it is named anew."""
    await _known_above(work, id, council_id, field="parent_id")
    before = await get_row(work.db, CouncilRow, council_id) if council_id else Record()
    if id is not None and id != before.get("parent_id"):
        rules.demand_open(await get_row(work.db, CouncilRow, id), field="parent_id")


async def _demand_begun(work: Work, id: UUID, draft: CouncilDraft) -> None:
    before, day = await get_row(work.db, CouncilRow, id), draft.starts_on
    if day == before["starts_on"]:
        return
    phases, counted = await changes(work.db, id), rules.first_day(day, clock.today())
    if phases[1:] and counted > phases[1]["on"]:
        raise Rejected("the next phase is earlier", field="starts_on", reason="too_late")
    first, met = await first_seat(work.db, id), await first_meeting(work.db, id)
    if first and day and day > first:
        raise Rejected("a seat begins before", field="starts_on", reason="seats_begin_earlier")
    if met and day and day > met:
        raise Rejected("it meets before", field="starts_on", reason="worked_earlier")


async def remove_council(work: Work, id: UUID, version: int) -> None:
    """Delete a council that nothing hangs on but its own phases."""
    await get_row(work.db, CouncilRow, id, lock=True)
    await demand_unlisted(work.db, METADATA, "council", id)
    for change in await changes(work.db, id):
        await remove_row(work.db, PhaseChangeRow, change["id"])
    await remove_thing(work, COUNCILS, id, version=version)


async def open_council(work: Work, id: UUID, *, field: str = "council_id") -> Record:
    """The council, locked, to add something to. Rejected if unknown, Conflict if closed."""
    try:
        council = await get_row(work.db, CouncilRow, id, lock=True)
    except NotFound as unknown:
        raise Rejected(unknown.detail, field=field, reason="unknown_reference") from None
    rules.demand_open(council, field=field)
    return council


async def demand_taking(work: Work, id: UUID | None, before: Mapping[str, Any]) -> None:
    """Conflict where something would be given to a closed council; what it has may stay there."""
    if id is not None and id != before.get("council_id"):
        await open_council(work, id)


async def demand_its_time(work: Work, id: UUID, day: date | None, *, field: str) -> Record:
    """The council, locked. Rejected where what it has would move to a day after its closing."""
    council = await get_row(work.db, CouncilRow, id, lock=True)
    rules.demand_before_closing(council["closed_on"], day, field=field)
    return council


async def judge_move(work: Work, move: CouncilMove, id: UUID) -> Record:
    """All that forbids another phase; answers the last change of it, the council locked."""
    await get_row(work.db, CouncilRow, id, lock=True)
    last, refused = await last_change(work.db, id), Refusals()
    with refused:
        rules.demand_move(last["phase"], move.phase)
    with refused:
        rules.demand_day(move.on, last=last["on"], today=clock.today(), field="on")
    refused.demand_none()
    return last


async def move_council(work: Work, id: UUID, move: CouncilMove, version: int | None) -> Record:
    """A council goes into another phase."""
    last = await judge_move(work, move, id)
    await enter(work, last, move.phase, move, on=move.on, reason=move.reason)
    return await change_row(work.db, CouncilRow, id, version=version)


async def enter(work: Work, last: Record, phase: CouncilPhase, said: Draft, **values: Any) -> None:
    """The next change of phase, with where what was said of it comes from."""
    number, council_id = last["number"] + 1, last["council_id"]
    marks = said.model_dump(include={"source", "example"})
    change = PhaseChangeDraft(council_id=council_id, number=number, phase=phase, **values, **marks)
    await insert_row(work.db, PhaseChangeRow, change)
