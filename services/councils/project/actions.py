"""What can be done with projects and their assignments."""

from datetime import date
from typing import Any
from uuid import UUID

from services.councils.contract.project import (
    ProjectAssignmentDraft,
    ProjectDays,
    ProjectDraft,
    ProjectEnded,
    ProjectStarted,
    ProjectStatus,
    ProjectStopped,
)
from services.councils.council.actions import demand_taking
from services.councils.decision.rules import demand_council, demand_past
from services.councils.meeting.rules import demand_same
from services.councils.project import rules
from services.councils.project.queries import (
    PROJECT_ASSIGNMENTS,
    PROJECTS,
    last_assignment,
    open_in,
)
from services.councils.tables.meeting import DecisionRow
from services.councils.tables.project import ProjectAssignmentRow, ProjectRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import create_thing, own, remove_thing
from services.kit.references import referred, stored
from services.kit.store import Record, change_row, get_row


async def judge(work: Work, draft: ProjectDraft, id: UUID | None = None) -> None:
    """All that forbids a project, or these values for one: a closed council takes no new one."""
    await demand_taking(work, draft.council_id, await stored(work.db, PROJECTS.table, id))


async def its_project(
    work: Work, draft: Any, before: Record, *, going: bool = False
) -> Record | None:
    """The project that something belongs to, locked, and stays with; perhaps only a going one."""
    if before and draft.project_id is not None:
        demand_same(before["project_id"], draft.project_id, field="project_id")
    project: Record | None = await referred(
        work.db, ProjectRow, draft.project_id, field="project_id"
    )
    if going and project and not before:
        rules.demand_going(project["status"], field="project_id")
    return project


async def judge_assignment(
    work: Work, draft: ProjectAssignmentDraft, id: UUID | None = None
) -> None:
    """All that forbids a version, or these values for one that is not decided."""
    refused = Refusals()
    before = await get_row(work.db, ProjectAssignmentRow, id, lock=True) if id else Record()
    with refused:
        if before:
            rules.demand_undecided(before)
    last = None
    with refused:
        if await its_project(work, draft, before, going=True):
            last = await last_assignment(work.db, draft.project_id, before.get("number"))
        if not before:
            rules.demand_last_decided(last)
    with refused:
        rules.demand_change_reason(last, draft.change_reason)
    with refused:
        demand_past(draft.decided_on, clock.today(), field="decided_on")
    with refused:
        if last:
            rules.demand_after(last["decided_on"], draft.decided_on)
    with refused:
        decision = await referred(work.db, DecisionRow, draft.decision_id, field="decision_id")
        demand_council(draft.council_id, decision, field="decision_id")
        rules.demand_after(decision and decision["decided_on"], draft.decided_on)
    refused.demand_none()


async def write_assignment(work: Work, draft: ProjectAssignmentDraft) -> Record:
    """One more version; the project is locked, so that two do not get the same number."""
    last = await last_assignment(work.db, draft.project_id)
    number = last["number"] + 1 if last else 1
    return await create_thing(work, PROJECT_ASSIGNMENTS, draft, number=number)


async def remove_assignment(work: Work, id: UUID, version: int) -> None:
    """It was begun by mistake, and never decided."""
    rules.demand_undecided(await get_row(work.db, ProjectAssignmentRow, id, lock=True))
    await remove_thing(work, PROJECT_ASSIGNMENTS, id, version=version)


async def _locked(work: Work, id: UUID) -> Record:
    """The project, the caller's to write."""
    await own(work, PROJECTS, id)
    return await get_row(work.db, ProjectRow, id, lock=True)


async def _turn(
    work: Work, id: UUID, action: str, field: str, day: date | None
) -> tuple[Record, Refusals]:
    """The project, and what forbids that turn on the day said: to come, or before it began."""
    project, refused = await _locked(work, id), Refusals()
    with refused:
        rules.moved_to(action, project["status"])
    with refused:
        demand_past(day, clock.today(), field=field)
    with refused:
        rules.demand_order(project["started_on"], day, field=field)
    return project, refused


async def _move(
    work: Work, project: Record, action: str, version: int | None, **values: Any
) -> Record:
    status = rules.moved_to(action, project["status"])
    values |= {"status": status}
    return await change_row(work.db, ProjectRow, project["id"], version=version, **values)


async def judge_started(work: Work, started: ProjectStarted, id: UUID) -> Record:
    """All that forbids to begin."""
    project, refused = await _turn(work, id, "start", "started_on", started.started_on)
    refused.demand_none()
    return project


async def start_project(
    work: Work, id: UUID, started: ProjectStarted, version: int | None
) -> Record:
    """It begins."""
    project = await judge_started(work, started, id)
    return await _move(work, project, "start", version, started_on=started.started_on)


async def judge_ended(work: Work, ended: ProjectEnded, id: UUID) -> Record:
    """All that forbids to end it: what is open needs a reason, what differs is explained."""
    project, refused = await _turn(work, id, "end", "ended_on", ended.ended_on)
    left = await open_in(work.db, id)
    with refused:
        rules.demand_reason(left, ended.reason)
    with refused:
        rules.demand_explained(left)
    refused.demand_none()
    return project


async def end_project(work: Work, id: UUID, ended: ProjectEnded, version: int | None) -> Record:
    """It is carried through."""
    project = await judge_ended(work, ended, id)
    told = {"ended_on": ended.ended_on, "ending_reason": ended.reason}
    return await _move(work, project, "end", version, **told)


async def judge_stopped(work: Work, stopped: ProjectStopped, id: UUID) -> Record:
    """All that forbids to stop it."""
    project, refused = await _turn(work, id, "stop", "ended_on", stopped.ended_on)
    refused.demand_none()
    return project


async def stop_project(
    work: Work, id: UUID, stopped: ProjectStopped, version: int | None
) -> Record:
    """It ends before it is carried through, for a reason."""
    project = await judge_stopped(work, stopped, id)
    told = {"ended_on": stopped.ended_on, "ending_reason": stopped.reason}
    return await _move(work, project, "stop", version, **told)


async def resume_project(work: Work, id: UUID, version: int | None) -> Record:
    """A project that ended goes on."""
    project = await _locked(work, id)
    rules.demand_ended(project["status"])
    values = {"status": ProjectStatus.running, "ended_on": None, "ending_reason": None}
    return await change_row(work.db, ProjectRow, id, version=version, **values)


async def judge_days(work: Work, days: ProjectDays, id: UUID) -> Record:
    """All that forbids these days: their order, to come, or of a turn that was not taken."""
    project, refused = await _locked(work, id), Refusals()
    for field, day in days.model_dump().items():
        with refused:
            rules.demand_reached(project["status"], day, field=field)
            demand_past(day, clock.today(), field=field)
    with refused:
        rules.demand_order(days.started_on, days.ended_on, field="ended_on")
    refused.demand_none()
    return project


async def correct_days(work: Work, id: UUID, days: ProjectDays, version: int | None) -> Record:
    """It began or ended on other days."""
    await judge_days(work, days, id)
    return await change_row(work.db, ProjectRow, id, version=version, **days.model_dump())
