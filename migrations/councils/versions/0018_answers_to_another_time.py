"""answers to a time that their meeting has no more."""

import sqlalchemy as sa
from alembic import op

revision = "councils_0018"
down_revision = "councils_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    column = sa.Column("answered_for", sa.DateTime(timezone=True), nullable=True)
    op.add_column("attendance", column)
