"""a pilot industry is selected."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "councils_0009"
down_revision = "councils_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "selection",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("candidates", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("criteria", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("scores", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("chosen_candidate", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.Column("amendments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_selection_council_id"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_selection_decision_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection")),
    )
    op.create_index("ix_selection_council_id", "selection", ["council_id"], unique=False)
    op.create_index("ix_selection_created_at", "selection", ["created_at", "id"], unique=False)
    op.create_index("ix_selection_decision_id", "selection", ["decision_id"], unique=False)
    op.create_index(
        "ix_selection_parts",
        "selection",
        [
            sa.literal_column(
                "lower(coalesce(title, '') || ' ' || coalesce(question, '') || ' ' || "
                "coalesce(decision_text, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_selection_words",
        "selection",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(title, '') || ' ' || coalesce(question, '') || ' ' || "
                "coalesce(decision_text, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "swot_entry",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("selection_id", sa.Uuid(), nullable=False),
        sa.Column("candidate", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("same_as_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["same_as_id"], ["swot_entry.id"], name="fk_swot_entry_same_as_id"),
        sa.ForeignKeyConstraint(
            ["selection_id"], ["selection.id"], name="fk_swot_entry_selection_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swot_entry")),
    )
    op.create_index("ix_swot_entry_created_at", "swot_entry", ["created_at", "id"], unique=False)
    op.create_index("ix_swot_entry_same_as_id", "swot_entry", ["same_as_id"], unique=False)
    op.create_index("ix_swot_entry_selection_id", "swot_entry", ["selection_id"], unique=False)
    ledger.attach(op, "selection")
    ledger.attach(op, "swot_entry")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    for table in ("swot_entry", "selection"):
        op.drop_table(table)
