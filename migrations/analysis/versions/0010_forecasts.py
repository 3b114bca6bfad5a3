"""what is expected of occupations, as it was said."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "analysis_0010"
down_revision = "analysis_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "forecast",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("indicator_key", sa.Text(), nullable=False),
        sa.Column("occupation_code", sa.Text(), nullable=False),
        sa.Column("area_level", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("snapshot_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("method_version", sa.Integer(), nullable=False),
        sa.Column("origin_period", sa.Text(), nullable=False),
        sa.Column("origin_value", sa.Numeric(), nullable=True),
        sa.Column("scale", sa.Numeric(), nullable=True),
        sa.Column("level", sa.Numeric(), nullable=False),
        sa.Column("library", sa.Text(), nullable=False),
        sa.Column("points", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unsaid_years", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("trials", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name="fk_forecast_snapshot_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast")),
        sa.UniqueConstraint(
            "indicator_key",
            "area_code",
            "occupation_code",
            "content_hash",
            "method_version",
            name="uq_forecast_occupation_code",
        ),
    )
    op.create_index("ix_forecast_snapshot_id", "forecast", ["snapshot_id"], unique=False)
    ledger.attach(op, "forecast")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index("ix_forecast_snapshot_id", table_name="forecast")
    op.drop_table("forecast")
