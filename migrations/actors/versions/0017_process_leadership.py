"""process leadership."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "actors_0017"
down_revision = "actors_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "leader_assignment",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("needed_percent", sa.Integer(), nullable=False),
        sa.Column("funded_percent", sa.Integer(), nullable=True),
        sa.Column("funder_actor_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "valid",
            postgresql.DATERANGE(),
            sa.Computed("daterange(valid_from, valid_to)", persisted=True),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_leader_assignment_actor_id"),
        sa.ForeignKeyConstraint(
            ["funder_actor_id"], ["actor.id"], name="fk_leader_assignment_funder_actor_id"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_leader_assignment_post_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_assignment")),
    )
    op.create_index(
        "ix_leader_assignment_actor_id", "leader_assignment", ["actor_id"], unique=False
    )
    op.create_index(
        "ix_leader_assignment_funder_actor_id",
        "leader_assignment",
        ["funder_actor_id"],
        unique=False,
    )
    op.create_index(
        "ix_leader_assignment_parts",
        "leader_assignment",
        [
            sa.literal_column(
                "lower(coalesce(industry, '') || ' ' || coalesce(note, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_leader_assignment_post_id", "leader_assignment", ["post_id"], unique=False)
    op.create_index(
        "ix_leader_assignment_words",
        "leader_assignment",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(industry, '') || ' ' || coalesce(note, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    ledger.attach(op, "leader_assignment")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index(
        "ix_leader_assignment_words",
        table_name="leader_assignment",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_leader_assignment_post_id", table_name="leader_assignment")
    op.drop_index(
        "ix_leader_assignment_parts",
        table_name="leader_assignment",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_leader_assignment_funder_actor_id", table_name="leader_assignment")
    op.drop_index("ix_leader_assignment_actor_id", table_name="leader_assignment")
    op.drop_table("leader_assignment")
