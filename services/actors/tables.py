"""What the actors service remembers."""

from datetime import datetime
from uuid import UUID

from pydantic import Field
from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
from sqlmodel import Field as StoredField

from services.actors.contract.actor import ActorDraft, StandingDraft
from services.actors.contract.contact import ContactDraft
from services.actors.contract.importing import ImportFacts
from services.actors.contract.mandate import EndorsementDraft, MandateDraft
from services.actors.contract.person import PersonDraft
from services.actors.contract.pledge import PledgeDraft
from services.actors.contract.post import HoldingDraft, PostDraft
from services.actors.contract.programme import IntakeDraft, ProgrammeDraft
from services.actors.contract.readiness import GainDraft, ReadinessDraft
from services.actors.contract.relation import RelationDraft
from services.actors.contract.role_trial import RoleTrialDraft
from services.kit.rows import (
    Row,
    belongs,
    new_metadata,
    newest_index,
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
        Index("ix_actor_kind", "kind"),
        Index("ix_actor_municipality_code", "municipality_code"),
        sort_index("actor", "name"),
        *search_indexes("actor", "name", "other_names", "mission"),
    )

    # Where the actor lives on now, whom it was merged with first, and which fields it gave.
    merged_into_id: UUID | None = None
    merged_first_id: UUID | None = None
    given_fields: list[str] = Field(default_factory=list)


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


class ProgrammeRow(ActorsRow, ProgrammeDraft, table=True):
    """Education and labour-market measures on offer."""

    __tablename__ = "programme"
    __table_args__ = (
        belongs("programme", "provider_actor_id", "actor"),
        Index("ix_programme_provider_actor_id", "provider_actor_id"),
        Index("ix_programme_municipality_code", "municipality_code"),
        Index("ix_programme_occupation_codes", "occupation_codes", postgresql_using="gin"),
        sort_index("programme", "name"),
        *search_indexes("programme", "name", "description"),
    )


class IntakeRow(ActorsRow, IntakeDraft, table=True):
    """Starts of programmes; what is not known is null."""

    __tablename__ = "intake"
    __table_args__ = (
        belongs("intake", "programme_id", "programme"),
        Index("ix_intake_programme_id", "programme_id", "starts_on"),
        Index("ix_intake_starts_on", "starts_on"),
    )


class ContactRow(ActorsRow, ContactDraft, table=True):
    """What actors said to each other, day by day, and the next steps."""

    __tablename__ = "contact"
    __table_args__ = (
        belongs("contact", "actor_id", "actor"),
        belongs("contact", "post_id", "post"),
        belongs("contact", "our_actor_id", "actor"),
        belongs("contact", "our_post_id", "post"),
        belongs("contact", "owner_post_id", "post"),
        Index("ix_contact_actor_id", "actor_id", "held_on"),
        Index("ix_contact_our_actor_id", "our_actor_id", "held_on"),
        Index("ix_contact_our_post_id", "our_post_id"),
        Index("ix_contact_post_id", "post_id"),
        Index("ix_contact_held_on", "held_on", "id"),
        Index(
            "ix_contact_owner_post_id",
            "owner_post_id",
            postgresql_where=text("next_step IS NOT NULL AND done_on IS NULL"),
        ),
        *search_indexes("contact", "said", "reply", "next_step"),
    )


