"""Who is chosen, and by what."""

from sqlalchemy import CheckConstraint, Index

from services.actors.contract.priority import CriterionDraft, PriorityDraft
from services.actors.tables.base import ActorsRow
from services.kit.rows import (
    belongs,
    no_overlap,
    search_indexes,
    sort_index,
    valid_column,
)


class CriterionRow(ActorsRow, CriterionDraft, table=True):
    """What actors are weighed by, period by period."""

    __tablename__ = "criterion"
    __table_args__ = (
        valid_column(),
        no_overlap("criterion", "name", blame="name"),
        sort_index("criterion", "name"),
        *search_indexes("criterion", "name", "description"),
    )


class PriorityRow(ActorsRow, PriorityDraft, table=True):
    """What was decided about actors; each decision stays when a later one is made."""

    __tablename__ = "priority"
    __table_args__ = (
        belongs("priority", "actor_id", "actor"),
        belongs("priority", "decided_by_post_id", "post"),
        CheckConstraint("num_nonnulls(decided_by_post_id, decided_by) = 1", name="decided_by"),
        Index("ix_priority_actor_id", "actor_id", "decided_on"),
        Index("ix_priority_decided_by_post_id", "decided_by_post_id"),
        Index("ix_priority_decided_on", "decided_on", "id"),
        Index("ix_priority_review_on", "review_on"),
        Index("ix_priority_scores", "scores", postgresql_using="gin"),
        *search_indexes("priority", "reason", "decided_by"),
    )
