"""process leadership."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "actors_0017"
down_revision = "actors_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "competence_profile",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=True),
        sa.Column("requirements", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence_profile")),
        sa.UniqueConstraint("edition", name="uq_competence_profile_edition"),
    )
    op.create_table(
        "method",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("steps", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("how_to", sa.Text(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("group_from", sa.Integer(), nullable=True),
        sa.Column("group_to", sa.Integer(), nullable=True),
        sa.Column("materials", sa.Text(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method")),
    )
    op.create_index(
        "ix_method_name_sv",
        "method",
        [
            sa.literal_column("(translate(lower(name), 'åäöéèüæø', '{|}eey|}') COLLATE \"C\")"),
            sa.literal_column("id"),
        ],
        unique=False,
    )
    op.create_index(
        "ix_method_parts",
        "method",
        [
            sa.literal_column(
                "lower(coalesce(name, '') || ' ' || coalesce(purpose, '') || ' ' || coalesce(how_to, '') || ' ' || coalesce(materials, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_method_steps", "method", ["steps"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_method_words",
        "method",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(name, '') || ' ' || coalesce(purpose, '') || ' ' || coalesce(how_to, '') || ' ' || coalesce(materials, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "method_use",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("method_id", sa.Uuid(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("noted_by_post_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["method_id"], ["method.id"], name="fk_method_use_method_id"),
        sa.ForeignKeyConstraint(
            ["noted_by_post_id"], ["post.id"], name="fk_method_use_noted_by_post_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method_use")),
    )
    op.create_index("ix_method_use_method_id", "method_use", ["method_id", "used_on"], unique=False)
    op.create_index(
        "ix_method_use_noted_by_post_id", "method_use", ["noted_by_post_id"], unique=False
    )
    op.create_index("ix_method_use_used_on", "method_use", ["used_on", "id"], unique=False)
    op.create_table(
        "leader_assignment",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("needed_percent", sa.Integer(), nullable=False),
        sa.Column("funded_percent", sa.Integer(), nullable=True),
        sa.Column("funder_actor_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "valid",
            postgresql.DATERANGE(),
            sa.Computed("daterange(valid_from, valid_to)", persisted=True),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_leader_assignment_actor_id"),
        sa.ForeignKeyConstraint(
            ["funder_actor_id"], ["actor.id"], name="fk_leader_assignment_funder_actor_id"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_leader_assignment_post_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_assignment")),
    )
    op.create_index(
        "ix_leader_assignment_actor_id", "leader_assignment", ["actor_id"], unique=False
    )
    op.create_index(
        "ix_leader_assignment_funder_actor_id",
        "leader_assignment",
        ["funder_actor_id"],
        unique=False,
    )
    op.create_index(
        "ix_leader_assignment_parts",
        "leader_assignment",
        [
            sa.literal_column(
                "lower(coalesce(industry, '') || ' ' || coalesce(note, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_leader_assignment_post_id", "leader_assignment", ["post_id"], unique=False)
    op.create_index(
        "ix_leader_assignment_words",
        "leader_assignment",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(industry, '') || ' ' || coalesce(note, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    ledger.attach(op, "competence_profile")
    ledger.attach(op, "method")
    ledger.attach(op, "method_use")
    ledger.attach(op, "leader_assignment")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index(
        "ix_leader_assignment_words",
        table_name="leader_assignment",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_leader_assignment_post_id", table_name="leader_assignment")
    op.drop_index(
        "ix_leader_assignment_parts",
        table_name="leader_assignment",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_leader_assignment_funder_actor_id", table_name="leader_assignment")
    op.drop_index("ix_leader_assignment_actor_id", table_name="leader_assignment")
    op.drop_table("leader_assignment")
    op.drop_index("ix_method_use_used_on", table_name="method_use")
    op.drop_index("ix_method_use_noted_by_post_id", table_name="method_use")
    op.drop_index("ix_method_use_method_id", table_name="method_use")
    op.drop_table("method_use")
    op.drop_index(
        "ix_method_words",
        table_name="method",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_method_steps", table_name="method", postgresql_using="gin")
    op.drop_index(
        "ix_method_parts",
        table_name="method",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_method_name_sv", table_name="method")
    op.drop_table("method")
    op.drop_table("competence_profile")
