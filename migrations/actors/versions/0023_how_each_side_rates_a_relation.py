"""how each side rates a relation."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "actors_0023"
down_revision = "actors_0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "relation_rating",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("relation_id", sa.Uuid(), nullable=False),
        sa.Column("rater_actor_id", sa.Uuid(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["rater_actor_id"], ["actor.id"], name="fk_relation_rating_rater_actor_id"
        ),
        sa.ForeignKeyConstraint(
            ["relation_id"], ["relation.id"], name="fk_relation_rating_relation_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation_rating")),
        sa.UniqueConstraint(
            "relation_id", "rated_on", "rater_actor_id", name="uq_relation_rating_rated_on"
        ),
    )
    op.create_index(
        "ix_relation_rating_rated_on", "relation_rating", ["rated_on", "id"], unique=False
    )
    op.create_index(
        "ix_relation_rating_rater_actor_id",
        "relation_rating",
        ["rater_actor_id", "rated_on"],
        unique=False,
    )
    ledger.attach(op, "relation_rating")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_table("relation_rating")
