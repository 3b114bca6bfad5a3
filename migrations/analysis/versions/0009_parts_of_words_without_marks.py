"""parts of words are found by who types no marks: Skövde of "skovde"."""

import sqlalchemy as sa
from alembic import op

revision = "analysis_0009"
down_revision = "analysis_0008"
branch_labels = None
depends_on = None

SEARCHED = {
    "source": ("name", "publisher"),
    "code": ("name", "code"),
}
BEFORE = "lower({0}) gin_trgm_ops"
AFTER = "(lower({0}) || ' ' || translate(lower({0}), 'åäöéèüæø', 'aaoeeuao')) gin_trgm_ops"


def upgrade() -> None:
    """Forward."""
    _index(AFTER)


def downgrade() -> None:
    """Back."""
    _index(BEFORE)


def _index(parts: str) -> None:
    for table, columns in SEARCHED.items():
        name = f"ix_{table}_parts"
        looked_in = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
        op.drop_index(name, table_name=table)
        op.create_index(
            name,
            table,
            [sa.text(parts.format(looked_in))],
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
    name = "ix_projected_parts"
    op.drop_index(name, table_name="projected")
    op.create_index(name, "projected", [sa.text(parts.format("words"))], postgresql_using="gin")
