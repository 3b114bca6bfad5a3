"""dialogue maps are retired."""

import sqlalchemy as sa
from alembic import op

revision = "councils_0025"
down_revision = "councils_0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("dialogue_map", sa.Column("retired_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_column("dialogue_map", "retired_on")
