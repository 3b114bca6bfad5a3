"""councils have standing items and judge themselves, and meetings have session plans."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "councils_0005"
down_revision = "councils_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "standing_item",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("takes_carried_issues", sa.Boolean(), nullable=False),
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
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_standing_item_council_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_item")),
    )
    op.create_index("ix_standing_item_council_id", "standing_item", ["council_id"], unique=False)
    op.create_index(
        "ix_standing_item_parts",
        "standing_item",
        [sa.literal_column("lower(coalesce(title, '')) gin_trgm_ops")],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_standing_item_title_sv",
        "standing_item",
        [
            sa.literal_column("(translate(lower(title), 'åäöéèüæø', '{|}eey|}') COLLATE \"C\")"),
            sa.literal_column("id"),
        ],
        unique=False,
    )
    op.create_index(
        "ix_standing_item_words",
        "standing_item",
        [sa.literal_column("to_tsvector('swedish', coalesce(title, ''))")],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.add_column("agenda_item", sa.Column("standing_item_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_agenda_item_standing_item_id", "agenda_item", ["standing_item_id"], unique=False
    )
    op.create_foreign_key(
        "fk_agenda_item_standing_item_id",
        "agenda_item",
        "standing_item",
        ["standing_item_id"],
        ["id"],
    )
    ledger.attach(op, "standing_item")
    op.create_table(
        "session_plan",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("facilitator_post_id", sa.Uuid(), nullable=True),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("method_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("voices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("learned", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_session_plan_meeting_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_plan")),
        sa.UniqueConstraint("meeting_id", name="uq_session_plan_meeting_id"),
    )
    op.create_index(
        "ix_session_plan_created_at", "session_plan", ["created_at", "id"], unique=False
    )
    op.create_index(
        "ix_session_plan_facilitator_post_id", "session_plan", ["facilitator_post_id"], unique=False
    )
    op.create_index(
        "ix_session_plan_method_ids",
        "session_plan",
        ["method_ids"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "ix_session_plan_parts",
        "session_plan",
        [
            sa.literal_column(
                "lower(coalesce(aim, '') || ' ' || coalesce(learned, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_session_plan_words",
        "session_plan",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(aim, '') || ' ' || coalesce(learned, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    ledger.attach(op, "session_plan")
    op.create_table(
        "quality_circle",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("relations_mark", sa.Integer(), nullable=True),
        sa.Column("thinking_mark", sa.Integer(), nullable=True),
        sa.Column("acting_mark", sa.Integer(), nullable=True),
        sa.Column("results_mark", sa.Integer(), nullable=True),
        sa.Column("answer_count", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name="fk_quality_circle_council_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_circle")),
        sa.UniqueConstraint("council_id", "judged_on", name="uq_quality_circle_judged_on"),
    )
    op.create_index(
        "ix_quality_circle_judged_on", "quality_circle", ["judged_on", "id"], unique=False
    )
    ledger.attach(op, "quality_circle")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index("ix_quality_circle_judged_on", table_name="quality_circle")
    op.drop_table("quality_circle")
    op.drop_index(
        "ix_session_plan_words",
        table_name="session_plan",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index(
        "ix_session_plan_parts",
        table_name="session_plan",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_session_plan_method_ids", table_name="session_plan", postgresql_using="gin")
    op.drop_index("ix_session_plan_facilitator_post_id", table_name="session_plan")
    op.drop_index("ix_session_plan_created_at", table_name="session_plan")
    op.drop_table("session_plan")
    op.drop_constraint("fk_agenda_item_standing_item_id", "agenda_item", type_="foreignkey")
    op.drop_index("ix_agenda_item_standing_item_id", table_name="agenda_item")
    op.drop_column("agenda_item", "standing_item_id")
    op.drop_index(
        "ix_standing_item_words",
        table_name="standing_item",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_standing_item_title_sv", table_name="standing_item")
    op.drop_index(
        "ix_standing_item_parts",
        table_name="standing_item",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_standing_item_council_id", table_name="standing_item")
    op.drop_table("standing_item")
