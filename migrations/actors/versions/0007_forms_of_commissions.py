"""forms of commissions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "actors_0007"
down_revision = "actors_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    forms = sa.Column("forms", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}")
    op.add_column("relation", forms)
    op.alter_column("relation", "forms", server_default=None)


def downgrade() -> None:
    """Back."""
    op.drop_column("relation", "forms")