class MandateRow(ActorsRow, MandateDraft, table=True):
    """Who may carry what on whose behalf, period by period."""

    __tablename__ = "mandate"
    __table_args__ = (
        valid_column(),
        CheckConstraint(
            "num_nonnulls(holder_actor_id, holder_post_id, holder_council_id) = 1",
            name="holder_actor_id",
        ),
        belongs("mandate", "issuer_actor_id", "actor"),
        belongs("mandate", "holder_actor_id", "actor"),
        belongs("mandate", "holder_post_id", "post"),
        belongs("mandate", "predecessor_id", "mandate"),
        UniqueConstraint("predecessor_id", name="uq_mandate_predecessor_id"),
        Index("ix_mandate_issuer_actor_id", "issuer_actor_id"),
        Index("ix_mandate_holder_actor_id", "holder_actor_id"),
        Index("ix_mandate_holder_post_id", "holder_post_id"),
        Index("ix_mandate_holder_council_id", "holder_council_id"),
        Index("ix_mandate_ambassador_post_ids", "ambassador_post_ids", postgresql_using="gin"),
        Index("ix_mandate_valid_from", "valid_from", "id"),
        Index("ix_mandate_valid_to", "valid_to"),
        *search_indexes("mandate", "scope", "document"),
    )

    predecessor_id: UUID | None = None


class EndorsementRow(ActorsRow, EndorsementDraft, table=True):
    """How each municipality stands to each mandate."""

    __tablename__ = "endorsement"
    __table_args__ = (
        belongs("endorsement", "mandate_id", "mandate"),
        UniqueConstraint(
            "mandate_id", "municipality_code", name="uq_endorsement_municipality_code"
        ),
        Index("ix_endorsement_municipality_code", "municipality_code"),
    )


class RoleTrialRow(ActorsRow, RoleTrialDraft, table=True):
    """Actors asked to take a role, and what they answered."""

    __tablename__ = "role_trial"
    __table_args__ = (
        belongs("role_trial", "actor_id", "actor"),
        Index("ix_role_trial_actor_id", "actor_id"),
        Index("ix_role_trial_answer", "answer"),
        newest_index("role_trial"),
        sort_index("role_trial", "role"),
        *search_indexes("role_trial", "role", "reasons"),
    )


class ReadinessRow(ActorsRow, ReadinessDraft, table=True):
    """Assessments of actors' will, drive and ability; each stays when a newer one is made."""

    __tablename__ = "readiness"
    __table_args__ = (
        belongs("readiness", "actor_id", "actor"),
        belongs("readiness", "assessed_by_post_id", "post"),
        Index("ix_readiness_actor_id", "actor_id", "assessed_on"),
        Index("ix_readiness_assessed_by_post_id", "assessed_by_post_id"),
    )


class GainRow(ActorsRow, GainDraft, table=True):
    """What actors gain by taking part."""

    __tablename__ = "gain"
    __table_args__ = (
        belongs("gain", "actor_id", "actor"),
        belongs("gain", "confirmed_by_post_id", "post"),
        Index("ix_gain_actor_id", "actor_id"),
        Index("ix_gain_confirmed_by_post_id", "confirmed_by_post_id"),
    )


class PledgeRow(ActorsRow, PledgeDraft, table=True):
    """Contributions that actors have promised."""

    __tablename__ = "pledge"
    __table_args__ = (
        belongs("pledge", "actor_id", "actor"),
        belongs("pledge", "owner_post_id", "post"),
        Index("ix_pledge_actor_id", "actor_id"),
        Index("ix_pledge_owner_post_id", "owner_post_id"),
        Index("ix_pledge_due_on", "due_on"),
        *search_indexes("pledge", "what", "result"),
    )


class ImportRow(ActorsRow, ImportFacts, table=True):
    """Files that were taken in."""

    __tablename__ = "import"
    __table_args__ = (newest_index("import"),)

    row_count: int
    made_count: int
    made_by: str
    undone_at: datetime | None = StoredField(None, sa_type=DateTime(timezone=True))  # type: ignore[call-overload]


class ImportedRow(ActorsRow, table=True):
    """Which things an import made of which row; no fact of its own, so not in the ledger."""

    __tablename__ = "imported"
    __table_args__ = (
        belongs("imported", "import_id", "import"),
        Index("ix_imported_import_id", "import_id"),
        {"info": {"unlogged": True}},
    )

    import_id: UUID
    noun: str
    thing_id: UUID
    row: int
