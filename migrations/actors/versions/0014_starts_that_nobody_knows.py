"""starts that nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0014"
down_revision = "actors_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.alter_column("intake", "starts_on", nullable=True)
    op.add_column("intake", sa.Column("round", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Back: a start must have a day, so those without are gone."""
    op.execute("DELETE FROM imported USING intake WHERE thing_id = intake.id AND starts_on IS NULL")
    op.execute("DELETE FROM intake WHERE starts_on IS NULL")
    op.drop_column("intake", "round")
    op.alter_column("intake", "starts_on", nullable=False)
