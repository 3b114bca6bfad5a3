"""Questions about process leaders' posts: all that one leads, in one query over all of them."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Subquery,
    Text,
    Uuid,
    and_,
    cast,
    func,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.leadership import LeaderPost
from services.actors.contract.post import PostFunction
from services.actors.family import living_id
from services.actors.leader_assignment.queries import gap, lasts_on
from services.actors.post.queries import POSTS
from services.actors.rights import CONTACT_READERS
from services.actors.tables import ActorRow, ContactRow, LeaderAssignmentRow, PostRow
from services.kit.collection import When
from services.kit.identity import Caller
from services.kit.store import Record

Expression = ColumnElement[Any]
LISTS: dict[str, Any] = {"actor_ids": ARRAY(Uuid()), "industries": ARRAY(Text())}


def _assigned(when: When) -> Subquery:
    """What each post leads on the day: how much, whom, and what share of it is funded."""
    assignment, actor = when.table(LeaderAssignmentRow), when.table(ActorRow)
    c, living = assignment.c, living_id(actor.c)
    lacking = gap(c)
    statement = (
        select(
            c.post_id,
            func.count().label("assignment_count"),
            func.sum(c.needed_percent).label("needed_percent"),
            func.sum(func.coalesce(c.funded_percent, 0)).label("funded_percent"),
            func.count().filter(c.funded_percent.is_(None)).label("unknown_count"),
            func.sum(func.coalesce(lacking, 0)).label("gap_from_percent"),
            func.sum(func.coalesce(lacking, c.needed_percent)).label("gap_to_percent"),
            func.array_agg(living.distinct()).filter(living.is_not(None)).label("actor_ids"),
            func.array_agg(c.industry.distinct())
            .filter(c.industry.is_not(None))
            .label("industries"),
        )
        .select_from(assignment.outerjoin(actor, actor.c.id == c.actor_id))
        .where(lasts_on(c, when))
        .group_by(c.post_id)
    )
    return statement.subquery("assigned")


def _next_steps(when: When) -> Subquery:
    """How many next steps wait for each post on the day, and how many of them are late."""
    c = when.table(ContactRow).c
    waits = and_(
        c.next_step.is_not(None),
        c.held_on <= when.day,
        or_(c.done_on.is_(None), c.done_on > when.day),
    )
    late = func.count().filter(c.due_on < when.day)
    statement = select(
        c.owner_post_id,
        func.count().label("next_step_count"),
        late.label("late_next_step_count"),
    )
    return statement.where(waits, c.owner_post_id.is_not(None)).group_by(c.owner_post_id).subquery()


def _told(source: Any, name: str) -> Expression:
    """Of a post that leads nothing: no one and nothing, which is known."""
    if name in LISTS:
        return func.coalesce(source.c[name], cast([], LISTS[name])).label(name)
    return func.coalesce(source.c[name], 0).label(name)


async def leader_posts(db: AsyncConnection, caller: Caller, when: When) -> list[Record]:
    """Every post of process leaders on a day, and of others that lead something, by title."""
    post, assigned, steps = when.table(PostRow), _assigned(when), _next_steps(when)
    counted = ("next_step_count", "late_next_step_count")
    held = {str(one.key): one for one in POSTS.derive(post.c, when)}
    whose = {"post_id": post.c.id, "title": post.c.title, "employer_actor_id": post.c.actor_id}
    # Named anew: the columns of a table as it was known have names that are no JSON keys.
    told: list[Expression] = [
        one.label(name) for name, one in (whose | {"vacant": held["vacant"]}).items()
    ]
    seen = CONTACT_READERS(caller)
    for name in LeaderPost.model_fields:
        if name in assigned.c and name != "post_id":
            told.append(_told(assigned, name))
        elif name in counted:
            told.append(_told(steps, name) if seen else null().label(name))
    joined = post.outerjoin(assigned, assigned.c.post_id == post.c.id)
    joined = joined.outerjoin(steps, steps.c.owner_post_id == post.c.id)
    leads = or_(post.c.function == PostFunction.process_leader, assigned.c.post_id.is_not(None))
    statement = select(*told).select_from(joined).where(leads)
    rows = await db.execute(statement.order_by(post.c.title, post.c.id))
    return [dict(row) for row in rows.mappings()]
