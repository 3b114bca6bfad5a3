"""contacts are followed again: what was kept of them did not say which are examples.

So are holdings, without what leavers wrote for the next holder.
"""

from alembic import op

revision = "analysis_0005"
down_revision = "analysis_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward: the actors service's feed is read from its beginning at the next question."""
    op.execute("DELETE FROM feed_cursor WHERE service = 'actors'")
    op.execute("DELETE FROM projected WHERE service = 'actors'")


def downgrade() -> None:
    """Back: nothing to take away."""
