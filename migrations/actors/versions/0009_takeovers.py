"""takeovers."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "actors_0009"
down_revision = "actors_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "takeover",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("left_actor_id", sa.Uuid(), nullable=True),
        sa.Column("left_post_id", sa.Uuid(), nullable=True),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_post_id", sa.Uuid(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(left_actor_id, left_post_id) <= 1", name=op.f("ck_takeover_left_actor_id")
        ),
        sa.ForeignKeyConstraint(["left_actor_id"], ["actor.id"], name="fk_takeover_left_actor_id"),
        sa.ForeignKeyConstraint(["left_post_id"], ["post.id"], name="fk_takeover_left_post_id"),
        sa.ForeignKeyConstraint(["owner_post_id"], ["post.id"], name="fk_takeover_owner_post_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeover")),
    )
    op.create_index("ix_takeover_left_actor_id", "takeover", ["left_actor_id"], unique=False)
    op.create_index("ix_takeover_left_post_id", "takeover", ["left_post_id"], unique=False)
    op.create_index("ix_takeover_owner_post_id", "takeover", ["owner_post_id"], unique=False)
    op.create_index(
        "uq_takeover_thing_id",
        "takeover",
        ["thing_id", "noun", sa.literal_column("coalesce(left_actor_id, left_post_id)")],
        unique=True,
        postgresql_where=sa.text("done_on IS NULL"),
    )
    ledger.attach(op, "takeover")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index(
        "uq_takeover_thing_id", table_name="takeover", postgresql_where=sa.text("done_on IS NULL")
    )
    op.drop_index("ix_takeover_owner_post_id", table_name="takeover")
    op.drop_index("ix_takeover_left_post_id", table_name="takeover")
    op.drop_index("ix_takeover_left_actor_id", table_name="takeover")
    op.drop_table("takeover")
