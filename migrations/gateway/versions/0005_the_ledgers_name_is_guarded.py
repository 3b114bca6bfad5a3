"""the ledger's name is guarded."""

from alembic import op

from services.kit import ledger

revision = "gateway_0005"
down_revision = "gateway_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    ledger.guard(op)


def downgrade() -> None:
    """Back."""
    ledger.unguard(op)
