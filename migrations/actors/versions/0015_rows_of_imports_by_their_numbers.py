"""rows of imports by their numbers in the file."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0015"
down_revision = "actors_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("imported", sa.Column("row_number", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("imported", "row_number")
