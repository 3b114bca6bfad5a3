"""one takes what nobody left in particular.

Two could take the same worn relation at once: where nobody is named that left it, nothing was alike.
"""

from alembic import op

revision = "actors_0018"
down_revision = "actors_0017"
branch_labels = None
depends_on = None

INDEX = "uq_takeover_thing_id"
LEFT = "coalesce(left_actor_id, left_post_id"
NOBODY = "'00000000-0000-0000-0000-000000000000'::uuid"


def upgrade() -> None:
    """Forward: of those taken twice the first stands, and the others are done."""
    op.execute("SELECT set_config('app.actor', 'svc:migration', true)")
    op.execute("SELECT set_config('app.request_id', 'actors_0018', true)")
    op.execute(
        """UPDATE takeover SET done_on = greatest(taken_on, current_date), version = version + 1
        WHERE done_on IS NULL AND num_nonnulls(left_actor_id, left_post_id) = 0 AND EXISTS (
          SELECT FROM takeover first WHERE first.noun = takeover.noun
          AND first.thing_id = takeover.thing_id AND first.done_on IS NULL
          AND num_nonnulls(first.left_actor_id, first.left_post_id) = 0
          AND first.id < takeover.id)"""
    )
    # What the change log says of them is written at the end of a change; an index waits for nothing.
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _made_anew(f"{LEFT}, {NOBODY})")


def downgrade() -> None:
    """Back."""
    _made_anew(f"{LEFT})")


def _made_anew(left: str) -> None:
    op.drop_index(INDEX, table_name="takeover")
    op.execute(
        f"CREATE UNIQUE INDEX {INDEX} ON takeover (thing_id, noun, ({left})) WHERE done_on IS NULL"
    )
