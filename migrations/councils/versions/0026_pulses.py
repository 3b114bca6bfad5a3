"""pulses: four questions that members answer unseen."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "councils_0026"
down_revision = "councils_0025"
branch_labels = None
depends_on = None


def _own() -> list[sa.Column]:
    """What every row has."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _of_round(table: str) -> list[sa.schema.SchemaItem]:
    """Its key, and the round that it is of."""
    name = f"fk_{table}_pulse_id"
    return [
        sa.ForeignKeyConstraint(["pulse_id"], ["pulse.id"], name=name),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "pulse",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("council_id", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("asked_count", sa.Integer(), nullable=False),
        sa.Column("seats_new", sa.Integer(), nullable=True),
        sa.Column("seats_gone", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("answered", sa.Text(), nullable=True),
        sa.Column("relations_level", sa.Text(), nullable=True),
        sa.Column("thinking_level", sa.Text(), nullable=True),
        sa.Column("acting_level", sa.Text(), nullable=True),
        sa.Column("results_level", sa.Text(), nullable=True),
        *_own(),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name="fk_pulse_council_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
    )
    op.create_index("ix_pulse_council_id", "pulse", ["council_id", "asked_on"])
    op.create_index("ix_pulse_asked_on", "pulse", ["asked_on", "id"])
    ledger.attach(op, "pulse")
    op.create_table(
        "pulse_letter",
        sa.Column("pulse_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why_not", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        *_own(),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_pulse_letter_seat_id"),
        sa.UniqueConstraint("pulse_id", "seat_id", name="uq_pulse_letter_seat_id"),
        *_of_round("pulse_letter"),
    )
    op.create_index("ix_pulse_letter_seat_id", "pulse_letter", ["seat_id"])
    op.create_index("ix_pulse_letter_person_id", "pulse_letter", ["person_id"])
    op.create_index("ix_pulse_letter_state", "pulse_letter", ["state", "next_try_at"])
    # A secret leads from a person to an answer: the ledger never has it.
    ledger.attach(op, "pulse_letter", ("token",))
    op.create_table(
        "pulse_ticket",
        *_own(),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("pulse_id", sa.Uuid(), nullable=False),
        sa.Column("relations", sa.Integer(), nullable=True),
        sa.Column("thinking", sa.Integer(), nullable=True),
        sa.Column("acting", sa.Integer(), nullable=True),
        sa.Column("results", sa.Integer(), nullable=True),
        sa.Column("line", sa.Text(), nullable=True),
        sa.UniqueConstraint("hash", name="uq_pulse_ticket_hash"),
        *_of_round("pulse_ticket"),
    )
    op.create_index("ix_pulse_ticket_pulse_id", "pulse_ticket", ["pulse_id"])
    op.create_table(
        "pulse_line",
        *_own(),
        sa.Column("pulse_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_of_round("pulse_line"),
    )
    op.create_index("ix_pulse_line_pulse_id", "pulse_line", ["pulse_id"])


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    for table in ("pulse_line", "pulse_ticket", "pulse_letter", "pulse"):
        op.drop_table(table)
