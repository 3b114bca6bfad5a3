"""Questions about what projects learn, and what goes on after them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_

from services.councils.contract.project_learning import (
    ProjectContinuation,
    ProjectContinuationDraft,
    ProjectDeviation,
    ProjectDeviationDraft,
    ProjectLesson,
    ProjectLessonDraft,
    ProjectLessonKind,
)
from services.councils.project.queries import over, with_project
from services.councils.tables.project import (
    ProjectContinuationRow,
    ProjectDeviationRow,
    ProjectLessonRow,
)
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import Filter, ownerless, same, since, until


def _closed() -> Filter:
    """true: over, on a day that is known or not; false: open."""
    return Filter(
        bool,
        lambda columns, values: over(columns) == values[0],
        keeps="true: only those that are over, also on a day not known; false: the open ones",
    )


PROJECT_DEVIATIONS = Collection(
    row=ProjectDeviationRow,
    draft=ProjectDeviationDraft,
    answer=ProjectDeviation,
    path="/project-deviations",
    filters={
        "project_id": same("project_id", Reference),
        "restart": same("restart", bool),
        "owner_post_id": same("owner_post_id", Reference),
        "ownerless": ownerless(),
        "closed": _closed(),
        "due_from": since("due_on"),
        "due_to": until("due_on"),
    },
    sorts=("from_on", "due_on", "created_at"),
    parent=("/projects", "project_id"),
    visible=with_project,
)
PROJECT_LESSONS = Collection(
    row=ProjectLessonRow,
    draft=ProjectLessonDraft,
    answer=ProjectLesson,
    path="/project-lessons",
    filters={
        "project_id": same("project_id", Reference),
        "kind": same("kind", ProjectLessonKind),
        "noted_from": since("noted_on"),
        "noted_to": until("noted_on"),
    },
    sorts=("-created_at", "noted_on", "kind"),
    search=("text",),
    parent=("/projects", "project_id"),
    visible=with_project,
)


def _carried(columns: Any) -> ColumnElement[bool]:
    return or_(columns.carrier_actor_id.is_not(None), columns.carrier_post_id.is_not(None))


def _derived(columns: Any, _when: When) -> Sequence[ColumnElement[Any]]:
    return (_carried(columns).label("carried"),)


PROJECT_CONTINUATIONS = Collection(
    row=ProjectContinuationRow,
    draft=ProjectContinuationDraft,
    answer=ProjectContinuation,
    path="/project-continuations",
    filters={
        "project_id": same("project_id", Reference),
        "carrier_actor_id": same("carrier_actor_id", Reference),
        "carrier_post_id": same("carrier_post_id", Reference),
        "carried": Filter(
            bool,
            lambda c, values: _carried(c) if values[0] else ~_carried(c),
            keeps="true: an actor or a post carries it; false: nobody does",
        ),
        "from_from": since("from_on"),
        "from_to": until("from_on"),
    },
    sorts=("created_at", "from_on", "what"),
    derive=_derived,
    parent=("/projects", "project_id"),
    visible=with_project,
)
