"""What was said, given and promised: contacts, mandates, trials, assessments, pledges."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from services.actors.contract.carried_issue import CarriedIssueDraft
from services.actors.contract.contact import ContactDraft
from services.actors.contract.mandate import EndorsementDraft, MandateDraft
from services.actors.contract.pledge import PledgeDraft
from services.actors.contract.readiness import GainDraft, ReadinessDraft
from services.actors.contract.role_trial import RoleTrialDraft
from services.actors.tables.base import ActorsRow
from services.kit.rows import belongs, newest_index, search_indexes, sort_index, valid_column


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
        Index("ix_contact_owner_post_id", "owner_post_id"),
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


class CarriedIssueRow(ActorsRow, CarriedIssueDraft, table=True):
    """What ambassadors have carried where, and what was answered."""

    __tablename__ = "carried_issue"
    __table_args__ = (
        CheckConstraint(
            "num_nonnulls(to_actor_id, to_council_id, to_body) = 1", name="to_actor_id"
        ),
        belongs("carried_issue", "ambassador_post_id", "post"),
        belongs("carried_issue", "mandate_id", "mandate"),
        belongs("carried_issue", "to_actor_id", "actor"),
        Index("ix_carried_issue_ambassador_post_id", "ambassador_post_id"),
        Index("ix_carried_issue_mandate_id", "mandate_id"),
        Index("ix_carried_issue_to_actor_id", "to_actor_id"),
        Index("ix_carried_issue_carried_on", "carried_on", "id"),
        *search_indexes("carried_issue", "issue", "to_body", "reply"),
    )
