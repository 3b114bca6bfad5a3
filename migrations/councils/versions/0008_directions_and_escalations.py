"""councils ask others by directions and lift what they cannot see to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "councils_0008"
down_revision = "councils_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "direction",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("horizon", sa.Text(), nullable=False),
        sa.Column("priorities", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("deselections", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("council_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("need_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_direction_council_id"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_direction_decision_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direction")),
    )
    op.create_index("ix_direction_answer_by", "direction", ["answer_by", "id"], unique=False)
    op.create_index("ix_direction_council_id", "direction", ["council_id"], unique=False)
    op.create_index(
        "ix_direction_council_ids",
        "direction",
        ["council_ids"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index("ix_direction_decision_id", "direction", ["decision_id"], unique=False)
    op.create_index(
        "ix_direction_need_ids", "direction", ["need_ids"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_direction_parts",
        "direction",
        [sa.literal_column("lower(coalesce(title, '') || ' ' || coalesce(text, '')) gin_trgm_ops")],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_direction_words",
        "direction",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(title, '') || ' ' || coalesce(text, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "direction_answer",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("direction_id", sa.Uuid(), nullable=False),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("adapted_text", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("earlier_answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name="fk_direction_answer_council_id"
        ),
        sa.ForeignKeyConstraint(
            ["direction_id"], ["direction.id"], name="fk_direction_answer_direction_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direction_answer")),
        sa.UniqueConstraint("direction_id", "council_id", name="uq_direction_answer_council_id"),
    )
    op.create_index(
        "ix_direction_answer_answered_on", "direction_answer", ["answered_on", "id"], unique=False
    )
    op.create_index(
        "ix_direction_answer_council_id", "direction_answer", ["council_id"], unique=False
    )
    op.create_table(
        "escalation",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("to_council_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("need_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("direction_id", sa.Uuid(), nullable=True),
        sa.Column("earlier_answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_escalation_council_id"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_escalation_decision_id"),
        sa.ForeignKeyConstraint(
            ["direction_id"], ["direction.id"], name="fk_escalation_direction_id"
        ),
        sa.ForeignKeyConstraint(
            ["to_council_id"], ["council.id"], name="fk_escalation_to_council_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    op.create_index("ix_escalation_answer_by", "escalation", ["answer_by", "id"], unique=False)
    op.create_index("ix_escalation_council_id", "escalation", ["council_id"], unique=False)
    op.create_index("ix_escalation_decision_id", "escalation", ["decision_id"], unique=False)
    op.create_index("ix_escalation_direction_id", "escalation", ["direction_id"], unique=False)
    op.create_index(
        "ix_escalation_need_ids", "escalation", ["need_ids"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_escalation_parts",
        "escalation",
        [
            sa.literal_column(
                "lower(coalesce(title, '') || ' ' || coalesce(text, '') || ' ' || "
                "coalesce(answer_text, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_escalation_to_council_id", "escalation", ["to_council_id"], unique=False)
    op.create_index(
        "ix_escalation_words",
        "escalation",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(title, '') || ' ' || coalesce(text, '') || ' ' || "
                "coalesce(answer_text, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    ledger.attach(op, "direction")
    ledger.attach(op, "direction_answer")
    ledger.attach(op, "escalation")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    for table in ("escalation", "direction_answer", "direction"):
        op.drop_table(table)
