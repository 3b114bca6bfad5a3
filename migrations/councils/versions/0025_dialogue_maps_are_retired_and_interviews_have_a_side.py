"""dialogue maps are retired, and interviews have a side."""

import sqlalchemy as sa
from alembic import op

revision = "councils_0025"
down_revision = "councils_0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward. Until now employers were asked, whatever else they are."""
    op.add_column("dialogue_map", sa.Column("retired_on", sa.Date(), nullable=True))
    side = sa.Column("side", sa.Text(), nullable=False, server_default="working_life")
    op.add_column("interview", side)
    op.alter_column("interview", "side", server_default=None)


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_column("interview", "side")
    op.drop_column("dialogue_map", "retired_on")
