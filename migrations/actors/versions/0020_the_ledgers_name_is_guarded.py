"""the ledger's name is guarded."""

from alembic import op

from services.kit import ledger

revision = "actors_0020"
down_revision = "actors_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    ledger.guard(op)


def downgrade() -> None:
    """Back."""
    ledger.unguard(op)
