"""company forms spelled out are no part of a name either."""

import sqlalchemy as sa
from alembic import op

revision = "actors_0024"
down_revision = "actors_0023"
branch_labels = None
depends_on = None

BARE = r"""regexp_replace(translate(lower({}), 'åäöéèüæø', 'aaoeeuao'),
    '\m({})\M\.?', ' ', 'g') gin_trgm_ops"""
COLUMNS = ("name", "other_names")
BEFORE = r"aktiebolag|ab|hb|kb|ek\.? for\.?|ideell forening|publ"
AFTER = (
    r"aktiebolag(et)?|ab|handelsbolag(et)?|hb|kommanditbolag(et)?|kb|ekonomiska? forening(en)?"
    r"|ek\.? ?for\.?|ideella? forening(en)?|stiftelsen?|publ"
)


def upgrade() -> None:
    """Forward."""
    _index(AFTER)


def downgrade() -> None:
    """Back."""
    _index(BEFORE)


def _index(forms: str) -> None:
    for column in COLUMNS:
        name = f"ix_actor_{column}_alike"
        op.drop_index(name, table_name="actor")
        op.create_index(
            name,
            "actor",
            [sa.text(BARE.format(column, forms))],
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
