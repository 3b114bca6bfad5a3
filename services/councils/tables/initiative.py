"""What is remembered about initiatives: their steps, money, people, outcomes and checklists."""

from sqlalchemy import Index, Numeric, UniqueConstraint
from sqlmodel import Field

from services.councils.contract.budget_line import BudgetLineDraft
from services.councils.contract.checklist import (
    ChecklistDraft,
    ChecklistTemplateDraft,
    TemplateState,
)
from services.councils.contract.headcount import HeadcountDraft
from services.councils.contract.initiative import (
    InitiativeDraft,
    InitiativeState,
    OutcomeDraft,
    StepDraft,
)
from services.councils.tables.base import CouncilsRow
from services.kit.contract import Money
from services.kit.rows import belongs, newest_index, search_indexes, sort_index


class InitiativeRow(CouncilsRow, InitiativeState, InitiativeDraft, table=True):
    """What is done about needs."""

    __tablename__ = "initiative"
    __table_args__ = (
        belongs("initiative", "council_id", "council"),
        belongs("initiative", "decision_id", "decision"),
        Index("ix_initiative_need_ids", "need_ids", postgresql_using="gin"),
        Index("ix_initiative_partners", "partners", postgresql_using="gin"),
        Index("ix_initiative_status", "status"),
        Index("ix_initiative_council_id", "council_id"),
        Index("ix_initiative_decision_id", "decision_id"),
        Index("ix_initiative_lead_actor_id", "lead_actor_id"),
        Index("ix_initiative_owner_post_id", "owner_post_id"),
        Index("ix_initiative_programme_id", "programme_id"),
        Index("ix_initiative_reported_by", "reported_by"),
        sort_index("initiative", "title"),
        newest_index("initiative"),
        *search_indexes("initiative", "title", "description", "audience"),
    )

    budget: Money | None = Field(None, sa_type=Numeric(12, 2))
    actual: Money | None = Field(None, sa_type=Numeric(12, 2))


class StepRow(CouncilsRow, StepDraft, table=True):
    """Steps of initiatives."""

    __tablename__ = "step"
    __table_args__ = (
        belongs("step", "initiative_id", "initiative"),
        belongs("step", "checklist_template_id", "checklist_template"),
        Index("ix_step_initiative_id", "initiative_id"),
        Index("ix_step_owner_post_id", "owner_post_id"),
        Index("ix_step_checklist_template_id", "checklist_template_id"),
    )


class BudgetLineRow(CouncilsRow, BudgetLineDraft, table=True):
    """What initiatives cost, line by line."""

    __tablename__ = "budget_line"
    __table_args__ = (
        belongs("budget_line", "initiative_id", "initiative"),
        Index("ix_budget_line_initiative_id", "initiative_id"),
        Index("ix_budget_line_financier_actor_id", "financier_actor_id"),
    )

    plan: Money = Field(sa_type=Numeric(12, 2))
    actual: Money | None = Field(None, sa_type=Numeric(12, 2))


class HeadcountRow(CouncilsRow, HeadcountDraft, table=True):
    """How many came through initiatives, day by day that somebody counted."""

    __tablename__ = "headcount"
    __table_args__ = (
        belongs("headcount", "initiative_id", "initiative"),
        UniqueConstraint("initiative_id", "counted_on", name="uq_headcount_counted_on"),
        Index("ix_headcount_counted_on", "counted_on", "id"),
    )


class OutcomeRow(CouncilsRow, OutcomeDraft, table=True):
    """What initiatives changed."""

    __tablename__ = "outcome"
    __table_args__ = (
        belongs("outcome", "initiative_id", "initiative"),
        Index("ix_outcome_initiative_id", "initiative_id"),
        Index("ix_outcome_need_ids", "need_ids", postgresql_using="gin"),
    )


class ChecklistTemplateRow(CouncilsRow, TemplateState, ChecklistTemplateDraft, table=True):
    """Reusable lists of points."""

    __tablename__ = "checklist_template"
    __table_args__ = (UniqueConstraint("name", "edition", name="uq_checklist_template_edition"),)


class ChecklistRow(CouncilsRow, ChecklistDraft, table=True):
    """Filled checklists."""

    __tablename__ = "checklist"
    __table_args__ = (
        belongs("checklist", "checklist_template_id", "checklist_template"),
        belongs("checklist", "initiative_id", "initiative"),
        Index("ix_checklist_checklist_template_id", "checklist_template_id"),
        Index("ix_checklist_initiative_id", "initiative_id"),
        Index("ix_checklist_programme_id", "programme_id"),
    )
