"""Questions about what posts carry, counted for all of them at once."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.action_item.queries import ACTION_ITEMS
from services.councils.contract.initiative import InitiativeStatus
from services.councils.contract.load import Load
from services.councils.contract.need import OPEN_NEEDS
from services.councils.council.queries import COUNCILS
from services.councils.initiative.queries import INITIATIVES
from services.councils.need.queries import NEEDS
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.identity import Caller
from services.kit.rows import local_day
from services.kit.store import Record

COUNTS = tuple(name for name in Load.model_fields if name != "post_id")


def _kinds(when: When) -> Iterator[tuple[Collection, Any, Any, tuple[ColumnElement[bool], ...]]]:
    """For each count: the things, their table, which post has one, and what still counts."""
    tables = [when.table(one.row) for one in (COUNCILS, NEEDS, ACTION_ITEMS, INITIATIVES)]
    council, need, item, initiative = (table.c for table in tables)
    undone, late = (*_begun(item, item.due_on, when), _open(item.done_on, when)), item.due_on
    lasts = *_begun(council, council.starts_on, when), _open(council.closed_on, when)
    needed = *_begun(need, need.identified_on, when), _needed(need, when)
    yield COUNCILS, council, council.process_leader_post_id, lasts
    yield NEEDS, need, need.owner_post_id, needed
    yield ACTION_ITEMS, item, item.owner_post_id, undone
    yield ACTION_ITEMS, item, item.owner_post_id, (*undone, late < when.day)
    yield INITIATIVES, initiative, initiative.owner_post_id, (is_running(initiative, when),)


def _begun(thing: Any, day: Any, when: When) -> tuple[ColumnElement[bool], ...]:
    """There by a day that is over: by its own day, or the one it was written down, the earlier."""
    if when.day >= clock.today():
        return ()
    return (func.least(day, local_day(thing.created_at)) <= when.day,)


def _open(end: Any, when: When) -> ColumnElement[bool]:
    return or_(end.is_(None), end > when.day)


def _needed(need: Any, when: When) -> ColumnElement[bool]:
    """Open, or met later; no day says since when a need is dropped."""
    return or_(need.status.in_(OPEN_NEEDS), need.met_on > when.day)


def is_running(initiative: Any, when: When) -> ColumnElement[bool]:
    """It goes on, or ended later; one that was stopped before it began never did."""
    goes_on = or_(initiative.status == InitiativeStatus.running, initiative.closed_on > when.day)
    return and_(goes_on, initiative.started_on <= when.day)


def _counted(post_ids: Sequence[UUID], caller: Caller, when: When) -> Iterator[Select[Any]]:
    """How many things of each kind, of those that the caller sees, each post has."""
    for name, (things, columns, post, living) in zip(COUNTS, _kinds(when), strict=True):
        seen = things.visible(caller, columns)
        statement = select(literal(name).label("name"), post.label("post_id"), func.count())
        narrowed = living if seen is None else (*living, seen)
        yield statement.where(post.in_(post_ids), *narrowed).group_by(post)


async def loads(
    db: AsyncConnection, post_ids: Sequence[UUID], caller: Caller, when: When
) -> list[Record]:
    """What each of the posts carries, in one query."""
    nothing = dict.fromkeys(COUNTS, 0)
    found: dict[UUID, Record] = {one: {"post_id": one, **nothing} for one in post_ids}
    for name, post_id, count in await db.execute(union_all(*_counted(post_ids, caller, when))):
        found[post_id][name] = count
    return list(found.values())
