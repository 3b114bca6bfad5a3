"""what a charter said before it was changed, and why one is withdrawn."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "councils_0019"
down_revision = "councils_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    kept = sa.Column("amendments", postgresql.JSONB(), nullable=False, server_default="[]")
    op.add_column("charter", kept)
    op.alter_column("charter", "amendments", server_default=None)
    for name in ("change_reason", "withdrawn_reason"):
        op.add_column("charter", sa.Column(name, sa.Text(), nullable=True))
    op.drop_constraint("uq_charter_valid_from", "charter")
    op.create_index("ix_charter_council_id", "charter", ["council_id"])
    stands = sa.text("withdrawn_reason IS NULL")
    columns = ["council_id", "valid_from"]
    op.create_index(
        "uq_charter_valid_from", "charter", columns, unique=True, postgresql_where=stands
    )


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index("ix_charter_council_id", "charter")
    op.drop_index("uq_charter_valid_from", "charter")
    op.create_unique_constraint("uq_charter_valid_from", "charter", ["council_id", "valid_from"])
    for name in ("withdrawn_reason", "change_reason", "amendments"):
        op.drop_column("charter", name)
