"""Questions about action items."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, literal, or_, select

from services.councils.contract.decision import ActionItem, ActionItemDraft
from services.councils.contract.meeting import MeetingStatus
from services.councils.meeting.queries import up_to
from services.councils.membership import in_own_council, insider
from services.councils.tables.meeting import ActionItemRow, MeetingRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.identity import Caller
from services.kit.paging import Filter, given, same, since, until
from services.kit.store import table_of


def items_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Members see their councils' items and their own; outsiders those of held meetings."""
    within = in_own_council(caller, columns.council_id)
    if within is not None:
        return or_(within, columns.owner_post_id.in_(caller.post_ids))
    if insider(caller):
        return None
    meeting = table_of(MeetingRow).alias("its_meeting")
    held = (meeting.c.id == columns.meeting_id) & (meeting.c.status == MeetingStatus.held)
    return or_(columns.meeting_id.is_(None), select(literal(1)).where(held).exists())


def _approved(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    meeting = when.table(MeetingRow).alias("its_minutes")
    day = select(meeting.c.approved_on).where(meeting.c.id == columns.meeting_id)
    return (day.scalar_subquery().label("minutes_approved_on"),)


def _open() -> Filter:
    """true: not done; false: done."""
    return Filter(bool, lambda c, values: c.done_on.is_(None) == values[0])


def _up_to_meeting() -> Filter:
    """What a council had to do when a meeting of it began."""
    item, meeting = table_of(ActionItemRow).alias("followed"), table_of(MeetingRow)
    origin, now = meeting.alias("came_from"), meeting.alias("follows_at")
    joined = item.outerjoin(origin, origin.c.id == item.c.meeting_id).join(
        now, up_to(item, origin, now.c.council_id, now.c.starts_at)
    )

    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        found = select(item.c.id).select_from(joined).where(now.c.id.in_(values))
        there: ColumnElement[bool] = columns.id.in_(found)
        return there

    return Filter(Reference, clause)


ACTION_ITEMS = Collection(
    row=ActionItemRow,
    draft=ActionItemDraft,
    answer=ActionItem,
    path="/action-items",
    filters={
        "council_id": same("council_id", Reference),
        "meeting_id": same("meeting_id", Reference),
        "decision_id": same("decision_id", Reference),
        "owner_post_id": same("owner_post_id", Reference),
        "owned": given("owner_post_id"),
        "open": _open(),
        "up_to_meeting_id": _up_to_meeting(),
        "due_from": since("due_on"),
        "due_until": until("due_on"),
    },
    sorts=("due_on", "done_on", "created_at", "updated_at"),
    search=("text", "outcome"),
    derive=_approved,
    parent=("/councils", "council_id"),
    visible=items_seen,
)
