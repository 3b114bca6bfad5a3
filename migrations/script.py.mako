"""${message}."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    """Forward."""
% if config.attributes.get("first"):
    ledger.install(op)
% endif
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    ${downgrades if downgrades else "pass"}
