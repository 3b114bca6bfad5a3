"""Process leadership: which posts lead what."""

from sqlalchemy import Index

from services.actors.contract.leadership import LeaderAssignmentDraft
from services.actors.tables.base import ActorsRow
from services.kit.rows import belongs, search_indexes, valid_column


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
