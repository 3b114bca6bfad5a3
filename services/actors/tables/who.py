"""Who there is: actors, standings, people, posts, holdings, relations and their ratings."""

from uuid import UUID

from pydantic import Field
from sqlalchemy import Index, UniqueConstraint, text

from services.actors.contract.actor import COMPANY_FORMS, ActorDraft, StandingDraft
from services.actors.contract.person import PersonDraft
from services.actors.contract.post import HoldingDraft, PostDraft
from services.actors.contract.relation import RelationDraft
from services.actors.contract.relation_rating import RelationRatingDraft
from services.actors.tables.base import ActorsRow
from services.kit.rows import (
    belongs,
    folded,
    no_overlap,
    search_indexes,
    sort_index,
    valid_column,
    without_marks,
)

# Without Swedish letters; written as PostgreSQL writes the ends of words.
FORMS = rf"\m({without_marks(COMPANY_FORMS)})\M\.?"


def bare(column: str) -> str:
    """Names as they are likened: without company form and Swedish letters, in SQL."""
    return rf"regexp_replace({folded(column)}, '{FORMS}', ' ', 'g')"


class ActorRow(ActorsRow, ActorDraft, table=True):
    """Organisations and networks."""

    __tablename__ = "actor"
    __table_args__ = (
        # An actor that was merged keeps its number, and the one it lives on in may have the same.
        Index(
            "uq_actor_org_number",
            "org_number",
            unique=True,
            postgresql_where=text("merged_into_id IS NULL"),
        ),
        belongs("actor", "merged_into_id", "actor"),
        belongs("actor", "merged_first_id", "actor"),
        Index("ix_actor_family", text("coalesce(merged_into_id, id)")),
        Index("ix_actor_merged_into_id", "merged_into_id"),
        Index("ix_actor_merged_first_id", "merged_first_id"),
        Index("ix_actor_kind", "kind"),
        Index("ix_actor_municipality_code", "municipality_code"),
        sort_index("actor", "name"),
        *search_indexes("actor", "name", "other_names", "mission"),
        *(
            Index(
                f"ix_actor_{column}_alike",
                text(f"{bare(column)} gin_trgm_ops"),
                postgresql_using="gin",
                postgresql_with={"fastupdate": "off"},
            )
            for column in ("name", "other_names")
        ),
        {"info": {"heir": "merged_into_id"}},
    )

    # Where the actor lives on now, whom it was merged with first, and which fields and names it
    # gave that one (names null: which of them are new was not kept).
    merged_into_id: UUID | None = None
    merged_first_id: UUID | None = None
    given_fields: list[str] = Field(default_factory=list)
    given_names: list[str] | None = None


class StandingRow(ActorsRow, StandingDraft, table=True):
    """Level and status of an actor, period by period."""

    __tablename__ = "standing"
    __table_args__ = (
        valid_column(),
        belongs("standing", "actor_id", "actor"),
        no_overlap("standing", "actor_id"),
    )


class PersonRow(ActorsRow, PersonDraft, table=True):
    """People who hold or have held posts (personal data)."""

    __tablename__ = "person"
    __table_args__ = (sort_index("person", "name"), *search_indexes("person", "name"))


class PostRow(ActorsRow, PostDraft, table=True):
    """Functions at actors, whether held or not."""

    __tablename__ = "post"
    __table_args__ = (
        belongs("post", "actor_id", "actor"),
        Index("ix_post_actor_id", "actor_id"),
        sort_index("post", "title"),
        *search_indexes("post", "title", "description"),
    )


class HoldingRow(ActorsRow, HoldingDraft, table=True):
    """Who held or covered which post, period by period; one of each at a time."""

    __tablename__ = "holding"
    __table_args__ = (
        valid_column(),
        belongs("holding", "post_id", "post"),
        belongs("holding", "person_id", "person"),
        Index("ix_holding_person_id", "person_id"),
        no_overlap("holding", "post_id", "cover"),
    )


class RelationRow(ActorsRow, RelationDraft, table=True):
    """How two actors belong together, period by period."""

    __tablename__ = "relation"
    __table_args__ = (
        valid_column(),
        belongs("relation", "actor_id", "actor"),
        belongs("relation", "other_actor_id", "actor"),
        Index("ix_relation_other_actor_id", "other_actor_id"),
        Index("ix_relation_state", "state"),
        no_overlap("relation", "actor_id", "other_actor_id", "kind"),
    )


class RelationRatingRow(ActorsRow, RelationRatingDraft, table=True):
    """How each side of a relation finds it, day by day."""

    __tablename__ = "relation_rating"
    __table_args__ = (
        belongs("relation_rating", "relation_id", "relation"),
        belongs("relation_rating", "rater_actor_id", "actor"),
        UniqueConstraint(
            "relation_id", "rated_on", "rater_actor_id", name="uq_relation_rating_rated_on"
        ),
        Index("ix_relation_rating_rater_actor_id", "rater_actor_id", "rated_on"),
        Index("ix_relation_rating_rated_on", "rated_on", "id"),
    )
