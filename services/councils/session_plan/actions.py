"""What can be done with session plans."""

from uuid import UUID

from services.councils.contract.session_plan import SessionPlanDraft
from services.councils.meeting.actions import known_meeting
from services.councils.meeting.queries import day_of
from services.councils.meeting.rules import demand_not_cancelled
from services.councils.session_plan import rules
from services.councils.tables.meeting import SessionPlanRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.store import get_row


async def judge(work: Work, draft: SessionPlanDraft, id: UUID | None = None) -> None:
    """All that forbids a plan of a meeting, or these values for one."""
    refused = Refusals()
    if id is not None:
        with refused:
            before = await get_row(work.db, SessionPlanRow, id)
            rules.demand_its_meeting(before, draft.meeting_id)
    if draft.meeting_id is not None:
        with refused:
            meeting = await known_meeting(work, draft.meeting_id)
            demand_not_cancelled(meeting)
            day = day_of(meeting["starts_at"])
            rules.demand_over(day, clock.today(), told=bool(draft.voices))
    refused.demand_none()
