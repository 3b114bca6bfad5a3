"""initiatives tell of money line by line, of what is procured, and of who came through."""

import sqlalchemy as sa
from alembic import op

from services.kit import ledger

revision = "councils_0015"
down_revision = "councils_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "budget_line",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("financier_actor_id", sa.Uuid(), nullable=True),
        sa.Column("plan", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("actual", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        *_every_row("budget_line"),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_budget_line_initiative_id"
        ),
    )
    op.create_index("ix_budget_line_initiative_id", "budget_line", ["initiative_id"])
    op.create_index("ix_budget_line_financier_actor_id", "budget_line", ["financier_actor_id"])
    ledger.attach(op, "budget_line")
    op.create_table(
        "headcount",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("filled", sa.Integer(), nullable=True),
        sa.Column("completed", sa.Integer(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=True),
        *_every_row("headcount"),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_headcount_initiative_id"
        ),
        sa.UniqueConstraint("initiative_id", "counted_on", name="uq_headcount_counted_on"),
    )
    op.create_index("ix_headcount_counted_on", "headcount", ["counted_on", "id"])
    ledger.attach(op, "headcount")
    op.add_column(
        "checklist_template",
        sa.Column("kind", sa.Text(), nullable=False, server_default="checklist"),
    )
    op.alter_column("checklist_template", "kind", server_default=None)
    for column in (
        sa.Column("supplier_actor_id", sa.Uuid(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("checklist_template_id", sa.Uuid(), nullable=True),
    ):
        op.add_column("step", column)
    op.create_foreign_key(
        "fk_step_checklist_template_id",
        "step",
        "checklist_template",
        ["checklist_template_id"],
        ["id"],
    )
    op.create_index("ix_step_checklist_template_id", "step", ["checklist_template_id"])


def _every_row(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_constraint("fk_step_checklist_template_id", "step", type_="foreignkey")
    for name in ("checklist_template_id", "document", "supplier_actor_id"):
        op.drop_column("step", name)
    op.drop_column("checklist_template", "kind")
    op.drop_table("headcount")
    op.drop_table("budget_line")
