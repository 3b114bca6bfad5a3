"""minutes are typed by several at once."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "councils_0014"
down_revision = "councils_0013"
branch_labels = None
depends_on = None
TYPING = ("minutes_writer", "minutes_turn", "minutes_version")


def upgrade() -> None:
    """Forward."""
    op.add_column("agenda_item", sa.Column("minutes_writer", sa.Text(), nullable=True))
    for name in TYPING[1:]:
        column = sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        op.add_column("agenda_item", column)
        op.alter_column("agenda_item", name, server_default=None)
    _log_anew("agenda_item", TYPING)


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    _log_anew("agenda_item")
    for name in TYPING:
        op.drop_column("agenda_item", name)


def _log_anew(table: str, secret: tuple[str, ...] = ()) -> None:
    """Who types stays out of the ledger."""
    for trigger in ("ledger_write", "no_truncate"):
        op.execute(f"DROP TRIGGER {trigger} ON {table}")
    ledger.attach(op, table, secret)
