"""Questions about what posts carry, counted for all of them at once."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.action_item.queries import ACTION_ITEMS
from services.councils.consequence.queries import UNFINISHED
from services.councils.contract.initiative import INITIATIVE_ENDS, InitiativeStatus
from services.councils.contract.load import Load
from services.councils.contract.need import OPEN_NEEDS
from services.councils.council.queries import COUNCILS
from services.councils.decision.queries import DECISIONS, decision_open
from services.councils.initiative.queries import INITIATIVES, STEPS
from services.councils.interview.queries import INTERVIEWS
from services.councils.need.queries import NEEDS
from services.councils.sight import reads_interviews
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.identity import Caller
from services.kit.rows import local_day
from services.kit.store import Record

COUNTS = tuple(name for name in Load.model_fields if name != "post_id")


Kind = tuple[Collection, Any, Any, tuple[ColumnElement[bool], ...]]


def _kinds(when: When) -> Iterator[Kind]:
    """For each count: the things, their table, which post has one, and what still counts."""
    tables = [when.table(one.row) for one in (COUNCILS, NEEDS, ACTION_ITEMS, INITIATIVES)]
    council, need, item, initiative = (table.c for table in tables)
    lasts = *_begun(council, council.starts_on, when), _open(council.closed_on, when)
    needed = *_begun(need, need.identified_on, when), _needed(need, when)
    yield COUNCILS, council, council.process_leader_post_id, lasts
    yield NEEDS, need, need.owner_post_id, needed
    yield from _due(ACTION_ITEMS, item, when)
    yield INITIATIVES, initiative, initiative.owner_post_id, (is_running(initiative, when),)
    step, decision, interview = (when.table(one.row).c for one in (STEPS, DECISIONS, INTERVIEWS))
    yield from _due(STEPS, step, when, _leads_on(step, when))
    decided = *_begun(decision, decision.decided_on, when), decision_open(decision, when)
    yield DECISIONS, decision, decision.owner_post_id, decided
    talked = *_begun(interview, interview.held_on, when), _unfinished(interview, when)
    yield INTERVIEWS, interview, interview.interviewer_post_id, talked


def _due(things: Collection, one: Any, when: When, *more: ColumnElement[bool]) -> Iterator[Kind]:
    """What is to be done by a day: all of it, and what is late."""
    undone = *_begun(one, one.due_on, when), _open(one.done_on, when), *more
    yield things, one, one.owner_post_id, undone
    yield things, one, one.owner_post_id, (*undone, one.due_on < when.day)


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


def _leads_on(step: Any, when: When) -> ColumnElement[bool]:
    """Of an initiative that goes on, or ended later: the others' steps are nobody's to take."""
    initiative = when.table(INITIATIVES.row).alias("of_step")
    goes_on = initiative.c.status.not_in(INITIATIVE_ENDS), initiative.c.closed_on > when.day
    return exists(select(literal(True)).where(initiative.c.id == step.initiative_id, or_(*goes_on)))


def _unfinished(interview: Any, when: When) -> ColumnElement[bool]:
    """Not approved nor withdrawn, or only later."""
    ended = func.least(interview.approved_on, interview.withdrawn_on)
    return or_(interview.status.in_(UNFINISHED), ended > when.day)


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
    nothing: Record = dict.fromkeys(COUNTS, 0)
    if reads_interviews(caller) is not None:
        nothing["interview_count"] = None
    found: dict[UUID, Record] = {one: {"post_id": one, **nothing} for one in post_ids}
    for name, post_id, count in await db.execute(union_all(*_counted(post_ids, caller, when))):
        found[post_id][name] = count
    return list(found.values())
