"""parts of words are found by who types no marks: Skövde of "skovde"."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0026"
down_revision = "actors_0025"
branch_labels = None
depends_on = None

SEARCHED = {
    "criterion": ("name", "description"),
    "priority": ("reason", "decided_by"),
    "joining": ("why", "reasons"),
    "leader_assignment": ("industry", "note"),
    "method": ("name", "purpose", "how_to", "materials"),
    "programme": ("name", "description"),
    "contact": ("said", "reply", "next_step"),
    "mandate": ("scope", "document"),
    "role_trial": ("role", "reasons"),
    "pledge": ("what", "result"),
    "carried_issue": ("issue", "to_body", "reply"),
    "actor": ("name", "other_names", "mission"),
    "person": ("name",),
    "post": ("title", "description"),
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
