"""projects, their assignments, work, and what they learn."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "councils_0016"
down_revision = "councils_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "project",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("council_id", sa.Uuid(), nullable=True),
        sa.Column("owner_actor_id", sa.Uuid(), nullable=False),
        sa.Column("funder_actor_id", sa.Uuid(), nullable=True),
        sa.Column("leader_post_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_project_council_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_index("ix_project_council_id", "project", ["council_id"], unique=False)
    op.create_index("ix_project_created_at", "project", ["created_at", "id"], unique=False)
    op.create_index("ix_project_leader_post_id", "project", ["leader_post_id"], unique=False)
    op.create_index(
        "ix_project_name_sv",
        "project",
        [
            sa.literal_column("(translate(lower(name), 'åäöéèüæø', '{|}eey|}') COLLATE \"C\")"),
            sa.literal_column("id"),
        ],
        unique=False,
    )
    op.create_index("ix_project_owner_actor_id", "project", ["owner_actor_id"], unique=False)
    op.create_index(
        "ix_project_parts",
        "project",
        [
            sa.literal_column(
                "lower(coalesce(name, '') || ' ' || coalesce(purpose, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_project_words",
        "project",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(name, '') || ' ' || coalesce(purpose, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "project_activity",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("owner_post_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_project_activity_project_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_activity")),
    )
    op.create_index(
        "ix_project_activity_due_on", "project_activity", ["due_on", "id"], unique=False
    )
    op.create_index(
        "ix_project_activity_owner_post_id", "project_activity", ["owner_post_id"], unique=False
    )
    op.create_index(
        "ix_project_activity_project_id", "project_activity", ["project_id"], unique=False
    )
    op.create_table(
        "project_budget_line",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("plan", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("actual", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("variance_kind", sa.Text(), nullable=True),
        sa.Column("variance_cause", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_project_budget_line_project_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_budget_line")),
    )
    op.create_index(
        "ix_project_budget_line_project_id", "project_budget_line", ["project_id"], unique=False
    )
    op.create_table(
        "project_deviation",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.Column("days_lost", sa.Integer(), nullable=True),
        sa.Column("restart", sa.Boolean(), nullable=False),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("owner_post_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_project_deviation_project_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_deviation")),
    )
    op.create_index(
        "ix_project_deviation_owner_post_id", "project_deviation", ["owner_post_id"], unique=False
    )
    op.create_index(
        "ix_project_deviation_project_id", "project_deviation", ["project_id"], unique=False
    )
    op.create_table(
        "project_lesson",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.Column("supports", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_project_lesson_project_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_lesson")),
    )
    op.create_index(
        "ix_project_lesson_created_at", "project_lesson", ["created_at", "id"], unique=False
    )
    op.create_index(
        "ix_project_lesson_parts",
        "project_lesson",
        [sa.literal_column("lower(coalesce(text, '')) gin_trgm_ops")],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_project_lesson_project_id", "project_lesson", ["project_id"], unique=False)
    op.create_index(
        "ix_project_lesson_words",
        "project_lesson",
        [sa.literal_column("to_tsvector('swedish', coalesce(text, ''))")],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "project_assignment",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("limits", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("council_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name="fk_project_assignment_council_id"
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name="fk_project_assignment_decision_id"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_project_assignment_project_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_assignment")),
        sa.UniqueConstraint("project_id", "number", name="uq_project_assignment_number"),
    )
    op.create_index(
        "ix_project_assignment_council_id", "project_assignment", ["council_id"], unique=False
    )
    op.create_index(
        "ix_project_assignment_decision_id", "project_assignment", ["decision_id"], unique=False
    )
    op.create_table(
        "project_continuation",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("carrier_actor_id", sa.Uuid(), nullable=True),
        sa.Column("carrier_post_id", sa.Uuid(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("resource", sa.Text(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name="fk_project_continuation_decision_id"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_project_continuation_project_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_continuation")),
    )
    op.create_index(
        "ix_project_continuation_carrier_actor_id",
        "project_continuation",
        ["carrier_actor_id"],
        unique=False,
    )
    op.create_index(
        "ix_project_continuation_carrier_post_id",
        "project_continuation",
        ["carrier_post_id"],
        unique=False,
    )
    op.create_index(
        "ix_project_continuation_decision_id", "project_continuation", ["decision_id"], unique=False
    )
    op.create_index(
        "ix_project_continuation_project_id", "project_continuation", ["project_id"], unique=False
    )
    ledger.attach(op, "project")
    ledger.attach(op, "project_activity")
    ledger.attach(op, "project_budget_line")
    ledger.attach(op, "project_deviation")
    ledger.attach(op, "project_lesson")
    ledger.attach(op, "project_assignment")
    ledger.attach(op, "project_continuation")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    for part in ("continuation", "lesson", "deviation", "budget_line", "activity", "assignment"):
        op.drop_table(f"project_{part}")
    op.drop_table("project")
