"""What can be done with what projects learn, and with what goes on after them."""

from uuid import UUID

from services.councils.contract.project_learning import (
    ProjectContinuationDraft,
    ProjectDeviationDraft,
    ProjectLessonDraft,
)
from services.councils.decision.rules import demand_past
from services.councils.project.actions import its_project
from services.councils.project_learning.queries import (
    PROJECT_CONTINUATIONS,
    PROJECT_DEVIATIONS,
    PROJECT_LESSONS,
)
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.references import stored


async def judge_deviation(work: Work, draft: ProjectDeviationDraft, id: UUID | None = None) -> None:
    """All that forbids a deviation: of another project, begun or closed on a day to come."""
    refused, before = Refusals(), dict(await stored(work.db, PROJECT_DEVIATIONS.table, id))
    with refused:
        await its_project(work, draft, before)
    for field in ("from_on", "closed_on"):
        with refused:
            demand_past(getattr(draft, field), clock.today(), field=field)
    refused.demand_none()


async def judge_lesson(work: Work, draft: ProjectLessonDraft, id: UUID | None = None) -> None:
    """All that forbids a lesson: of another project, noted on a day to come."""
    refused, before = Refusals(), dict(await stored(work.db, PROJECT_LESSONS.table, id))
    with refused:
        await its_project(work, draft, before)
    with refused:
        demand_past(draft.noted_on, clock.today(), field="noted_on")
    refused.demand_none()


async def judge_continuation(
    work: Work, draft: ProjectContinuationDraft, id: UUID | None = None
) -> None:
    """It stays with its project."""
    await its_project(work, draft, dict(await stored(work.db, PROJECT_CONTINUATIONS.table, id)))
