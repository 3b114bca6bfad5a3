"""Process leadership: which posts lead what, by which methods, and what is asked of them."""

from sqlalchemy import Index, UniqueConstraint

from services.actors.contract.competence_profile import CompetenceProfileDraft, ProfileState
from services.actors.contract.leadership import LeaderAssignmentDraft
from services.actors.contract.method import MethodDraft, MethodState, MethodUseDraft
from services.actors.tables.base import ActorsRow
from services.kit.rows import belongs, search_indexes, sort_index, valid_column


class LeaderAssignmentRow(ActorsRow, LeaderAssignmentDraft, table=True):
    """What process leaders lead, period by period."""

    __tablename__ = "leader_assignment"
    __table_args__ = (
        valid_column(),
        belongs("leader_assignment", "post_id", "post"),
        belongs("leader_assignment", "actor_id", "actor"),
        belongs("leader_assignment", "funder_actor_id", "actor"),
        Index("ix_leader_assignment_post_id", "post_id"),
        Index("ix_leader_assignment_actor_id", "actor_id"),
        Index("ix_leader_assignment_funder_actor_id", "funder_actor_id"),
        *search_indexes("leader_assignment", "industry", "note"),
    )


class MethodRow(ActorsRow, MethodState, MethodDraft, table=True):
    """Ways of working."""

    __tablename__ = "method"
    __table_args__ = (
        Index("ix_method_steps", "steps", postgresql_using="gin"),
        sort_index("method", "name"),
        *search_indexes("method", "name", "purpose", "how_to", "materials"),
    )


class MethodUseRow(ActorsRow, MethodUseDraft, table=True):
    """When methods were used."""

    __tablename__ = "method_use"
    __table_args__ = (
        belongs("method_use", "method_id", "method"),
        belongs("method_use", "noted_by_post_id", "post"),
        Index("ix_method_use_method_id", "method_id", "used_on"),
        Index("ix_method_use_noted_by_post_id", "noted_by_post_id"),
        Index("ix_method_use_used_on", "used_on", "id"),
    )


class CompetenceProfileRow(ActorsRow, ProfileState, CompetenceProfileDraft, table=True):
    """What is asked of process leaders, edition by edition."""

    __tablename__ = "competence_profile"
    __table_args__ = (UniqueConstraint("edition", name="uq_competence_profile_edition"),)
