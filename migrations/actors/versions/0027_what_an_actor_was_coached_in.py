"""what an actor was coached in: contacts have a topic."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0027"
down_revision = "actors_0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("contact", sa.Column("topic", sa.Text(), nullable=True))


def downgrade() -> None:
    """Back. A coaching is a contact of another kind there, whose words stay."""
    op.execute("UPDATE contact SET channel = 'other' WHERE channel = 'coaching'")
    op.drop_column("contact", "topic")
