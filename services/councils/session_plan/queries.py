"""Questions about session plans."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.councils.contract.session_plan import SessionPlan, SessionPlanDraft
from services.councils.meeting.queries import with_meeting
from services.councils.tables.meeting import MeetingRow, SessionPlanRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import Filter, has, same


def _sum(rows: Any, name: str) -> Any:
    """The sum of a number in every row of a list; null where there is none."""
    one = func.jsonb_array_elements(rows, type_=JSONB).column_valued("one")
    return select(func.sum(cast(one.op("->>")(name), Integer))).scalar_subquery()


def _quiet(voices: Any) -> ColumnElement[Any]:
    one = func.jsonb_array_elements(voices, type_=JSONB).column_valued("voice")
    nobody = cast(one.op("->>")("spoke"), Integer) == 0
    sides = select(cast(one.op("->>")("side"), Text)).where(nobody)
    return func.array(sides.scalar_subquery(), type_=ARRAY(Text()))


def _derived(columns: Any, _when: When) -> Sequence[ColumnElement[Any]]:
    return (
        func.coalesce(_sum(columns.parts, "length_minutes"), 0).label("total_minutes"),
        _sum(columns.voices, "present").label("present_count"),
        _sum(columns.voices, "spoke").label("spoke_count"),
        _quiet(columns.voices).label("quiet_sides"),
    )


def _of_council() -> Filter:
    """Only of meetings of these councils."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        meeting = when.table(MeetingRow).alias("planned_meeting")
        its = meeting.c.id == columns.meeting_id
        return select(meeting.c.id).where(its, meeting.c.council_id.in_(values)).exists()

    return Filter(Reference, clause, dated=True)


def _is_told() -> Filter:
    """true: it is told who was heard; false: it is not."""

    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        told: ColumnElement[bool] = func.jsonb_array_length(columns.voices) > 0
        return told if values[0] else ~told

    return Filter(bool, clause)


SESSION_PLANS = Collection(
    row=SessionPlanRow,
    draft=SessionPlanDraft,
    answer=SessionPlan,
    path="/session-plans",
    filters={
        "meeting_id": same("meeting_id", Reference),
        "council_id": _of_council(),
        "facilitator_post_id": same("facilitator_post_id", Reference),
        "method_id": has("method_ids", Reference),
        "told": _is_told(),
    },
    sorts=("-created_at", "updated_at"),
    search=("aim", "learned"),
    derive=_derived,
    visible=with_meeting,
    parent=("/meetings", "meeting_id"),
)
