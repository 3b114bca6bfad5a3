"""policy sources of councils."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "councils_0007"
down_revision = "councils_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    sources = sa.Column("policy_sources", postgresql.JSONB(), nullable=False, server_default="[]")
    op.add_column("council", sources)
    op.alter_column("council", "policy_sources", server_default=None)


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_column("council", "policy_sources")
