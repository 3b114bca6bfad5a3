"""Questions about projects and their assignments."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.meeting import MeetingStatus
from services.councils.contract.project import (
    PROJECT_ENDS,
    Project,
    ProjectAssignment,
    ProjectAssignmentDraft,
    ProjectDraft,
    ProjectStatus,
)
from services.councils.contract.project_work import ProjectActivityKind
from services.councils.council.queries import below_council_seen
from services.councils.tables.council import SeatRow
from services.councils.tables.meeting import MeetingRow
from services.councils.tables.project import (
    ProjectActivityRow,
    ProjectAssignmentRow,
    ProjectBudgetLineRow,
    ProjectContinuationRow,
    ProjectDeviationRow,
    ProjectRow,
)
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import had_come, told_since
from services.kit.identity import Caller
from services.kit.paging import Filter, same, since, until
from services.kit.rows import local_day
from services.kit.store import Record, table_of

MOST_OPEN = 200
# The first and the last day of a time, as far as they are known.
Side = tuple[date | None, date | None]


def _turned(columns: Any, day: str, planned: str) -> ColumnElement[Any]:
    """The day of a turn, else the one that was planned, and then no later than it was told."""
    told = func.least(columns[planned], local_day(columns.updated_at))
    return func.coalesce(columns[day], case((columns[planned].is_not(None), told)))


def _status(columns: Any, when: When) -> ColumnElement[Any]:
    """How far it had come. A turn on a day of which nothing is known counts as taken."""
    begun, over = _begun(columns, when), _over(columns, when)
    never = columns.status == ProjectStatus.stopped, columns.started_on.is_(None)
    return case(
        (and_(columns.status.in_(PROJECT_ENDS), over), columns.status),
        (and_(begun, ~and_(*never)), literal(ProjectStatus.running.value)),
        else_=literal(ProjectStatus.planned.value),
    )


def _begun(columns: Any, when: When) -> ColumnElement[bool]:
    turned = had_come(_turned(columns, "started_on", "starts_on"), when, unknown=True)
    return and_(columns.status != ProjectStatus.planned, turned)


def _over(columns: Any, when: When) -> ColumnElement[bool]:
    return had_come(_turned(columns, "ended_on", "ends_on"), when, unknown=True)


def _came_on(columns: Any, _when: When) -> ColumnElement[Any]:
    """The day it was written down, or began before."""
    turned = _turned(columns, "started_on", "starts_on")
    began = case((columns.status != ProjectStatus.planned, turned))
    return func.least(local_day(columns.created_at), began)


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    activity, deviation = when.table(ProjectActivityRow), when.table(ProjectDeviationRow)
    its = activity.c.project_id == columns.id
    left = ~had_come(activity.c.done_on, when)
    # A sum of nothing known is null: nobody knows, which is not none.
    lost = select(func.sum(deviation.c.days_lost)).where(
        deviation.c.project_id == columns.id,
        had_come(func.coalesce(deviation.c.from_on, deviation.c.to_on), when, unknown=True),
    )
    return [
        _status(columns, when).label("status"),
        case((_begun(columns, when), columns.started_on)).label("started_on"),
        *(
            case((_over(columns, when), columns[name])).label(name)
            for name in ("ended_on", "ending_reason")
        ),
        select(func.count()).where(its).scalar_subquery().label("activity_count"),
        select(func.count()).where(its, left).scalar_subquery().label("open_activity_count"),
        select(func.min(activity.c.due_on)).where(its, left).scalar_subquery().label("next_due_on"),
        lost.scalar_subquery().label("days_lost"),
    ]


def _of_actor() -> Filter:
    """Projects that an actor owns or pays for."""
    return Filter(
        Reference,
        lambda c, values: or_(c.owner_actor_id.in_(values), c.funder_actor_id.in_(values)),
        keeps="Only projects that this actor owns or pays for; repeated: any of them",
    )


PROJECTS = Collection(
    row=ProjectRow,
    draft=ProjectDraft,
    answer=Project,
    path="/projects",
    filters={
        "status": Filter(
            ProjectStatus,
            lambda c, values, when: _status(c, when).in_(values),
            dated=True,
            keeps="Only in this state; repeated: any of them",
        ),
        "council_id": same("council_id", Reference),
        "actor_id": _of_actor(),
        "leader_post_id": same("leader_post_id", Reference),
        "ends_from": since("ends_on"),
        "ends_to": until("ends_on"),
    },
    sorts=("-created_at", "updated_at", "name", "status", "starts_on", "ends_on"),
    search=("name", "purpose"),
    derive=_derived,
    visible=below_council_seen,
    on=_came_on,
)


def with_project(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """What belongs to a project is seen by those who see it."""
    project = table_of(ProjectRow).alias("its_project")
    seen = below_council_seen(caller, project.c)
    return None if seen is None else exists().where(project.c.id == columns.project_id, seen)


def _in_force(columns: Any, when: When) -> ColumnElement[bool]:
    later = when.table(ProjectAssignmentRow).alias("later_assignment")
    follows = later.c.project_id == columns.project_id, later.c.number > columns.number
    newer = exists().where(*follows, had_come(later.c.decided_on, when))
    return and_(had_come(columns.decided_on, when), ~newer)


def _assignment_derived(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    return (
        _in_force(columns, when).label("in_force"),
        *told_since(columns, when, "decided_on", "decision_id", unknown=True),
    )


def _assigned_on(columns: Any, _when: When) -> ColumnElement[Any]:
    return func.least(local_day(columns.created_at), columns.decided_on)


PROJECT_ASSIGNMENTS = Collection(
    row=ProjectAssignmentRow,
    draft=ProjectAssignmentDraft,
    answer=ProjectAssignment,
    path="/project-assignments",
    filters={
        "project_id": same("project_id", Reference),
        "decision_id": same("decision_id", Reference),
    },
    sorts=("-number", "decided_on", "created_at"),
    derive=_assignment_derived,
    parent=("/projects", "project_id"),
    visible=with_project,
    on=_assigned_on,
)


async def last_assignment(
    db: AsyncConnection, project_id: UUID, before: int | None = None
) -> Record | None:
    """The newest version of what a project is to do, perhaps of those before one."""
    table = table_of(ProjectAssignmentRow)
    found = select(table).where(table.c.project_id == project_id).order_by(table.c.number.desc())
    if before is not None:
        found = found.where(table.c.number < before)
    row = (await db.execute(found.limit(1))).mappings().one_or_none()
    return dict(row) if row else None


def differs(line: Any) -> ColumnElement[bool]:
    """A budget line whose sums differ, and nobody has said why."""
    unsaid = or_(line.variance_kind.is_(None), line.variance_cause.is_(None))
    return and_(line.plan != line.actual, unsaid)


def over(deviation: Any) -> ColumnElement[bool]:
    """A deviation that is closed, on a day that is known or not."""
    return or_(deviation.closed, deviation.closed_on.is_not(None))


async def open_in(db: AsyncConnection, project_id: UUID) -> Record:
    """What is open in a project, kind by kind."""
    rows = (
        ProjectActivityRow,
        ProjectContinuationRow,
        ProjectDeviationRow,
        ProjectBudgetLineRow,
    )
    activity, on, deviation, line = (table_of(row).c for row in rows)
    asked = activity.kind == ProjectActivityKind.evaluation
    left = {
        "activities": (activity, and_(activity.done_on.is_(None), ~asked)),
        "questions": (activity, and_(asked, activity.answer.is_(None))),
        "continuations": (
            on,
            and_(on.carrier_actor_id.is_(None), on.carrier_post_id.is_(None)),
        ),
        "deviations": (deviation, ~over(deviation)),
        "unexplained_lines": (line, differs(line)),
    }
    found: Record = {}
    for name, (table, is_open) in left.items():
        of = select(table.id).where(table.project_id == project_id, is_open)
        found[name] = list((await db.scalars(of.order_by(table.id).limit(MOST_OPEN))).all())
    return found


async def breaks_of(db: AsyncConnection, project: Record, today: date) -> list[Record]:
    """A project's restarts whose day is known, each with what was done before and after it."""
    deviation = table_of(ProjectDeviationRow).c
    on = func.coalesce(deviation.to_on, deviation.from_on)
    its = deviation.project_id == project["id"], deviation.restart, on.is_not(None), on <= today
    found = (await db.execute(select(deviation.id, on.label("on")).where(*its).order_by(on))).all()
    if not found:
        return []
    began = project["started_on"] or project["starts_on"]
    last = project["ended_on"] or project["ends_on"]
    if project["status"] not in PROJECT_ENDS:
        last = today
    sides: list[Side] = [(began, one.on - timedelta(days=1)) for one in found]
    sides += [(one.on, last and max(last, one.on)) for one in found]
    told = await _sides(db, project, sides)
    return [
        {"deviation_id": one.id, "on": one.on, "before": before, "after": after}
        for one, before, after in zip(found, told, told[len(found) :], strict=False)
    ]


