"""bodies work under others, and directions are of a year's agenda."""

import sqlalchemy as sa
from alembic import op

revision = "councils_0029"
down_revision = "councils_0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("council", sa.Column("parent_id", sa.Uuid(), nullable=True))
    op.create_foreign_key("fk_council_parent_id", "council", "council", ["parent_id"], ["id"])
    op.create_index("ix_council_parent_id", "council", ["parent_id"])
    op.add_column("direction", sa.Column("year", sa.Integer(), nullable=True))
    op.create_index("ix_direction_year", "direction", ["year"])


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index("ix_direction_year", table_name="direction")
    op.drop_column("direction", "year")
    op.drop_index("ix_council_parent_id", table_name="council")
    op.drop_constraint("fk_council_parent_id", "council", type_="foreignkey")
    op.drop_column("council", "parent_id")
