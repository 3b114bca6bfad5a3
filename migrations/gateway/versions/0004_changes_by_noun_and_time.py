"""changes by noun and time."""

from alembic import op

from services.kit import ledger

revision = "gateway_0004"
down_revision = "gateway_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    ledger.index_changes(op)


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_ledger_changed", table_name="ledger")
