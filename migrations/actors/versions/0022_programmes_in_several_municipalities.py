"""programmes in several municipalities, and what was decided of the application."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "actors_0022"
down_revision = "actors_0021"
branch_labels = None
depends_on = None

INDEX = "ix_programme_municipality_codes"
ADDED = ("seats_sought", "decision", "municipality_count", "municipality_codes")


def upgrade() -> None:
    """Forward. What programmes there are is offered: no application is known of any."""
    codes = sa.Column(
        "municipality_codes", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"
    )
    op.add_column("programme", codes)
    op.alter_column("programme", "municipality_codes", server_default=None)
    op.add_column("programme", sa.Column("municipality_count", sa.Integer(), nullable=True))
    op.add_column("programme", sa.Column("decision", sa.Text(), nullable=True))
    op.add_column("programme", sa.Column("seats_sought", sa.Integer(), nullable=True))
    op.create_index(INDEX, "programme", ["municipality_codes"], postgresql_using="gin")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index(INDEX, table_name="programme")
    for name in ADDED:
        op.drop_column("programme", name)
