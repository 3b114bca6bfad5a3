"""contacts."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "actors_0002"
down_revision = "actors_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "contact",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("our_actor_id", sa.Uuid(), nullable=False),
        sa.Column("our_post_id", sa.Uuid(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("owner_post_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_contact_actor_id"),
        sa.ForeignKeyConstraint(["our_actor_id"], ["actor.id"], name="fk_contact_our_actor_id"),
        sa.ForeignKeyConstraint(["our_post_id"], ["post.id"], name="fk_contact_our_post_id"),
        sa.ForeignKeyConstraint(["owner_post_id"], ["post.id"], name="fk_contact_owner_post_id"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_contact_post_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_actor_id", "contact", ["actor_id", "held_on"], unique=False)
    op.create_index("ix_contact_held_on", "contact", ["held_on", "id"], unique=False)
    op.create_index("ix_contact_our_actor_id", "contact", ["our_actor_id", "held_on"], unique=False)
    op.create_index("ix_contact_our_post_id", "contact", ["our_post_id"], unique=False)
    op.create_index(
        "ix_contact_owner_post_id",
        "contact",
        ["owner_post_id"],
        unique=False,
        postgresql_where=sa.text("next_step IS NOT NULL AND done_on IS NULL"),
    )
    op.create_index(
        "ix_contact_parts",
        "contact",
        [
            sa.literal_column(
                "lower(coalesce(said, '') || ' ' || coalesce(reply, '') || ' ' || coalesce(next_step, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_contact_post_id", "contact", ["post_id"], unique=False)
    op.create_index(
        "ix_contact_words",
        "contact",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(said, '') || ' ' || coalesce(reply, '') || ' ' || coalesce(next_step, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    ledger.attach(op, "contact")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_table("contact")
