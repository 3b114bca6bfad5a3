"""what a council is to do is written down, version after version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "councils_0011"
down_revision = "councils_0010"
branch_labels = None
depends_on = None

SEARCHED = (
    "coalesce(purpose, '') || ' ' || coalesce(tasks, '') || ' ' || coalesce(equality_aims, '')"
)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "charter",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=True),
        sa.Column("decides_itself", sa.Text(), nullable=True),
        sa.Column("only_prepares", sa.Text(), nullable=True),
        sa.Column("members_chosen", sa.Text(), nullable=True),
        sa.Column("planned_seats", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("decision_making", sa.Text(), nullable=True),
        sa.Column("meeting_rhythm", sa.Text(), nullable=True),
        sa.Column("minutes_by", sa.Text(), nullable=True),
        sa.Column("ends_by", sa.Text(), nullable=True),
        sa.Column("equality_aims", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_charter_council_id"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_charter_decision_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter")),
        sa.UniqueConstraint("council_id", "valid_from", name="uq_charter_valid_from"),
    )
    op.create_index("ix_charter_decision_id", "charter", ["decision_id"], unique=False)
    op.create_index("ix_charter_valid_from", "charter", ["valid_from", "id"], unique=False)
    for name, expression in (
        ("parts", f"lower({SEARCHED}) gin_trgm_ops"),
        ("words", f"to_tsvector('swedish', {SEARCHED})"),
    ):
        op.create_index(
            f"ix_charter_{name}",
            "charter",
            [sa.literal_column(expression)],
            unique=False,
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
    ledger.attach(op, "charter")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_table("charter")
