"""When a need was first known of, where nobody wrote down on which day it was seen."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, cast, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.council import CouncilKind, CouncilPhase
from services.councils.membership import day_in_sweden
from services.councils.need.links import names_needs
from services.councils.tables.council import CouncilRow, PhaseChangeRow
from services.councils.tables.fast_track import ShortageSignalRow
from services.councils.tables.initiative import InitiativeRow, OutcomeRow
from services.councils.tables.interview import AnswerRow, InterviewRow
from services.councils.tables.meeting import DecisionRow, MeetingRow
from services.councils.tables.need import NeedRow
from services.kit.store import Record, table_of


async def first_known(db: AsyncConnection, need: Record) -> date:
    """The day that it was seen; else the first of all that is known of it.

    That is the day it was written down, or one of its sources, of what was merged into it, of what
    it is a part of, or of what was decided and done about it.
    """
    if need["identified_on"]:
        day: date = need["identified_on"]
        return day
    days = union_all(*_days(need)).subquery()
    first: date = (await db.execute(select(func.min(days.c.day)))).scalar_one()
    return first


async def last_convened(db: AsyncConnection, need: Record) -> date | None:
    """The day that the temporary council of a need was convened: what it is in, or came of."""
    row, council = table_of(NeedRow), table_of(CouncilRow)
    change, signal = table_of(PhaseChangeRow), table_of(ShortageSignalRow)
    family = (row.c.id == need["id"]) | (row.c.merged_into_id == need["id"])
    alarms = select(signal.c.council_id).join(row, row.c.id == signal.c.need_id).where(family)
    ours = (council.c.id == need["council_id"]) | council.c.id.in_(alarms)
    begun = select(func.min(change.c.on).label("day")).group_by(change.c.council_id)
    begun = begun.join(council, council.c.id == change.c.council_id).where(ours)
    begun = begun.where(
        council.c.kind == CouncilKind.temporary_council, change.c.phase == CouncilPhase.active
    )
    last: date | None = await db.scalar(select(func.max(begun.subquery().c.day)))
    return last


def _days(need: Record) -> list[Select[Any]]:
    row, decision, meeting = table_of(NeedRow), table_of(DecisionRow), table_of(MeetingRow)
    initiative, outcome = table_of(InitiativeRow), table_of(OutcomeRow)
    answer, interview = table_of(AnswerRow), table_of(InterviewRow)
    line = [one for one in (need["id"], need["split_from_id"]) if one]
    family = row.c.id.in_(line) | (row.c.merged_into_id == need["id"])
    seen = func.least(row.c.identified_on, day_in_sweden(row.c.created_at))
    talk = answer.join(interview, interview.c.id == answer.c.interview_id)
    begun = func.least(initiative.c.decided_on, initiative.c.started_on)
    ours: list[UUID] = [need["id"]]
    return [
        _day(seen).where(family),
        _day(day_in_sweden(meeting.c.starts_at)).where(meeting.c.id.in_(need["meeting_ids"])),
        _day(interview.c.held_on).select_from(talk).where(answer.c.id.in_(need["answer_ids"])),
        _day(decision.c.decided_on).where(names_needs(decision.c, ours)),
        _day(begun).where(names_needs(initiative.c, ours)),
        _day(outcome.c.happened_on).where(names_needs(outcome.c, ours)),
    ]


def _day(column: Any) -> Select[Any]:
    return select(cast(column, Date).label("day"))
