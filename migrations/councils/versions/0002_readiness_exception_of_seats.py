"""readiness exception of seats."""

import sqlalchemy as sa
from alembic import op

revision = "councils_0002"
down_revision = "councils_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("seat", sa.Column("readiness_exception", sa.Text(), nullable=True))


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_column("seat", "readiness_exception")
