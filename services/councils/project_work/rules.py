"""Rules about a project's work: when check-ins are, and which sums are explained."""

from calendar import monthrange
from datetime import date, timedelta

from services.councils.contract.project import PROJECT_ENDS
from services.councils.contract.project_work import (
    CheckInPlan,
    CheckInUnit,
    ProjectActivityDraft,
    ProjectActivityKind,
    ProjectBudgetLineDraft,
)
from services.kit.contract import LAST_YEAR
from services.kit.errors import Rejected

WEEK, MONTHS = timedelta(weeks=1), 12


def demand_cause(status: str | None, line: ProjectBudgetLineDraft) -> None:
    """Rejected in a project that has ended where sums differ and nobody says why."""
    known = None not in (line.plan, line.actual)
    if status not in PROJECT_ENDS or not known or line.plan == line.actual:
        return
    for field in ("variance_kind", "variance_cause"):
        if getattr(line, field) is None:
            raise Rejected("say why they differ", field=field, reason="missing")


def demand_days(plan: CheckInPlan) -> None:
    """Rejected where the last check-in would be on a day that nothing may have."""
    told = plan.first_on, plan.every, plan.unit, plan.times
    if None not in told and _day(plan, plan.times - 1).year > LAST_YEAR:
        raise Rejected("the last would be too far ahead", field="times", reason="too_late")


def check_ins(project_id: object, plan: CheckInPlan) -> list[ProjectActivityDraft]:
    """Each check-in of a plan, as something to do."""
    told = plan.model_dump(include={"title", "owner_post_id", "note", "source", "example"})
    told |= {"project_id": project_id, "kind": ProjectActivityKind.check_in}
    days = [_day(plan, place) for place in range(plan.times)]
    return [ProjectActivityDraft(**told, due_on=day) for day in days]


def _day(plan: CheckInPlan, place: int) -> date:
    """The day of one of them; the last of the month where a month has no such day."""
    if plan.unit is CheckInUnit.weeks:
        return plan.first_on + place * plan.every * WEEK
    years, month = divmod(plan.first_on.month - 1 + place * plan.every, MONTHS)
    year = plan.first_on.year + years
    day = min(plan.first_on.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)
