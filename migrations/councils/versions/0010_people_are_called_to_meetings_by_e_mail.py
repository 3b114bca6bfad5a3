"""people are called to meetings by e-mail."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "councils_0010"
down_revision = "councils_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "invitation",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_invitation_meeting_id"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_invitation_seat_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "meeting_id", "seat_id", "person_id", "sequence", name="uq_invitation_sequence"
        ),
    )
    op.create_index("ix_invitation_person_id", "invitation", ["person_id"], unique=False)
    op.create_index("ix_invitation_seat_id", "invitation", ["seat_id"], unique=False)
    op.create_index("ix_invitation_state", "invitation", ["state", "next_try_at"], unique=False)
    op.create_table(
        "reply_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_reply_link_invitation_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_link")),
        sa.UniqueConstraint("hash", name="uq_reply_link_hash"),
    )
    op.create_index("ix_reply_link_invitation_id", "reply_link", ["invitation_id"], unique=False)
    op.add_column("attendance", sa.Column("substitute", sa.Text(), nullable=True))
    # A name that is written by an answer stays out of the ledger.
    for trigger in ("ledger_write", "no_truncate"):
        op.execute(f"DROP TRIGGER {trigger} ON attendance")
    ledger.attach(op, "attendance", ("substitute",))
    ledger.attach(op, "invitation")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    for trigger in ("ledger_write", "no_truncate"):
        op.execute(f"DROP TRIGGER {trigger} ON attendance")
    op.drop_column("attendance", "substitute")
    ledger.attach(op, "attendance")
    for table in ("reply_link", "invitation"):
        op.drop_table(table)
