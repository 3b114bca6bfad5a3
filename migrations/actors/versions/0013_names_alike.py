"""names alike."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0013"
down_revision = "actors_0012"
branch_labels = None
depends_on = None

BARE = r"""regexp_replace(translate(lower({}), 'åäöéèüæø', 'aaoeeuao'),
    '\m(aktiebolag|ab|hb|kb|ek\.? for\.?|ideell forening|publ)\M\.?', ' ', 'g') gin_trgm_ops"""
COLUMNS = ("name", "other_names")


def upgrade() -> None:
    """Forward."""
    for column in COLUMNS:
        op.create_index(
            f"ix_actor_{column}_alike",
            "actor",
            [sa.text(BARE.format(column))],
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )


def downgrade() -> None:
    """Back."""
    for column in COLUMNS:
        op.drop_index(f"ix_actor_{column}_alike", table_name="actor")
