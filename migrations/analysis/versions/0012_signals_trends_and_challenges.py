"""Scanning: signals, trends and the challenges that they bear on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "analysis_0012"
down_revision = "analysis_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "challenge",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("owner_post_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
    )
    op.create_index("ix_challenge_owner_post_id", "challenge", ["owner_post_id"], unique=False)
    op.create_index(
        "ix_challenge_parts",
        "challenge",
        [
            sa.literal_column(
                "(lower(coalesce(title, '') || ' ' || coalesce(description, '')) || ' ' || translate(lower(coalesce(title, '') || ' ' || coalesce(description, '')), 'åäöéèüæø', 'aaoeeuao')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_challenge_title_sv",
        "challenge",
        [
            sa.literal_column("(translate(lower(title), 'åäöéèüæø', '{|}eey|}') COLLATE \"C\")"),
            sa.literal_column("id"),
        ],
        unique=False,
    )
    op.create_index(
        "ix_challenge_words",
        "challenge",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(title, '') || ' ' || coalesce(description, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "trend",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("owner_post_id", sa.Uuid(), nullable=True),
        sa.Column("industries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("municipality_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("occupation_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("confidence_reason", sa.Text(), nullable=False),
        sa.Column("signal_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trend")),
    )
    op.create_index("ix_trend_expires_on", "trend", ["expires_on", "id"], unique=False)
    op.create_index("ix_trend_noted_on", "trend", ["noted_on", "id"], unique=False)
    op.create_index("ix_trend_owner_post_id", "trend", ["owner_post_id"], unique=False)
    op.create_index(
        "ix_trend_parts",
        "trend",
        [
            sa.literal_column(
                "(lower(coalesce(title, '') || ' ' || coalesce(description, '')) || ' ' || translate(lower(coalesce(title, '') || ' ' || coalesce(description, '')), 'åäöéèüæø', 'aaoeeuao')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_trend_signal_ids", "trend", ["signal_ids"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_trend_title_sv",
        "trend",
        [
            sa.literal_column("(translate(lower(title), 'åäöéèüæø', '{|}eey|}') COLLATE \"C\")"),
            sa.literal_column("id"),
        ],
        unique=False,
    )
    op.create_index(
        "ix_trend_words",
        "trend",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(title, '') || ' ' || coalesce(description, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "signal",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("owner_post_id", sa.Uuid(), nullable=True),
        sa.Column("industries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("municipality_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("occupation_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("confidence_reason", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_signal_source_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
    )
    op.create_index("ix_signal_expires_on", "signal", ["expires_on", "id"], unique=False)
    op.create_index("ix_signal_observed_on", "signal", ["observed_on", "id"], unique=False)
    op.create_index("ix_signal_owner_post_id", "signal", ["owner_post_id"], unique=False)
    op.create_index(
        "ix_signal_parts",
        "signal",
        [
            sa.literal_column(
                "(lower(coalesce(title, '') || ' ' || coalesce(meaning, '') || ' ' || coalesce(source, '')) || ' ' || translate(lower(coalesce(title, '') || ' ' || coalesce(meaning, '') || ' ' || coalesce(source, '')), 'åäöéèüæø', 'aaoeeuao')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_signal_source_id", "signal", ["source_id"], unique=False)
    op.create_index(
        "ix_signal_title_sv",
        "signal",
        [
            sa.literal_column("(translate(lower(title), 'åäöéèüæø', '{|}eey|}') COLLATE \"C\")"),
            sa.literal_column("id"),
        ],
        unique=False,
    )
    op.create_index(
        "ix_signal_words",
        "signal",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(title, '') || ' ' || coalesce(meaning, '') || ' ' || coalesce(source, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "challenge_link",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("signal_id", sa.Uuid(), nullable=True),
        sa.Column("trend_id", sa.Uuid(), nullable=True),
        sa.Column("bearing", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "valid",
            postgresql.DATERANGE(),
            sa.Computed("daterange(valid_from, valid_to)", persisted=True),
            nullable=True,
        ),
        postgresql.ExcludeConstraint(
            (sa.column("challenge_id"), "="),
            (sa.column("signal_id"), "="),
            (sa.column("valid"), "&&"),
            using="gist",
            name="ex_challenge_link_signal_id",
        ),
        postgresql.ExcludeConstraint(
            (sa.column("challenge_id"), "="),
            (sa.column("trend_id"), "="),
            (sa.column("valid"), "&&"),
            using="gist",
            name="ex_challenge_link_trend_id",
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name="fk_challenge_link_challenge_id"
        ),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name="fk_challenge_link_signal_id"),
        sa.ForeignKeyConstraint(["trend_id"], ["trend.id"], name="fk_challenge_link_trend_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_link")),
    )
    op.create_index("ix_challenge_link_signal_id", "challenge_link", ["signal_id"], unique=False)
    op.create_index("ix_challenge_link_trend_id", "challenge_link", ["trend_id"], unique=False)
    ledger.attach(op, "challenge")
    ledger.attach(op, "trend")
    ledger.attach(op, "signal")
    ledger.attach(op, "challenge_link")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index("ix_challenge_link_trend_id", table_name="challenge_link")
    op.drop_index("ix_challenge_link_signal_id", table_name="challenge_link")
    op.drop_table("challenge_link")
    op.drop_index(
        "ix_signal_words",
        table_name="signal",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_signal_title_sv", table_name="signal")
    op.drop_index("ix_signal_source_id", table_name="signal")
    op.drop_index(
        "ix_signal_parts",
        table_name="signal",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_signal_owner_post_id", table_name="signal")
    op.drop_index("ix_signal_observed_on", table_name="signal")
    op.drop_index("ix_signal_expires_on", table_name="signal")
    op.drop_table("signal")
    op.drop_index(
        "ix_trend_words",
        table_name="trend",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_trend_title_sv", table_name="trend")
    op.drop_index("ix_trend_signal_ids", table_name="trend", postgresql_using="gin")
    op.drop_index(
        "ix_trend_parts",
        table_name="trend",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_trend_owner_post_id", table_name="trend")
    op.drop_index("ix_trend_noted_on", table_name="trend")
    op.drop_index("ix_trend_expires_on", table_name="trend")
    op.drop_table("trend")
    op.drop_index(
        "ix_challenge_words",
        table_name="challenge",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_challenge_title_sv", table_name="challenge")
    op.drop_index(
        "ix_challenge_parts",
        table_name="challenge",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_challenge_owner_post_id", table_name="challenge")
    op.drop_table("challenge")
