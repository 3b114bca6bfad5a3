"""Rules about approvals: when a link may be made, what it shows, and what may be wished for."""

from collections.abc import Container, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from services.councils.contract.approval import ApprovalRecipient, SheetState, Wish
from services.councils.contract.interview import InterviewStatus
from services.kit.errors import Conflict, FieldError, Rejected

# A link shows nothing after that; another is made where more time is needed.
LASTS = timedelta(days=30)
SHOWN = (SheetState.open, SheetState.approved)
_OF = {
    InterviewStatus.draft: SheetState.changing,
    InterviewStatus.sent: SheetState.open,
    InterviewStatus.approved: SheetState.approved,
    InterviewStatus.withdrawn: SheetState.withdrawn,
}


def demand_sent(status: str) -> None:
    """Conflict unless there is something for the respondent to read."""
    if status not in (InterviewStatus.sent, InterviewStatus.approved):
        raise Conflict(f"the interview is {status}", field="status", reason="wrong_status")


def demand_reachable(recipient: ApprovalRecipient) -> None:
    """Conflict where no e-mail can go to whoever holds the respondent's post."""
    if recipient.why_not is not None:
        raise Conflict(
            "no e-mail can go", field="respondent_post_id", reason=str(recipient.why_not)
        )


def state_of_sheet(
    link: Mapping[str, Any], interview: Mapping[str, Any], now: datetime
) -> SheetState:
    """What a link shows and takes."""
    status = InterviewStatus(interview["status"])
    if status is InterviewStatus.withdrawn:
        return SheetState.withdrawn
    if link["revoked"]:
        return SheetState.revoked
    return SheetState.lapsed if link["expires_at"] <= now else _OF[status]


def demand_state(state: SheetState, *allowed: SheetState) -> None:
    """Conflict where a link takes this no more, or not yet."""
    if state not in allowed:
        raise Conflict("the link does not take that", field="state", reason=f"sheet_{state}")


def demand_read(interview: Mapping[str, Any], version: int) -> None:
    """Conflict where it was changed after the respondent read it."""
    if interview["version"] != version:
        raise Conflict("it was changed after it was read", field="version", reason="sheet_changed")


def demand_answered(wishes: Iterable[Wish], answered: Container[str]) -> None:
    """Rejected for wishes about answers that there are none of."""
    wrong = [
        FieldError(f"wishes.{place}.question_key", "unknown_question", "no such answer")
        for place, wish in enumerate(wishes)
        if wish.question_key not in answered
    ]
    if wrong:
        raise Rejected(errors=wrong)
