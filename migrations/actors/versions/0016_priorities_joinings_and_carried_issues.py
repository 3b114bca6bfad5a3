"""priorities joinings and carried issues."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ledger

revision = "actors_0016"
down_revision = "actors_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "criterion",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
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
        postgresql.ExcludeConstraint(
            (sa.column("name"), "="),
            (sa.column("valid"), "&&"),
            using="gist",
            name="ex_criterion_name",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
    )
    op.create_index(
        "ix_criterion_name_sv",
        "criterion",
        [
            sa.literal_column("(translate(lower(name), 'åäöéèüæø', '{|}eey|}') COLLATE \"C\")"),
            sa.literal_column("id"),
        ],
        unique=False,
    )
    op.create_index(
        "ix_criterion_parts",
        "criterion",
        [
            sa.literal_column(
                "lower(coalesce(name, '') || ' ' || coalesce(description, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_criterion_words",
        "criterion",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(name, '') || ' ' || coalesce(description, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "priority",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("scores", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("criterion_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by_post_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(decided_by_post_id, decided_by) = 1", name=op.f("ck_priority_decided_by")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_priority_actor_id"),
        sa.ForeignKeyConstraint(
            ["decided_by_post_id"], ["post.id"], name="fk_priority_decided_by_post_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
    )
    op.create_index("ix_priority_actor_id", "priority", ["actor_id", "decided_on"], unique=False)
    op.create_index(
        "ix_priority_decided_by_post_id", "priority", ["decided_by_post_id"], unique=False
    )
    op.create_index("ix_priority_decided_on", "priority", ["decided_on", "id"], unique=False)
    op.create_index(
        "ix_priority_parts",
        "priority",
        [
            sa.literal_column(
                "lower(coalesce(reason, '') || ' ' || coalesce(decided_by, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_priority_review_on", "priority", ["review_on"], unique=False)
    op.create_index(
        "ix_priority_criterion_ids",
        "priority",
        ["criterion_ids"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "ix_priority_words",
        "priority",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(reason, '') || ' ' || coalesce(decided_by, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "carried_issue",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("ambassador_post_id", sa.Uuid(), nullable=False),
        sa.Column("mandate_id", sa.Uuid(), nullable=True),
        sa.Column("need_id", sa.Uuid(), nullable=True),
        sa.Column("to_actor_id", sa.Uuid(), nullable=True),
        sa.Column("to_council_id", sa.Uuid(), nullable=True),
        sa.Column("to_body", sa.Text(), nullable=True),
        sa.Column("carried_on", sa.Date(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(to_actor_id, to_council_id, to_body) = 1",
            name=op.f("ck_carried_issue_to_actor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ambassador_post_id"], ["post.id"], name="fk_carried_issue_ambassador_post_id"
        ),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name="fk_carried_issue_mandate_id"),
        sa.ForeignKeyConstraint(["to_actor_id"], ["actor.id"], name="fk_carried_issue_to_actor_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried_issue")),
    )
    op.create_index(
        "ix_carried_issue_ambassador_post_id", "carried_issue", ["ambassador_post_id"], unique=False
    )
    op.create_index(
        "ix_carried_issue_carried_on", "carried_issue", ["carried_on", "id"], unique=False
    )
    op.create_index("ix_carried_issue_mandate_id", "carried_issue", ["mandate_id"], unique=False)
    op.create_index(
        "ix_carried_issue_parts",
        "carried_issue",
        [
            sa.literal_column(
                "lower(coalesce(issue, '') || ' ' || coalesce(to_body, '') || ' ' || coalesce(reply, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_carried_issue_to_actor_id", "carried_issue", ["to_actor_id"], unique=False)
    op.create_index(
        "ix_carried_issue_words",
        "carried_issue",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(issue, '') || ' ' || coalesce(to_body, '') || ' ' || coalesce(reply, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "joining",
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("owner_post_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("connected_on", sa.Date(), nullable=True),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("initiative_id", sa.Uuid(), nullable=True),
        sa.Column("pledge_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_joining_actor_id"),
        sa.ForeignKeyConstraint(["owner_post_id"], ["post.id"], name="fk_joining_owner_post_id"),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name="fk_joining_pledge_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joining")),
    )
    op.create_index("ix_joining_actor_id", "joining", ["actor_id"], unique=False)
    op.create_index("ix_joining_due_on", "joining", ["due_on", "id"], unique=False)
    op.create_index("ix_joining_need_id", "joining", ["need_id"], unique=False)
    op.create_index("ix_joining_owner_post_id", "joining", ["owner_post_id"], unique=False)
    op.create_index(
        "ix_joining_parts",
        "joining",
        [
            sa.literal_column(
                "lower(coalesce(why, '') || ' ' || coalesce(reasons, '')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_joining_pledge_id", "joining", ["pledge_id"], unique=False)
    op.create_index(
        "ix_joining_words",
        "joining",
        [
            sa.literal_column(
                "to_tsvector('swedish', coalesce(why, '') || ' ' || coalesce(reasons, ''))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "uq_joining_actor_id",
        "joining",
        ["actor_id", "need_id"],
        unique=True,
        postgresql_where=sa.text("answer <> 'declined' AND connected_on IS NULL"),
    )
    ledger.attach(op, "criterion")
    ledger.attach(op, "priority")
    ledger.attach(op, "carried_issue")
    ledger.attach(op, "joining")


def downgrade() -> None:
    """Back. Ledger rows are never dropped by a later migration than the first."""
    op.drop_index(
        "uq_joining_actor_id",
        table_name="joining",
        postgresql_where=sa.text("answer <> 'declined' AND connected_on IS NULL"),
    )
    op.drop_index(
        "ix_joining_words",
        table_name="joining",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_joining_pledge_id", table_name="joining")
    op.drop_index(
        "ix_joining_parts",
        table_name="joining",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_joining_owner_post_id", table_name="joining")
    op.drop_index("ix_joining_need_id", table_name="joining")
    op.drop_index("ix_joining_due_on", table_name="joining")
    op.drop_index("ix_joining_actor_id", table_name="joining")
    op.drop_table("joining")
    op.drop_index(
        "ix_carried_issue_words",
        table_name="carried_issue",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_carried_issue_to_actor_id", table_name="carried_issue")
    op.drop_index(
        "ix_carried_issue_parts",
        table_name="carried_issue",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_carried_issue_mandate_id", table_name="carried_issue")
    op.drop_index("ix_carried_issue_carried_on", table_name="carried_issue")
    op.drop_index("ix_carried_issue_ambassador_post_id", table_name="carried_issue")
    op.drop_table("carried_issue")
    op.drop_index(
        "ix_priority_words",
        table_name="priority",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_priority_criterion_ids", table_name="priority", postgresql_using="gin")
    op.drop_index("ix_priority_review_on", table_name="priority")
    op.drop_index(
        "ix_priority_parts",
        table_name="priority",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_priority_decided_on", table_name="priority")
    op.drop_index("ix_priority_decided_by_post_id", table_name="priority")
    op.drop_index("ix_priority_actor_id", table_name="priority")
    op.drop_table("priority")
    op.drop_index(
        "ix_criterion_words",
        table_name="criterion",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index(
        "ix_criterion_parts",
        table_name="criterion",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_criterion_name_sv", table_name="criterion")
    op.drop_table("criterion")
