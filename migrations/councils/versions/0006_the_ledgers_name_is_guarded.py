"""the ledger's name is guarded."""

from alembic import op

from services.kit import ledger

revision = "councils_0006"
down_revision = "councils_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    ledger.guard(op)


def downgrade() -> None:
    """Back."""
    ledger.unguard(op)
