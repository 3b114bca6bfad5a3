"""a level that nobody said."""

from alembic import op

revision = "actors_0021"
down_revision = "actors_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward. Levels that were made up for those who left can be told from none that were said."""
    op.alter_column("standing", "level", nullable=True)


def downgrade() -> None:
    """Back. What nobody said was written as operative."""
    op.execute("UPDATE standing SET level = 'operative' WHERE level IS NULL")
    op.alter_column("standing", "level", nullable=False)
