"""Questions about what posts carry, counted for all of them at once."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.action_item.queries import ACTION_ITEMS
from services.councils.contract.initiative import InitiativeStatus
from services.councils.contract.load import Load
from services.councils.contract.need import OPEN_NEEDS
from services.councils.council.queries import COUNCILS
from services.councils.initiative.queries import INITIATIVES
from services.councils.need.queries import NEEDS
from services.kit.collection import Collection, When
from services.kit.identity import Caller
from services.kit.store import Record

COUNTS = tuple(name for name in Load.model_fields if name != "post_id")


def _kinds(when: When) -> Iterator[tuple[Collection, Any, Any, tuple[ColumnElement[bool], ...]]]:
    """For each count: the things, their table, which post has one, and what still counts."""
    tables = [when.table(one.row) for one in (COUNCILS, NEEDS, ACTION_ITEMS, INITIATIVES)]
    council, need, item, initiative = (table.c for table in tables)
    undone, late = item.done_on.is_(None), item.due_on < when.day
    running = initiative.status == InitiativeStatus.running
    yield COUNCILS, council, council.process_leader_post_id, (council.closed_on.is_(None),)
    yield NEEDS, need, need.owner_post_id, (need.status.in_(OPEN_NEEDS),)
    yield ACTION_ITEMS, item, item.owner_post_id, (undone,)
    yield ACTION_ITEMS, item, item.owner_post_id, (undone, late)
    yield INITIATIVES, initiative, initiative.owner_post_id, (running,)


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