async def _sides(db: AsyncConnection, project: Record, sides: list[Side]) -> list[Record]:
    """How much was done between days: all of them in one question."""
    activity, meeting = table_of(ProjectActivityRow).c, table_of(MeetingRow).c
    of, held = activity.project_id == project["id"], meeting.status == MeetingStatus.held
    met = meeting.council_id == project["council_id"]
    asked = []
    for place, (first, last) in enumerate(sides):
        done = select(func.count()).where(of, *_between(activity.done_on, first, last))
        days = _between(local_day(meeting.starts_at), first, last)
        meetings = select(func.count()).where(met, held, *days)
        asked += [done.scalar_subquery().label(f"done_{place}")]
        asked += [meetings.scalar_subquery().label(f"met_{place}")]
    row = (await db.execute(select(*asked))).mappings().one()
    return [
        {
            "from_on": first,
            "to_on": last,
            "days": (last - first).days + 1 if first and last else None,
            "activities_done": row[f"done_{place}"],
            "meetings_held": row[f"met_{place}"] if project["council_id"] else None,
        }
        for place, (first, last) in enumerate(sides)
    ]


async def actors_of(db: AsyncConnection, project: Record) -> list[UUID]:
    """Those whom a project's owner does it with: who pays, and its steering group's."""
    seat = table_of(SeatRow).c
    sat = select(seat.actor_id).where(seat.council_id == project["council_id"]).distinct()
    found = {*(await db.scalars(sat)).all(), project["funder_actor_id"]}
    return sorted(found - {None, project["owner_actor_id"]})


def _between(day: Any, first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    ends = [day >= first] if first else []
    return [*ends, *([day <= last] if last else []), day.is_not(None)]


def project_open() -> Filter:
    """true: of a project that is planned or goes on; false: of one that has ended."""
    project = table_of(ProjectRow).alias("it_is_part_of")
    ends = project.c.status.in_(PROJECT_ENDS)

    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        ended = exists().where(project.c.id == columns.project_id, ends)
        return ~ended if values[0] else ended

    return Filter(bool, clause, keeps="true: of projects that go on; false: of those that ended")
