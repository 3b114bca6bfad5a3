"""Who takes over what somebody left."""

from sqlalchemy import CheckConstraint, Index, text

from services.actors.contract.takeover import TakeoverDraft
from services.actors.tables.base import ActorsRow
from services.kit.rows import belongs

NOBODY = "'00000000-0000-0000-0000-000000000000'::uuid"


class TakeoverRow(ActorsRow, TakeoverDraft, table=True):
    """Things of any service that lost their owner, and the posts that took them on."""

    __tablename__ = "takeover"
    __table_args__ = (
        CheckConstraint("num_nonnulls(left_actor_id, left_post_id) <= 1", name="left_actor_id"),
        belongs("takeover", "left_actor_id", "actor"),
        belongs("takeover", "left_post_id", "post"),
        belongs("takeover", "owner_post_id", "post"),
        Index("ix_takeover_left_actor_id", "left_actor_id"),
        Index("ix_takeover_left_post_id", "left_post_id"),
        Index("ix_takeover_owner_post_id", "owner_post_id"),
        # One at a time takes care of a thing that somebody left, or that is nobody's in particular.
        Index(
            "uq_takeover_thing_id",
            "thing_id",
            "noun",
            text(f"coalesce(left_actor_id, left_post_id, {NOBODY})"),
            unique=True,
            postgresql_where=text("done_on IS NULL"),
        ),
    )
