"""Who is chosen, and by what."""

from sqlalchemy import CheckConstraint, Index, text

from services.actors.contract.joining import JoiningDraft
from services.actors.contract.priority import CriterionDraft, PriorityDraft, PriorityWeighing
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


class PriorityRow(ActorsRow, PriorityWeighing, PriorityDraft, table=True):
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
        Index("ix_priority_criterion_ids", "criterion_ids", postgresql_using="gin"),
        *search_indexes("priority", "reason", "decided_by"),
    )


class JoiningRow(ActorsRow, JoiningDraft, table=True):
    """Actors that needs point at, and how far each has come."""

    __tablename__ = "joining"
    __table_args__ = (
        belongs("joining", "actor_id", "actor"),
        belongs("joining", "owner_post_id", "post"),
        belongs("joining", "pledge_id", "pledge"),
        # One at a time sees to that an actor joins for a need.
        Index(
            "uq_joining_actor_id",
            "actor_id",
            "need_id",
            unique=True,
            postgresql_where=text(
                "answer <> 'declined' AND connected_on IS NULL AND lapsed_on IS NULL"
            ),
        ),
        Index("ix_joining_actor_id", "actor_id"),
        Index("ix_joining_need_id", "need_id"),
        Index("ix_joining_owner_post_id", "owner_post_id"),
        Index("ix_joining_pledge_id", "pledge_id"),
        Index("ix_joining_due_on", "due_on", "id"),
        *search_indexes("joining", "why", "reasons"),
    )

    # The municipality whose key made it; the association's own else.
    managed_by: str | None = None
