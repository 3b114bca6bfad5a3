"""answers to a time that their meeting has no more, and what a direction said before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "councils_0018"
down_revision = "councils_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    column = sa.Column("answered_for", sa.DateTime(timezone=True), nullable=True)
    op.add_column("attendance", column)
    kept = sa.Column("amendments", postgresql.JSONB(), nullable=False, server_default="[]")
    op.add_column("direction", kept)
    op.alter_column("direction", "amendments", server_default=None)
    op.add_column("direction", sa.Column("change_reason", sa.Text(), nullable=True))
