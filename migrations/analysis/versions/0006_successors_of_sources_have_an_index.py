"""successors of sources have an index."""

from alembic import op

revision = "analysis_0006"
down_revision = "analysis_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_index("ix_source_successor_id", "source", ["successor_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_source_successor_id", table_name="source")
