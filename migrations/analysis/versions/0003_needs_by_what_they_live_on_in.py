"""needs by what they live on in."""

from alembic import op
from sqlalchemy import text

revision = "analysis_0003"
down_revision = "analysis_0002"
branch_labels = None
depends_on = None
NAME = "ix_projected_merged_into_id"


def upgrade() -> None:
    """Forward."""
    merged = "(data ->> 'merged_into_id')"
    named = text(f"{merged} IS NOT NULL")
    op.create_index(NAME, "projected", [text(merged)], postgresql_where=named)


def downgrade() -> None:
    """Back."""
    op.drop_index(NAME, table_name="projected")
