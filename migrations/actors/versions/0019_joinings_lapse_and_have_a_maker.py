"""joinings lapse and have a maker."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0019"
down_revision = "actors_0018"
branch_labels = None
depends_on = None

ONE, BOTH = "uq_joining_actor_id", ["actor_id", "need_id"]
ON_ITS_WAY = "answer <> 'declined' AND connected_on IS NULL"


def upgrade() -> None:
    """Forward. Who made the joinings that there are is not known: they are the association's."""
    op.add_column("joining", sa.Column("lapsed_on", sa.Date(), nullable=True))
    op.add_column("joining", sa.Column("managed_by", sa.Text(), nullable=True))
    op.drop_index(ONE, table_name="joining")
    lasting = sa.text(f"{ON_ITS_WAY} AND lapsed_on IS NULL")
    op.create_index(ONE, "joining", BOTH, unique=True, postgresql_where=lasting)


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index(ONE, table_name="joining")
    op.drop_column("joining", "managed_by")
    op.drop_column("joining", "lapsed_on")
    op.create_index(ONE, "joining", BOTH, unique=True, postgresql_where=sa.text(ON_ITS_WAY))
