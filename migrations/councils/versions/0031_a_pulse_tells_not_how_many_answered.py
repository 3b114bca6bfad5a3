"""a pulse tells not how many answered, but that they were five or more."""

import sqlalchemy as sa
from alembic import op

revision = "councils_0031"
down_revision = "councils_0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward. What the ledger says of it is read no more: readings have the table's columns."""
    op.drop_column("pulse", "answered")


def downgrade() -> None:
    """Back; what was told is not known any more. Ledger rows are never dropped."""
    op.add_column("pulse", sa.Column("answered", sa.Text(), nullable=True))
