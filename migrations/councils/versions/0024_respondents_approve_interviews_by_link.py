"""respondents approve interviews by link."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "councils_0024"
down_revision = "councils_0022"
branch_labels = None
depends_on = None
BEFORE = {"answer": ("present", "desired", "gap", "writer"), "interview": ()}
SINCE = {
    "answer": ("present", "desired", "gap", "score", "source", "wish", "writer", "turn"),
    "interview": ("returned_reason", "reopened_reason"),
}
NEW = ("approved_way", "approved_person_id", "reopened_reason", "consent_way")


def _log_anew(secrets: dict[str, tuple[str, ...]]) -> None:
    for table, secret in secrets.items():
        for trigger in ("ledger_write", "no_truncate"):
            op.execute(f"DROP TRIGGER {trigger} ON {table}")
        ledger.attach(op, table, secret)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "approval_link",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name="fk_approval_link_interview_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_link")),
        sa.UniqueConstraint("hash", name="uq_approval_link_hash"),
    )
    op.create_index("ix_approval_link_interview_id", "approval_link", ["interview_id"])
    op.create_index("ix_approval_link_person_id", "approval_link", ["person_id"])
    op.create_index("ix_approval_link_state", "approval_link", ["state", "next_try_at"])
    ledger.attach(op, "approval_link", ("hash",))
    for name in NEW:
        kind = sa.Uuid() if name.endswith("_id") else sa.Text()
        op.add_column("interview", sa.Column(name, kind, nullable=True))
    op.add_column("answer", sa.Column("wish", sa.Text(), nullable=True))
    op.add_column("answer", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("answer", "turn", server_default=None)
    # What a respondent wrote or marked stays out of the ledger, whole.
    _log_anew(SINCE)


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    _log_anew(BEFORE)
    op.drop_column("answer", "wish")
    op.drop_column("answer", "turn")
    for name in NEW:
        op.drop_column("interview", name)
    op.drop_table("approval_link")
