"""the ledger's name is guarded."""

from alembic import op

from services.kit import ledger

revision = "analysis_0008"
down_revision = "analysis_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    ledger.guard(op)


def downgrade() -> None:
    """Back."""
    ledger.unguard(op)
