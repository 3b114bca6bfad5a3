"""a ledger that diverged is remembered."""

import sqlalchemy as sa
from alembic import op

revision = "analysis_0007"
down_revision = "analysis_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("feed_cursor", sa.Column("diverged_at", sa.DateTime(timezone=True)))
    op.add_column("feed_cursor", sa.Column("diverged_seq", sa.BigInteger()))


def downgrade() -> None:
    """Back."""
    op.drop_column("feed_cursor", "diverged_seq")
    op.drop_column("feed_cursor", "diverged_at")
