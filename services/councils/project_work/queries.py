"""Questions about activities and budget lines of projects."""

from typing import Any

from sqlalchemy import ColumnElement, and_

from services.councils.contract.project_work import (
    ProjectActivity,
    ProjectActivityDraft,
    ProjectActivityKind,
    ProjectBudgetLine,
    ProjectBudgetLineDraft,
    VarianceKind,
)
from services.councils.project.queries import differs, project_open, with_project
from services.councils.tables.project import ProjectActivityRow, ProjectBudgetLineRow
from services.kit import clock
from services.kit.collection import Collection
from services.kit.contract import Reference
from services.kit.paging import Filter, given, ownerless, same, since, until


def _overdue() -> Filter:
    """true: not done, and the day has passed; false: all others."""

    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        late = and_(columns.done_on.is_(None), columns.due_on < clock.today())
        return late.is_(True) if values[0] else late.is_not(True)

    return Filter(bool, clause, keeps="true: not done though its day has passed; false: others")


PROJECT_ACTIVITIES = Collection(
    row=ProjectActivityRow,
    draft=ProjectActivityDraft,
    answer=ProjectActivity,
    path="/project-activities",
    filters={
        "project_id": same("project_id", Reference),
        "kind": same("kind", ProjectActivityKind),
        "owner_post_id": same("owner_post_id", Reference),
        "ownerless": ownerless(),
        "done": given("done_on"),
        "overdue": _overdue(),
        "project_open": project_open(),
        "due_from": since("due_on"),
        "due_to": until("due_on"),
    },
    sorts=("due_on", "starts_on", "title", "created_at"),
    parent=("/projects", "project_id"),
    visible=with_project,
)


def _unexplained() -> Filter:
    """true: plan and outcome differ and nobody says why; false: all others."""
    return Filter(
        bool,
        lambda c, values: differs(c).is_(True) if values[0] else differs(c).is_not(True),
        keeps="true: plan and outcome differ and nobody says why; false: others",
    )


PROJECT_BUDGET_LINES = Collection(
    row=ProjectBudgetLineRow,
    draft=ProjectBudgetLineDraft,
    answer=ProjectBudgetLine,
    path="/project-budget-lines",
    filters={
        "project_id": same("project_id", Reference),
        "variance_kind": same("variance_kind", VarianceKind),
        "unexplained": _unexplained(),
    },
    sorts=("created_at", "label"),
    parent=("/projects", "project_id"),
    visible=with_project,
)
