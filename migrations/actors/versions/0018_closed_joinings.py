"""closed joinings."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0018"
down_revision = "actors_0017"
branch_labels = None
depends_on = None

OPEN = "answer <> 'declined' AND connected_on IS NULL"


def _unique(where: str) -> None:
    op.drop_index("uq_joining_actor_id", table_name="joining")
    op.create_index(
        "uq_joining_actor_id",
        "joining",
        ["actor_id", "need_id"],
        unique=True,
        postgresql_where=sa.text(where),
    )


def upgrade() -> None:
    """Forward."""
    op.add_column("joining", sa.Column("closed_on", sa.Date(), nullable=True))
    _unique(f"{OPEN} AND closed_on IS NULL")


def downgrade() -> None:
    """Back, for development only."""
    _unique(OPEN)
    op.drop_column("joining", "closed_on")
