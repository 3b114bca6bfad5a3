"""Rules about councils: which phase may follow which, and on which days."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.councils.contract.council import FOLLOWS, ClosingReason, CouncilPhase, PolicySource
from services.kit.errors import Conflict, FieldError, Rejected


def first_phase(given: CouncilPhase | None) -> CouncilPhase:
    """The phase a council starts in. Rejected for closed: a council closes after it began."""
    if given is CouncilPhase.closed:
        raise Rejected("a council is closed after it began", field="phase", reason="not_first")
    return given or CouncilPhase.proposed


def first_day(starts_on: date | None, today: date) -> date:
    """The day a council's first phase counts from; never one to come."""
    return min(starts_on or today, today)


def demand_published(sources: Sequence[PolicySource] | None, today: date) -> None:
    """Rejected at each policy source that would be published on a day to come."""
    code, told = "in_the_future", "that day has not come"
    days = enumerate(one.published_on for one in sources or ())
    wrong = [
        FieldError(f"policy_sources.{place}.published_on", code, told)
        for place, day in days
        if day is not None and day > today
    ]
    if wrong:
        raise Rejected(told, errors=wrong)


def demand_same_phase(given: CouncilPhase | None, present: str) -> None:
    """Rejected where somebody changes the phase among the facts."""
    if given is not None and given != present:
        raise Rejected("a phase is changed by moving", field="phase", reason="use_move")


def demand_move(present: str, wanted: CouncilPhase | None) -> None:
    """Conflict unless the wanted phase, where one is told, may follow the present one."""
    if wanted is CouncilPhase.closed:
        raise Conflict("a council is closed with a reason", field="phase", reason="use_close")
    if present == CouncilPhase.closed:
        raise Conflict("reopen it, or found a new one", field="phase", reason="closed")
    if wanted is not None and wanted not in FOLLOWS[CouncilPhase(present)]:
        raise Conflict(f"{wanted} cannot follow {present}", field="phase", reason="wrong_phase")


def demand_day(day: date | None, *, last: date, today: date, field: str) -> None:
    """Rejected for a day to come, or one before the council's last change."""
    if day is None:
        return
    if day > today:
        raise Rejected("that day has not come", field=field, reason="in_the_future")
    if day < last:
        raise Rejected("the last change was later", field=field, reason="too_early")


def demand_open(council: Mapping[str, Any], *, field: str) -> None:
    """Conflict where the council is closed: all of it can be read, nothing is added."""
    if council["closed_on"] is not None:
        raise Conflict("the council is closed", field=field, reason="closed")


def demand_none_open(title: str | None, *, field: str, reason: str) -> None:
    """Conflict where something that stands open relies on what a council would be no more."""
    if title is not None:
        raise Conflict(f"this stands open: {title}", field=field, reason=reason)


def demand_work_done(day: date | None, last: date | None) -> None:
    """Conflict where a council would be closed before it met, decided or got something to do."""
    if day is not None and last is not None and day < last:
        raise Conflict("it worked later", field="closed_on", reason="worked_later")


def demand_before_closing(closed_on: date | None, day: date | None, *, field: str) -> None:
    """Rejected where a council would have met or decided something after it was closed."""
    if closed_on is not None and day is not None and day > closed_on:
        raise Rejected("the council was closed by then", field=field, reason="after_closing")


def demand_within(
    council: Mapping[str, Any], first: date, last: date, *, early: str, late: str
) -> None:
    """Rejected where a council would meet before it begins, or after the day that it ends on."""
    begun, ends = council["starts_on"], council["ends_on"]
    if begun is not None and first < begun:
        raise Rejected("the council begins later", field=early, reason="before_council")
    if ends is not None and last > ends:
        raise Rejected("the council ends earlier", field=late, reason="after_council")


def demand_none_after(days: Sequence[date]) -> None:
    """Rejected where a council would end before the days on which it meets."""
    if days:
        told = f"it meets on {', '.join(map(str, days))}"
        raise Rejected(told, field="ends_on", reason="meets_later")


def demand_no_later_seat(first: date | None) -> None:
    """Conflict where a council would be closed before somebody takes a seat in it."""
    if first is not None:
        told = f"a seat begins on {first}"
        raise Conflict(told, field="closed_on", reason="seats_begin_later")


def demand_goal_met(reason: ClosingReason | None, open_needs: int) -> None:
    """Conflict where the goal is said to be met while needs of the council are still open."""
    if reason is ClosingReason.goal_met and open_needs:
        told = f"{open_needs} of the council's needs are neither met nor dropped"
        raise Conflict(told, field="reason", reason="needs_open")


def demand_closed(council: Mapping[str, Any]) -> None:
    """Conflict unless there is a closing to undo."""
    if council["closed_on"] is None:
        raise Conflict("the council is not closed", field="phase", reason="not_closed")
