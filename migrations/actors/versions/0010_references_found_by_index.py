"""references found by index."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0010"
down_revision = "actors_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_index("ix_actor_merged_first_id", "actor", ["merged_first_id"])
    op.drop_index("ix_contact_owner_post_id", table_name="contact")
    op.create_index("ix_contact_owner_post_id", "contact", ["owner_post_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_contact_owner_post_id", table_name="contact")
    op.create_index(
        "ix_contact_owner_post_id",
        "contact",
        ["owner_post_id"],
        postgresql_where=sa.text("next_step IS NOT NULL AND done_on IS NULL"),
    )
    op.drop_index("ix_actor_merged_first_id", table_name="actor")
