"""Mandates, how municipalities stand to them, and role trials."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "actors_0003"
down_revision = "actors_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "role_trial",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_role_trial_actor_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_trial")),
    )
    op.create_index("ix_role_trial_actor_id", "role_trial", ["actor_id"], unique=False)
    op.create_index("ix_role_trial_created_at", "role_trial", ["created_at", "id"], unique=False)
    op.create_index("ix_role_trial_answer", "role_trial", ["answer"], unique=False)
    op.create_index(
        "ix_role_trial_parts",
        "role_trial",
        [
            sa.literal_column(
                "lower(coalesce(role, '') || ' ' || coalesce(reasons, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_role_trial_role_sv",
        "role_trial",
        [
            sa.literal_column("(translate(lower(role), 'åäöéèüæø', '{|}eey|}') COLLATE \"C\")"),
            sa.literal_column("id"),
        ],
        unique=False,
    )
    op.create_index(
        "ix_role_trial_words",
        "role_trial",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(role, '') || ' ' || coalesce(reasons, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "mandate",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("issuer_actor_id", sa.Uuid(), nullable=False),
        sa.Column("holder_actor_id", sa.Uuid(), nullable=True),
        sa.Column("holder_post_id", sa.Uuid(), nullable=True),
        sa.Column("holder_council_id", sa.Uuid(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("ambassador_post_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("predecessor_id", sa.Uuid(), nullable=True),
        sa.Column(
            "valid",
            postgresql.DATERANGE(),
            sa.Computed("daterange(valid_from, valid_to)", persisted=True),
            nullable=True,
        ),
        sa.CheckConstraint(
            "num_nonnulls(holder_actor_id, holder_post_id, holder_council_id) = 1",
            name=op.f("ck_mandate_holder_actor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["holder_actor_id"], ["actor.id"], name="fk_mandate_holder_actor_id"
        ),
        sa.ForeignKeyConstraint(["holder_post_id"], ["post.id"], name="fk_mandate_holder_post_id"),
        sa.ForeignKeyConstraint(
            ["issuer_actor_id"], ["actor.id"], name="fk_mandate_issuer_actor_id"
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["mandate.id"], name="fk_mandate_predecessor_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint("predecessor_id", name="uq_mandate_predecessor_id"),
    )
    op.create_index(
        "ix_mandate_ambassador_post_ids",
        "mandate",
        ["ambassador_post_ids"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index("ix_mandate_holder_actor_id", "mandate", ["holder_actor_id"], unique=False)
    op.create_index("ix_mandate_holder_council_id", "mandate", ["holder_council_id"], unique=False)
    op.create_index("ix_mandate_holder_post_id", "mandate", ["holder_post_id"], unique=False)
    op.create_index("ix_mandate_issuer_actor_id", "mandate", ["issuer_actor_id"], unique=False)
    op.create_index(
        "ix_mandate_parts",
        "mandate",
        [
            sa.literal_column(
                "lower(coalesce(scope, '') || ' ' || coalesce(document, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_mandate_valid_from", "mandate", ["valid_from", "id"], unique=False)
    op.create_index("ix_mandate_valid_to", "mandate", ["valid_to"], unique=False)
    op.create_index(
        "ix_mandate_words",
        "mandate",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(scope, '') || ' ' || coalesce(document, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "endorsement",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("mandate_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_endorsement_mandate_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement")),
        sa.UniqueConstraint(
            "mandate_id", "municipality_code", name="uq_endorsement_municipality_code"
        ),
    )
    op.create_index(
        "ix_endorsement_municipality_code", "endorsement", ["municipality_code"], unique=False
    )
    ledger.attach(op, "role_trial")
    ledger.attach(op, "mandate")
    ledger.attach(op, "endorsement")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index("ix_endorsement_municipality_code", table_name="endorsement")
    op.drop_table("endorsement")
    op.drop_index(
        "ix_mandate_words",
        table_name="mandate",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_mandate_valid_to", table_name="mandate")
    op.drop_index("ix_mandate_valid_from", table_name="mandate")
    op.drop_index(
        "ix_mandate_parts",
        table_name="mandate",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_mandate_issuer_actor_id", table_name="mandate")
    op.drop_index("ix_mandate_holder_post_id", table_name="mandate")
    op.drop_index("ix_mandate_holder_council_id", table_name="mandate")
    op.drop_index("ix_mandate_holder_actor_id", table_name="mandate")
    op.drop_index("ix_mandate_ambassador_post_ids", table_name="mandate", postgresql_using="gin")
    op.drop_table("mandate")
    op.drop_index(
        "ix_role_trial_words",
        table_name="role_trial",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_role_trial_role_sv", table_name="role_trial")
    op.drop_index(
        "ix_role_trial_parts",
        table_name="role_trial",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_role_trial_created_at", table_name="role_trial")
    op.drop_index("ix_role_trial_answer", table_name="role_trial")
    op.drop_index("ix_role_trial_actor_id", table_name="role_trial")
    op.drop_table("role_trial")
