"""what a need gave to the one that it was merged into, so that a merge can be undone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "councils_0033"
down_revision = "councils_0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("need", sa.Column("given", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("need", "given")
