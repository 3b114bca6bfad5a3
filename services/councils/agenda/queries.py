"""Questions about agenda items."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.meeting import (
    AgendaItem,
    AgendaItemDraft,
    AgendaKind,
    MinutesState,
)
from services.councils.meeting.queries import with_meeting
from services.councils.membership import insider
from services.councils.need.links import about_need, about_seen, both, seen_links
from services.councils.tables.meeting import AgendaItemRow, DecisionRow, MeetingRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.identity import Caller
from services.kit.paging import same
from services.kit.store import Record, table_of


class Agenda(Collection):
    """Agenda items; outsiders read their minutes once they are approved."""

    def hide(self, record: Record, caller: Caller) -> Record:
        """The record, without minutes where they are a draft that this caller may not read."""
        if record.get("minutes_state") != MinutesState.approved and not insider(caller):
            record["minutes"] = None
        return record


def _minutes_state(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    meeting = when.table(MeetingRow).alias("its_minutes")
    state = select(meeting.c.minutes_state).where(meeting.c.id == columns.meeting_id)
    return (state.scalar_subquery().label("minutes_state"),)


def _items_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    return both(with_meeting(caller, columns), about_seen(caller, columns))


AGENDA_ITEMS = Agenda(
    row=AgendaItemRow,
    draft=AgendaItemDraft,
    answer=AgendaItem,
    path="/agenda-items",
    filters={
        "meeting_id": same("meeting_id", Reference),
        "kind": same("kind", AgendaKind),
        "need_id": about_need(),
        "standing_item_id": same("standing_item_id", Reference),
    },
    sorts=("position", "created_at"),
    derive=_minutes_state,
    parent=("/meetings", "meeting_id"),
    visible=_items_seen,
    personal=("minutes",),
    narrowed={"need_ids": seen_links},
)


async def items_of(db: AsyncConnection, meeting_id: UUID) -> list[Record]:
    """The points of a meeting in their order."""
    item = table_of(AgendaItemRow)
    found = select(item).where(item.c.meeting_id == meeting_id).order_by(item.c.position, item.c.id)
    return [dict(row) for row in (await db.execute(found)).mappings()]


async def has_decision(db: AsyncConnection, id: UUID) -> bool:
    """Whether something was decided at a point."""
    decision = table_of(DecisionRow)
    return bool(await db.scalar(select(exists().where(decision.c.agenda_item_id == id))))
