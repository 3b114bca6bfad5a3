"""councils say how many women and men sit in them."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "councils_0004"
down_revision = "councils_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "sex_report",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_sex_report_council_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sex_report")),
    )
    op.create_index(
        "ix_sex_report_council_id", "sex_report", ["council_id", "reported_on"], unique=False
    )
    ledger.attach(op, "sex_report")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index("ix_sex_report_council_id", table_name="sex_report")
    op.drop_table("sex_report")
