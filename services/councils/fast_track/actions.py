"""What the fast track does: one call, one transaction, everything a council begins with."""

from datetime import date
from typing import Any
from uuid import UUID

from services.councils.agenda.actions import add_item
from services.councils.attendance.actions import invite_seats
from services.councils.contract.council import (
    CouncilDraft,
    CouncilKind,
    CouncilLevel,
    CouncilMove,
    CouncilPhase,
    SeatDraft,
)
from services.councils.contract.fast_track import FastTrackDraft, ShortageSignal
from services.councils.contract.meeting import AgendaItemDraft, MeetingDraft
from services.councils.council.actions import found_council, move_council
from services.councils.fast_track import rules
from services.councils.fast_track.clocks import convened_on
from services.councils.fast_track.queries import SHORTAGES
from services.councils.meeting.actions import plan_meeting
from services.councils.meeting.queries import day_of
from services.councils.need.actions import report_need, take_up
from services.councils.need.rules import demand_open
from services.councils.seat.actions import seat_in_a_hurry
from services.councils.tables.base import METADATA
from services.councils.tables.fast_track import ShortageSignalRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.elsewhere import demand_named, learn
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import replace_thing
from services.kit.references import referred
from services.kit.store import Record, get_row, insert_row


async def judge(work: Work, draft: Any, _id: UUID | None = None) -> None:
    """All that is wrong with the days and with whom it names, told at once."""
    refused, today = Refusals(), clock.today()
    await learn(work, METADATA, draft)
    with refused:
        demand_named(work, METADATA, draft)
    with refused:
        if need := await referred(work.db, NeedRow, draft.need_id, field="need_id"):
            demand_open(need["status"], field="need_id")
    begins = draft.meeting and draft.meeting.starts_at
    days = rules.Days(
        signalled=draft.signal and draft.signal.signalled_on,
        convened=draft.convened_on or today,
        meets=begins and day_of(begins),
        ends=draft.ends_on,
    )
    for demand in rules.ORDER:
        with refused:
            demand(days, today)
    refused.demand_none(type(draft).model_fields)


async def fast_track(work: Work, draft: FastTrackDraft) -> Record:
    """A temporary council for a shortage: with seats, a first meeting and the need."""
    await judge(work, draft)
    day = draft.convened_on or clock.today()
    marks = rules.marks(draft)
    council_id = await _convene(work, draft, day, marks)
    seat_ids = await _seat(work, draft, council_id, day, marks)
    meeting_id = await _call_meeting(work, draft, council_id)
    need_id = await _need(work, draft, council_id, meeting_id)
    return {
        "council_id": council_id,
        "need_id": need_id,
        "meeting_id": meeting_id,
        "seat_ids": seat_ids,
        "agenda_item_ids": await _agenda(work, draft, meeting_id, need_id),
        "attendance_ids": await invite_seats(work, meeting_id),
    }


async def judge_signal(work: Work, signal: Any, id: UUID) -> None:
    """All that forbids to put a signal right."""
    await learn(work, METADATA, signal)
    refused, before = Refusals(), await get_row(work.db, ShortageSignalRow, id)
    convened = await convened_on(work.db, before["council_id"])
    with refused:
        demand_named(work, METADATA, signal)
    with refused:
        rules.demand_before(signal.signalled_on, convened)
    refused.demand_none(type(signal).model_fields)


async def correct_signal(work: Work, id: UUID, signal: ShortageSignal, version: int) -> Record:
    """What the signal said, put right; its council and need stay, and the need says its own."""
    await judge_signal(work, signal, id)
    return await replace_thing(work, SHORTAGES, id, signal, version=version)


async def _convene(work: Work, draft: FastTrackDraft, day: date, marks: Record) -> UUID:
    council = CouncilDraft(
        kind=CouncilKind.temporary_council,
        level=CouncilLevel.operative,
        phase=CouncilPhase.forming,
        starts_on=day,
        **_same(draft, CouncilDraft),
        **marks,
    )
    made = await found_council(work, council)
    why = "Snabbspår: rådet är sammankallat"
    move = CouncilMove(phase=CouncilPhase.active, on=day, reason=why, **marks)
    await move_council(work, made["id"], move, None)
    council_id: UUID = made["id"]
    return council_id


def _same(draft: Any, other: Any) -> Record:
    """What two shapes call by the same name, but for where it comes from."""
    names = type(draft).model_fields.keys() & other.model_fields.keys() - {"source", "example"}
    return {name: getattr(draft, name) for name in names}


async def _seat(
    work: Work, draft: FastTrackDraft, council_id: UUID, day: date, marks: Record
) -> list[UUID]:
    shared = {"council_id": council_id, "valid_from": day, **marks}
    seats = [
        SeatDraft(actor_id=actor_id, role=role, **shared)
        for actor_id, role in rules.roles(draft).items()
    ]
    return await seat_in_a_hurry(work, seats, rules.hurry(draft))


async def _call_meeting(work: Work, draft: FastTrackDraft, council_id: UUID) -> UUID:
    told = _same(draft.meeting, MeetingDraft) | rules.marks(draft.meeting, draft)
    meeting = await plan_meeting(work, MeetingDraft(council_id=council_id, **told))
    meeting_id: UUID = meeting["id"]
    return meeting_id


async def _need(work: Work, draft: FastTrackDraft, council_id: UUID, meeting_id: UUID) -> UUID:
    need_id: UUID | None = draft.need_id
    if need_id is None:
        links = {"council_id": council_id, "meeting_ids": [meeting_id]}
        need_id = (await report_need(work, rules.need(draft, **links)))["id"]
    else:
        await take_up(work, [need_id], council_id)
    told = draft.signal.model_dump() | rules.marks(draft.signal, draft)
    await insert_row(work.db, ShortageSignalRow, told, council_id=council_id, need_id=need_id)
    return need_id


async def _agenda(work: Work, draft: FastTrackDraft, meeting_id: UUID, need_id: UUID) -> list[UUID]:
    shared = {"meeting_id": meeting_id, "need_ids": [need_id]}
    items = [
        AgendaItemDraft(
            title=point.title,
            kind=point.kind,
            **shared,
            **rules.marks(point, draft.meeting, draft),
        )
        for point in rules.agenda(draft)
    ]
    return [(await add_item(work, item))["id"] for item in items]
