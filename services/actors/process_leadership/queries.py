"""Questions about process leaders' posts: all that one leads, in one query over all of them."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Subquery,
    Text,
    Uuid,
    cast,
    false,
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
from services.kit.rows import alphabetical
from services.kit.store import Record

Expression = ColumnElement[Any]
LISTS: dict[str, Any] = {"actor_ids": ARRAY(Uuid()), "industries": ARRAY(Text())}
COUNTED = ("post_id", "industry", "needed_percent", "funded_percent", "example")


def _led(when: When) -> Subquery:
    """What each post leads on the day, each thing once.

    A merge moves nothing: of what it led for both, the living actor's own counts, then the newest.
    """
    assignment, actor = when.table(LeaderAssignmentRow), when.table(ActorRow)
    c, living = assignment.c, living_id(actor.c)
    told: list[Expression] = [c[name].label(name) for name in COUNTED]
    same = (c.post_id, living, func.lower(func.coalesce(c.industry, "")))
    first = (actor.c.merged_into_id.is_not(None), c.valid_from.desc(), c.id)
    place = func.row_number().over(partition_by=same, order_by=first)
    statement = (
        select(*told, living.label("living_id"), place.label("place"))
        .select_from(assignment.outerjoin(actor, actor.c.id == c.actor_id))
        .where(lasts_on(c, when))
    )
    return statement.subquery("led")


def _assigned(when: When) -> Subquery:
    """What each post leads on the day: how much, whom, and what share of it is funded."""
    led = _led(when)
    c, living, lacking = led.c, led.c.living_id, gap(led.c)
    statement = (
        select(
            c.post_id,
            func.count().label("assignment_count"),
            func.bool_or(c.example).label("invented"),
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
        .where(c.place == 1)
        .group_by(c.post_id)
    )
    return statement.subquery("assigned")


def _next_steps(post: FromClause, when: When) -> dict[str, Expression]:
    """How many next steps wait for a post on the day, and how many of them are late.

    Counted post by post, by the index: leaders are few, and contacts many.
    """
    c = when.among(ContactRow).c
    waits = select(func.count()).where(
        c.owner_post_id == post.c.id,
        c.next_step.is_not(None),
        c.held_on <= when.day,
        or_(c.done_on.is_(None), c.done_on > when.day),
    )
    counted = {"next_step_count": waits, "late_next_step_count": waits.where(c.due_on < when.day)}
    return {name: one.correlate(post).scalar_subquery() for name, one in counted.items()}


def _told(source: Any, name: str) -> Expression:
    """Of a post that leads nothing: no one and nothing, which is known."""
    return func.coalesce(source.c[name], cast([], LISTS[name]) if name in LISTS else 0)


def _columns(post: FromClause, assigned: Subquery, caller: Caller, when: When) -> list[Expression]:
    """The answer's fields.

    Named anew: the columns of a table as it was known have names that are no JSON keys.
    """
    held = {str(one.key): one for one in POSTS.derive(post.c, when)}
    led = {name: _told(assigned, name) for name in LeaderPost.model_fields if name in assigned.c}
    whose: dict[str, Expression] = {
        "post_id": post.c.id,
        "title": post.c.title,
        "example": or_(post.c.example, func.coalesce(assigned.c.invented, false())),
        "employer_actor_id": post.c.actor_id,
        "vacant": held["vacant"],
    }
    steps = _next_steps(post, when)
    known = steps if CONTACT_READERS(caller) else dict.fromkeys(steps, null())
    return [one.label(name) for name, one in {**led, **whose, **known}.items()]


async def leader_posts(db: AsyncConnection, caller: Caller, when: When) -> list[Record]:
    """Every post of process leaders on a day, and of others that lead something, by title."""
    post, assigned = when.table(PostRow), _assigned(when)
    leads = or_(post.c.function == PostFunction.process_leader, assigned.c.post_id.is_not(None))
    joined = post.outerjoin(assigned, assigned.c.post_id == post.c.id)
    columns = _columns(post, assigned, caller, when)
    rows = await db.execute(select(*columns).select_from(joined).where(leads))
    found = [dict(row) for row in rows.mappings()]
    return sorted(found, key=lambda one: (alphabetical(one["title"]), one["post_id"]))
