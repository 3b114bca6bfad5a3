"""meetings are planned in series."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "councils_0017"
down_revision = "councils_0016"
branch_labels = None
depends_on = None
GIN = {"postgresql_using": "gin", "postgresql_with": {"fastupdate": "off"}}
SORTED = "(translate(lower(title), 'åäöéèüæø', '{|}eey|}') COLLATE \"C\")"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "meeting_series",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name="fk_meeting_series_council_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_series")),
    )
    for name, columns, more in (
        ("council_id", ["council_id"], {}),
        ("parts", [sa.literal_column("lower(coalesce(title, '')) gin_trgm_ops")], GIN),
        ("title_sv", [sa.literal_column(SORTED), sa.literal_column("id")], {}),
        ("words", [sa.literal_column("to_tsvector('swedish', coalesce(title, ''))")], GIN),
    ):
        op.create_index(f"ix_meeting_series_{name}", "meeting_series", columns, **more)
    op.add_column("meeting", sa.Column("series_id", sa.Uuid(), nullable=True))
    op.create_index("ix_meeting_series_id", "meeting", ["series_id", "starts_at"])
    op.create_foreign_key(
        "fk_meeting_series_id", "meeting", "meeting_series", ["series_id"], ["id"]
    )
    ledger.attach(op, "meeting_series")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_column("meeting", "series_id")
    op.drop_table("meeting_series")
