"""parts of words are found by who types no marks: Skövde of "skovde"."""

import sqlalchemy as sa
from alembic import op

revision = "councils_0020"
down_revision = "councils_0019"
branch_labels = None
depends_on = None

SEARCHED = {
    "charter": ("purpose", "tasks", "equality_aims"),
    "council": ("name", "purpose", "industry"),
    "direction": ("title", "text"),
    "escalation": ("title", "text", "answer_text"),
    "initiative": ("title", "description", "audience"),
    "meeting_series": ("title",),
    "meeting": ("title", "place"),
    "standing_item": ("title",),
    "session_plan": ("aim", "learned"),
    "decision": ("text",),
    "action_item": ("text", "outcome"),
    "need": ("statement", "evidence"),
    "project": ("name", "purpose"),
    "project_lesson": ("text",),
    "selection": ("title", "question", "decision_text"),
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
