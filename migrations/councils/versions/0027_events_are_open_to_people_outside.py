"""events are open to people outside."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "councils_0027"
down_revision = "councils_0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "event",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=True),
        sa.Column("council_id", sa.Uuid(), nullable=True),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("audiences", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("told_attendance", sa.Integer(), nullable=True),
        sa.Column("recording_link", sa.Text(), nullable=True),
        sa.Column("recording_captions", sa.Boolean(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_event_council_id"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_event_project_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("address", name="uq_event_address"),
    )
    op.create_index("ix_event_council_id", "event", ["council_id"], unique=False)
    op.create_index("ix_event_created_at", "event", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_event_parts",
        "event",
        [
            sa.literal_column(
                "(lower(coalesce(title, '') || ' ' || coalesce(about, '')) || ' ' || "
                "translate(lower(coalesce(title, '') || ' ' || coalesce(about, '')), "
                "'åäöéèüæø', 'aaoeeuao')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_event_project_id", "event", ["project_id"], unique=False)
    op.create_index("ix_event_starts_at", "event", ["starts_at", "id"], unique=False)
    op.create_index(
        "ix_event_title_sv",
        "event",
        [
            sa.literal_column("(translate(lower(title), 'åäöéèüæø', '{|}eey|}') COLLATE \"C\")"),
            sa.literal_column("id"),
        ],
        unique=False,
    )
    op.create_index(
        "ix_event_words",
        "event",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(title, '') || ' ' || coalesce(about, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "event_feedback",
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.Column("content", sa.Integer(), nullable=True),
        sa.Column("arrangement", sa.Integer(), nullable=True),
        sa.Column("use", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("browser", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_feedback_event_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_feedback")),
        sa.UniqueConstraint("event_id", "browser", name="uq_event_feedback_browser"),
        info={"unlogged": True},
    )
    op.create_table(
        "event_session",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("speaker_post_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("speakers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("takes_questions", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_session_event_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_session")),
    )
    op.create_index("ix_event_session_event_id", "event_session", ["event_id"], unique=False)
    op.create_index(
        "ix_event_session_speaker_post_ids",
        "event_session",
        ["speaker_post_ids"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "event_sign_up",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link_hash", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_sign_up_event_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_sign_up")),
        sa.UniqueConstraint("event_id", "number", name="uq_event_sign_up_number"),
        info={"unlogged": True},
    )
    op.create_index(
        "uq_event_sign_up_email",
        "event_sign_up",
        ["event_id", sa.literal_column("lower(email)"), sa.literal_column("lower(name)")],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_index("uq_event_sign_up_link_hash", "event_sign_up", ["link_hash"], unique=True)
    op.create_table(
        "event_question",
        sa.Column("event_session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_session_id"], ["event_session.id"], name="fk_event_question_event_session_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_question")),
        sa.UniqueConstraint("event_session_id", "number", name="uq_event_question_number"),
        info={"unlogged": True},
    )
    op.create_index(
        "ix_event_question_shown",
        "event_question",
        ["event_session_id", "state", "votes"],
        unique=False,
    )
    op.create_table(
        "event_vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_question_id", sa.Uuid(), nullable=False),
        sa.Column("browser", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_question_id"], ["event_question.id"], name="fk_event_vote_event_question_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_vote")),
        sa.UniqueConstraint("event_question_id", "browser", name="uq_event_vote_browser"),
        info={"unlogged": True},
    )
    op.create_index("ix_event_vote_browser", "event_vote", ["browser"], unique=False)
    ledger.attach(op, "event")
    ledger.attach(op, "event_session")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    for part in ("vote", "question", "sign_up", "session", "feedback"):
        op.drop_table(f"event_{part}")
    op.drop_table("event")
