"""Where projects and their assignments are asked for and changed over HTTP."""

from typing import Any

from fastapi import APIRouter, Response

from services.councils.contract.project import (
    Project,
    ProjectBreaks,
    ProjectDays,
    ProjectEnded,
    ProjectOpen,
    ProjectStarted,
    ProjectStopped,
)
from services.councils.project import actions
from services.councils.project.queries import (
    PROJECT_ASSIGNMENTS,
    PROJECTS,
    actors_of,
    breaks_of,
    open_in,
)
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc, read_doc
from services.kit.resources import resource, shown

projects = resource(PROJECTS, judge=actions.judge)
project_assignments = resource(
    PROJECT_ASSIGNMENTS,
    create=actions.write_assignment,
    remove=actions.remove_assignment,
    judge=actions.judge_assignment,
)
router = APIRouter(tags=["project"])


def _doc(summary: str) -> dict[str, Any]:
    return action_doc(summary, "project.turn", Project)


@router.post("/projects/{id}/start", **_doc("A project begins"))
@judged("project", "turn", ProjectStarted, actions.judge_started)
async def start(call: Calling, id: str, started: ProjectStarted) -> Response:
    """planned → running."""
    call.demand("project", "turn")
    asked = uuid_or_missing(id), started, call.version_if_given
    return await call.perform(actions.start_project, *asked, show=shown(PROJECTS, call))


@router.post("/projects/{id}/end", **_doc("A project is carried through"))
@judged("project", "turn", ProjectEnded, actions.judge_ended)
async def end(call: Calling, id: str, ended: ProjectEnded) -> Response:
    """running → ended; what is open needs a reason."""
    call.demand("project", "turn")
    asked = uuid_or_missing(id), ended, call.version_if_given
    return await call.perform(actions.end_project, *asked, show=shown(PROJECTS, call))


@router.post("/projects/{id}/stop", **_doc("Stop a project before it is carried through"))
@judged("project", "turn", ProjectStopped, actions.judge_stopped)
async def stop(call: Calling, id: str, stopped: ProjectStopped) -> Response:
    """planned or running → stopped, with a reason."""
    call.demand("project", "turn")
    asked = uuid_or_missing(id), stopped, call.version_if_given
    return await call.perform(actions.stop_project, *asked, show=shown(PROJECTS, call))


@router.post("/projects/{id}/resume", **_doc("Go on with a project that ended"))
async def resume(call: Calling, id: str) -> Response:
    """ended or stopped → running."""
    call.demand("project", "turn")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.resume_project, *asked, show=shown(PROJECTS, call))


@router.post("/projects/{id}/days", **_doc("Put the days when it began and ended right"))
@judged("project", "turn", ProjectDays, actions.judge_days)
async def correct(call: Calling, id: str, days: ProjectDays) -> Response:
    """When it began and ended; null: the day is not known."""
    call.demand("project", "turn")
    asked = uuid_or_missing(id), days, call.version_if_given
    return await call.perform(actions.correct_days, *asked, show=shown(PROJECTS, call))


@router.get(
    "/projects/{id}/open", **read_doc("What is open in a project", "project.read", ProjectOpen)
)
async def what_is_open(call: Calling, id: str) -> Response:
    """Asked about before it ends."""
    call.demand("project", "read")
    async with call.reading() as db:
        project = await get_thing(db, PROJECTS, uuid_or_missing(id), call.caller)
        return answer(await open_in(db, project["id"]))


@router.get(
    "/projects/{id}/breaks",
    **read_doc("What was done before and after each restart", "project.read", ProjectBreaks),
)
async def breaks(call: Calling, id: str) -> Response:
    """Activities done and meetings held, beside each other."""
    call.demand("project", "read")
    async with call.reading() as db:
        project = await get_thing(db, PROJECTS, uuid_or_missing(id), call.caller)
        found = await breaks_of(db, project, clock.today())
        return answer({"items": found, "actor_ids": await actors_of(db, project)})
