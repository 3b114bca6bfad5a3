"""sources are fetched: who asked, who is at it, and of what kind the last failure was."""

import sqlalchemy as sa
from alembic import op

revision = "analysis_0011"
down_revision = "analysis_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("source", sa.Column("fetch_asked_at", sa.DateTime(timezone=True)))
    op.add_column("source", sa.Column("fetching_at", sa.DateTime(timezone=True)))
    op.add_column("source", sa.Column("failure_kind", sa.Text()))


def downgrade() -> None:
    """Back."""
    op.drop_column("source", "failure_kind")
    op.drop_column("source", "fetching_at")
    op.drop_column("source", "fetch_asked_at")
