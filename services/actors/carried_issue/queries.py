"""Questions about carried issues."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.carried_issue import CarriedIssue, CarriedIssueDraft
from services.actors.family import of_actor
from services.actors.tables import ActorRow, CarriedIssueRow, PostRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import had_come, told_since, true_of
from services.kit.identity import Caller
from services.kit.paging import same, since, until
from services.kit.store import Record, table_of


def _is_answered(columns: Any, when: When) -> ColumnElement[bool]:
    return had_come(columns.replied_on, when)


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    told = told_since(columns, when, "replied_on", "reply")
    return [*told, _is_answered(columns, when).label("answered")]


def _ambassador_owner(columns: Any) -> ColumnElement[Any]:
    """The municipality that manages the actor of the ambassador's post."""
    actor, post = table_of(ActorRow), table_of(PostRow)
    found = select(actor.c.managed_by).join(post, post.c.actor_id == actor.c.id)
    return found.where(post.c.id == columns.ambassador_post_id).scalar_subquery()


def _seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """A need may be hidden from a municipality's key: it sees what names none, and its own."""
    if caller.bound_to is None:
        return None
    return or_(columns.need_id.is_(None), _ambassador_owner(columns) == caller.bound_to)


CARRIED_ISSUES = Collection(
    row=CarriedIssueRow,
    draft=CarriedIssueDraft,
    answer=CarriedIssue,
    path="/carried-issues",
    filters={
        "ambassador_post_id": same("ambassador_post_id", Reference),
        "mandate_id": same("mandate_id", Reference),
        "need_id": same("need_id", Reference),
        "actor_id": of_actor("to_actor_id"),
        "to_council_id": same("to_council_id", Reference),
        "answered": true_of(_is_answered),
        "carried_from": since("carried_on"),
        "carried_until": until("carried_on"),
    },
    sorts=("-carried_on", "replied_on", "created_at", "updated_at"),
    search=("issue", "to_body", "reply"),
    derive=_derived,
    visible=_seen,
    on=lambda columns, _: columns.carried_on,
    owner=_ambassador_owner,
    parent=("/posts", "ambassador_post_id"),
)


async def issues_of(
    db: AsyncConnection, post_ids: Sequence[UUID], caller: Caller, day: date
) -> list[Record]:
    """What these posts carried and has no answer on a day, of what the caller sees."""
    issue, when = table_of(CarriedIssueRow), When(day)
    seen = _seen(caller, issue.c)
    statement = select(*CARRIED_ISSUES.columns(issue, when)).where(
        issue.c.ambassador_post_id.in_(post_ids),
        ~_is_answered(issue.c, when),
        true() if seen is None else seen,
    )
    rows = await db.execute(statement.order_by(issue.c.carried_on, issue.c.id))
    return [dict(row) for row in rows.mappings()]
