"""What is remembered about projects."""

from sqlalchemy import Index, Numeric, UniqueConstraint
from sqlmodel import Field

from services.councils.contract.project import (
    ProjectAssignmentDraft,
    ProjectDraft,
    ProjectState,
    ProjectVersion,
)
from services.councils.contract.project_learning import (
    ProjectContinuationDraft,
    ProjectDeviationDraft,
    ProjectLessonDraft,
)
from services.councils.contract.project_work import ProjectActivityDraft, ProjectBudgetLineDraft
from services.councils.tables.base import CouncilsRow
from services.kit.contract import Money
from services.kit.rows import belongs, newest_index, search_indexes, sort_index


class ProjectRow(CouncilsRow, ProjectState, ProjectDraft, table=True):
    """Work for a time."""

    __tablename__ = "project"
    __table_args__ = (
        belongs("project", "council_id", "council"),
        Index("ix_project_council_id", "council_id"),
        Index("ix_project_owner_actor_id", "owner_actor_id"),
        Index("ix_project_leader_post_id", "leader_post_id"),
        sort_index("project", "name"),
        newest_index("project"),
        *search_indexes("project", "name", "purpose"),
    )


class ProjectAssignmentRow(CouncilsRow, ProjectVersion, ProjectAssignmentDraft, table=True):
    """What projects are to do, one version after another."""

    __tablename__ = "project_assignment"
    __table_args__ = (
        belongs("project_assignment", "project_id", "project"),
        belongs("project_assignment", "council_id", "council"),
        belongs("project_assignment", "decision_id", "decision"),
        UniqueConstraint("project_id", "number", name="uq_project_assignment_number"),
        Index("ix_project_assignment_council_id", "council_id"),
        Index("ix_project_assignment_decision_id", "decision_id"),
    )


class ProjectActivityRow(CouncilsRow, ProjectActivityDraft, table=True):
    """What is done, told, asked and checked in projects."""

    __tablename__ = "project_activity"
    __table_args__ = (
        belongs("project_activity", "project_id", "project"),
        Index("ix_project_activity_project_id", "project_id"),
        Index("ix_project_activity_owner_post_id", "owner_post_id"),
        Index("ix_project_activity_due_on", "due_on", "id"),
    )


class ProjectBudgetLineRow(CouncilsRow, ProjectBudgetLineDraft, table=True):
    """What things in projects were to cost, and did."""

    __tablename__ = "project_budget_line"
    __table_args__ = (
        belongs("project_budget_line", "project_id", "project"),
        Index("ix_project_budget_line_project_id", "project_id"),
    )

    plan: Money | None = Field(None, sa_type=Numeric(12, 2))
    actual: Money | None = Field(None, sa_type=Numeric(12, 2))


class ProjectDeviationRow(CouncilsRow, ProjectDeviationDraft, table=True):
    """How projects went otherwise than planned."""

    __tablename__ = "project_deviation"
    __table_args__ = (
        belongs("project_deviation", "project_id", "project"),
        Index("ix_project_deviation_project_id", "project_id"),
        Index("ix_project_deviation_owner_post_id", "owner_post_id"),
    )


class ProjectLessonRow(CouncilsRow, ProjectLessonDraft, table=True):
    """What projects learnt."""

    __tablename__ = "project_lesson"
    __table_args__ = (
        belongs("project_lesson", "project_id", "project"),
        Index("ix_project_lesson_project_id", "project_id"),
        newest_index("project_lesson"),
        *search_indexes("project_lesson", "text"),
    )


class ProjectContinuationRow(CouncilsRow, ProjectContinuationDraft, table=True):
    """What goes on after projects."""

    __tablename__ = "project_continuation"
    __table_args__ = (
        belongs("project_continuation", "project_id", "project"),
        belongs("project_continuation", "decision_id", "decision"),
        Index("ix_project_continuation_project_id", "project_id"),
        Index("ix_project_continuation_decision_id", "decision_id"),
        Index("ix_project_continuation_carrier_actor_id", "carrier_actor_id"),
        Index("ix_project_continuation_carrier_post_id", "carrier_post_id"),
    )
