"""a deviation may be over on a day that is not known."""

import sqlalchemy as sa
from alembic import op

revision = "councils_0022"
down_revision = "councils_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    closed = sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("project_deviation", closed)
    op.alter_column("project_deviation", "closed", server_default=None)


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_column("project_deviation", "closed")
