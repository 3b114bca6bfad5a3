"""What the actors service remembers."""

from sqlalchemy import Index, UniqueConstraint

from services.actors.contract.actor import ActorDraft, StandingDraft
from services.kit.rows import (
    Row,
    belongs,
    new_metadata,
    no_overlap,
    search_indexes,
    sort_index,
    valid_column,
)

METADATA = new_metadata()


class ActorsRow(Row):
    """The actors service's own tables."""

    metadata = METADATA


class ActorRow(ActorsRow, ActorDraft, table=True):
    """Organisations and networks."""

    __tablename__ = "actor"
    __table_args__ = (
        UniqueConstraint("org_number", name="uq_actor_org_number"),
        Index("ix_actor_kind", "kind"),
        Index("ix_actor_municipality_code", "municipality_code"),
        sort_index("actor", "name"),
        *search_indexes("actor", "name", "mission"),
    )


class StandingRow(ActorsRow, StandingDraft, table=True):
    """Level and status of an actor, period by period."""

    __tablename__ = "standing"
    __table_args__ = (
        valid_column(),
        belongs("standing", "actor_id", "actor"),
        no_overlap("standing", "actor_id"),
    )
