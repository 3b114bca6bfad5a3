"""words about a start: what is known of it that no field can hold."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0025"
down_revision = "actors_0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("intake", sa.Column("note", sa.Text(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("intake", "note")
