"""names given by a merge."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "actors_0011"
down_revision = "actors_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("actor", sa.Column("given_names", postgresql.ARRAY(sa.Text()), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("actor", "given_names")
