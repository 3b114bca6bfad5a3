"""What came of decisions is kept, each time that somebody looks."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "councils_0013"
down_revision = "councils_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "decision_review",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name="fk_decision_review_decision_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_review")),
        sa.UniqueConstraint("decision_id", "reviewed_on", name="uq_decision_review_reviewed_on"),
    )
    op.create_index(
        "ix_decision_review_reviewed_on", "decision_review", ["reviewed_on", "id"], unique=False
    )
    ledger.attach(op, "decision_review")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_table("decision_review")
