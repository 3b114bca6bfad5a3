"""who received what: messages of a project's communication plan."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "councils_0032"
down_revision = "councils_0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    column = sa.Column("recipients", postgresql.ARRAY(sa.Text()), nullable=True)
    op.add_column("project_activity", column)


def downgrade() -> None:
    """Back."""
    op.drop_column("project_activity", "recipients")
