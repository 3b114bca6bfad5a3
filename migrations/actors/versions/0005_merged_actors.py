"""merged actors, and their other names."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "actors_0005"
down_revision = "actors_0004"
branch_labels = None
depends_on = None

NAMES, OTHER, MISSION = "coalesce(name, '')", "coalesce(other_names, '')", "coalesce(mission, '')"


def _search(*looked_in: str) -> None:
    text = " || ' ' || ".join(looked_in)
    at_once = {"fastupdate": "off"}
    for name, held in (
        ("ix_actor_words", f"to_tsvector('swedish', {text})"),
        ("ix_actor_parts", f"lower({text}) gin_trgm_ops"),
    ):
        op.drop_index(name, table_name="actor")
        op.create_index(
            name, "actor", [sa.text(held)], postgresql_using="gin", postgresql_with=at_once
        )


def upgrade() -> None:
    """Forward."""
    op.add_column("actor", sa.Column("other_names", sa.Text(), nullable=True))
    op.add_column("actor", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.add_column("actor", sa.Column("merged_first_id", sa.Uuid(), nullable=True))
    given = sa.Column(
        "given_fields", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"
    )
    op.add_column("actor", given)
    op.alter_column("actor", "given_fields", server_default=None)
    op.drop_constraint("uq_actor_org_number", "actor", type_="unique")
    op.create_index(
        "uq_actor_org_number",
        "actor",
        ["org_number"],
        unique=True,
        postgresql_where=sa.text("merged_into_id IS NULL"),
    )
    op.create_index("ix_actor_family", "actor", [sa.text("coalesce(merged_into_id, id)")])
    op.create_index("ix_actor_merged_into_id", "actor", ["merged_into_id"])
    op.create_foreign_key("fk_actor_merged_into_id", "actor", "actor", ["merged_into_id"], ["id"])
    op.create_foreign_key("fk_actor_merged_first_id", "actor", "actor", ["merged_first_id"], ["id"])
    _search(NAMES, OTHER, MISSION)


def downgrade() -> None:
    """Back. Refused by the database where two actors, one merged, have the same number."""
    _search(NAMES, MISSION)
    op.drop_index("ix_actor_merged_into_id", table_name="actor")
    op.drop_index("ix_actor_family", table_name="actor")
    op.drop_index("uq_actor_org_number", table_name="actor")
    op.create_unique_constraint("uq_actor_org_number", "actor", ["org_number"])
    for name in ("given_fields", "merged_first_id", "merged_into_id", "other_names"):
        op.drop_column("actor", name)
