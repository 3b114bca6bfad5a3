"""substitutes of holders."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0008"
down_revision = "actors_0007"
branch_labels = None
depends_on = None


def _one_at_a_time(*keys: str) -> None:
    op.drop_constraint("ex_holding_valid_from", "holding")
    op.create_exclude_constraint(
        "ex_holding_valid_from",
        "holding",
        *((sa.column(key), "=") for key in keys),
        (sa.column("valid"), "&&"),
        using="gist",
    )


def upgrade() -> None:
    """Forward."""
    cover = sa.Column("cover", sa.Text(), nullable=False, server_default="ordinary")
    op.add_column("holding", cover)
    op.alter_column("holding", "cover", server_default=None)
    _one_at_a_time("post_id", "cover")


def downgrade() -> None:
    """Back, where no substitute's time goes into a holder's."""
    _one_at_a_time("post_id")
    op.drop_column("holding", "cover")
