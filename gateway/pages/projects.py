"""Projects: all of them, one as a whole, and how it begins and ends."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area, named_in
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import Lookback, times_of
from gateway.pages import actor_choices, choices, post_choices
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.pages.sheets import Columns, coded, in_words, named, yes_or_no
from gateway.swedish import clock_of
from gateway.swedish.lost_time import lost_time
from services.councils.contract.project import (
    ASSIGNMENT_TEXTS,
    ProjectDays,
    ProjectDraft,
    ProjectEnded,
    ProjectStarted,
    ProjectStatus,
    ProjectStopped,
)
from services.kit import clock
from services.kit.errors import Conflict

area = Area("projects")
FILTERS = ("status", "council_id", "leader_post_id", "ends_to", "as_of")
MOST = 200
NAMED = ("council_id", "owner_actor_id", "funder_actor_id", "leader_post_id")


@area.show("/projekt", "list")
async def list_projects(request: Request, house: Services) -> Response:
    """All projects, the newest first, narrowed by the filters."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.projects, FILTERS),
        choices.options(house.councils.councils, "name"),
    )
    leaders = await choices.chosen(house, shown.asked.value("leader_post_id"))
    labels = await house.analysis.labels(ids_in([one["owner_actor_id"] for one in shown.rows]))
    return page(
        request, "projects/list.html", shown=shown, councils=councils, labels=labels,
        leaders=leaders, statuses=ProjectStatus,
    )  # fmt: skip


COLUMNS: Columns = (
    ("Projekt", "name"), ("Läge", "status", coded("ProjectStatus")), ("Syfte", "purpose"),
    ("Ägare", "owner_actor_id", named), ("Finansiär", "funder_actor_id", named),
    ("Styrgrupp", "council_id", named), ("Projektledare", "leader_post_id", named),
    ("Börjar, enligt planen", "starts_on"), ("Slutar, enligt planen", "ends_on"),
    ("Började", "started_on"), ("Slutade", "ended_on"), ("Varför det slutade", "ending_reason"),
    ("Aktiviteter", "activity_count"), ("Inte gjorda", "open_activity_count"),
    ("Tappade dagar", "days_lost"), ("Källa", "source"), ("Exempel", "example", yes_or_no),
)  # fmt: skip
files(area, "/projekt", lambda house: house.councils.projects, FILTERS, worded=in_words(COLUMNS))


@area.begin("/projekt/ny", "new")
async def new_project(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from its steering group."""
    council = request.query_params.get("council_id") or None
    form = Form.begun(request, ProjectDraft, council_id=council)
    return await _form_page(request, house, form)


@area.take("/projekt/ny", "new")
async def make_project(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, ProjectDraft)
    made = await saved(form, house.councils.projects.make(form.sent, once=form.once))
    if made:
        said = "Projektet är sparat. Skriv uppdraget."
        return go(request, "projects.show", id=made["id"], notice=said)
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[ProjectDraft],
    *,
    status: int = 200,
    project: Found | None = None,
) -> Response:
    actors, posts, councils = await asyncio.gather(
        actor_choices.actors(house, form),
        post_choices.posts(house, form),
        choices.councils(house, form.value("council_id")),
    )
    return page(
        request, "projects/form.html", status=status, form=form, project=project,
        actors=actors, posts=posts, councils=councils,
    )  # fmt: skip


@area.show("/projekt/{id}", "show")
async def show_project(request: Request, house: Services, id: str) -> Response:
    """One project: what it works by, what is open, and what it has lost, on the day asked for."""
    councils, look = house.councils, times_of(request)
    project, open_, versions, lines = await councils.whole(
        councils.projects.at(id, **look.times),
        councils.projects.at(id, "/open"),
        councils.project_assignments.asked(project_id=id, limit=MOST, **look.times),
        councils.project_budget_lines.asked(project_id=id, limit=MOST, **look.known),
    )
    assignment = next((one for one in versions["items"] if one["in_force"]), None)
    decided = [assignment[name] for name in ("council_id", "decision_id")] if assignment else []
    labels = await house.analysis.labels(ids_in([project[name] for name in NAMED], decided))
    return page(
        request, "projects/show.html", project=project, open=open_, assignment=assignment,
        draft=_undecided(versions["items"]), lines=lines["items"], texts=ASSIGNMENT_TEXTS,
        labels=labels, lost_time=lost_time, look=look, there=_was_there(project, look),
    )  # fmt: skip


def _was_there(project: Found, look: Lookback) -> bool:
    """Whether it was written down, or had begun, by the day."""
    written = clock_of(project["created_at"]).date()
    began = project["started_on"] or project["starts_on"]
    return written <= look.on or bool(began and project["status"] != ProjectStatus.planned)


def _undecided(versions: list[Found]) -> Found | None:
    """The version that waits for its decision, where there is one."""
    return next((one for one in versions if one["decided_on"] is None), None)


@area.show("/projekt/{id}/andra", "edit")
async def edit_project(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    project = await house.councils.projects.one(id)
    form = Form.showing(ProjectDraft, project)
    return await _form_page(request, house, form, project=project)


@area.take("/projekt/{id}/andra", "edit")
async def revise_project(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    project = await house.councils.projects.one(id)
    form = await Form.posted(request, ProjectDraft, kept=project)
    sending = house.councils.projects.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "projects.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, project=project)


asks_first(
    area, "/projekt/{id}/ta-bort", "remove", lambda house: house.councils.projects,
    ProjectDraft, what="projektet", told=("name",), back="projects.show",
)  # fmt: skip


@area.take("/projekt/{id}/ta-bort", "remove")
async def remove_project(request: Request, house: Services, id: str) -> Response:
    """It was made by mistake, and has nothing yet."""
    form: Form[Any] = await Form.posted(request, ProjectDraft)
    removing = house.councils.projects.remove(id, version=form.version)
    held = "Projektet har uppdrag, aktiviteter eller annat, så det står kvar. Stoppa det i stället."
    away, said = await taken_away(removing, "Projektet", held=held)
    if away:
        return go(request, "projects.list", notice=said)
    return go(request, "projects.show", id=id, notice=said)


@area.take("/projekt/{id}/ateruppta", "resume")
async def resume(request: Request, house: Services, id: str) -> Response:
    """Go on with what had ended."""
    try:
        await house.councils.projects.act(id, "resume")
        said = "Projektet fortsätter."
    except Conflict:
        said = "Läget hade redan ändrats. Här är det som gäller nu."
    return go(request, "projects.show", id=id, notice=said)


@area.show("/projekt/{id}/dagar", "correct")
async def ask_days(request: Request, house: Services, id: str) -> Response:
    """The days when it began and ended."""
    project = await house.councils.projects.one(id)
    return _days_page(request, Form.showing(ProjectDays, project), project)


@area.take("/projekt/{id}/dagar", "correct")
async def correct_days(request: Request, house: Services, id: str) -> Response:
    """It was so on other days, or on days that are not known."""
    form = await Form.posted(request, ProjectDays)
    sending = house.councils.projects.act(id, "days", form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "projects.show", id=id, notice="Dagarna är rättade.")
    return _days_page(request, form, await house.councils.projects.one(id), status=422)


def _days_page(
    request: Request, form: Form[ProjectDays], project: Found, *, status: int = 200
) -> Response:
    return page(request, "projects/days.html", status=status, form=form, project=project)


VERBS: dict[str, tuple[str, type[Any], str, str]] = {
    "starta": ("start", ProjectStarted, "Starta projektet", "Projektet har startat."),
    "avsluta": ("end", ProjectEnded, "Avsluta projektet", "Projektet är avslutat."),
    "stoppa": ("stop", ProjectStopped, "Stoppa projektet", "Projektet är stoppat."),
}


@area.show("/projekt/{id}/{verb}", "move")
async def ask_move(request: Request, house: Services, id: str, verb: str) -> Response:
    """What a step on needs to know, and what is open."""
    _, kind, *_ = named_in(VERBS, verb)
    day = clock.today()
    form = Form.empty(kind, started_on=day, ended_on=day)
    return await _move_page(request, house, id, verb, form)


@area.take("/projekt/{id}/{verb}", "move")
async def move(request: Request, house: Services, id: str, verb: str) -> Response:
    """A step on."""
    action, kind, _, said = named_in(VERBS, verb)
    form = await Form.posted(request, kind)
    sending = house.councils.projects.act(id, action, form.sent, once=form.once)
    if await saved(form, sending):
        return go(request, "projects.show", id=id, notice=said)
    return await _move_page(request, house, id, verb, form, status=422)


async def _move_page(
    request: Request, house: House, id: str, verb: str, form: Form[Any], *, status: int = 200
) -> Response:
    councils, its = house.councils, {"project_id": id, "limit": MOST}
    project, activities, goes_on, deviations, lines = await councils.batch(
        councils.projects.at(id),
        councils.project_activities.asked(done="false", sort="due_on", **its),
        councils.project_continuations.asked(carried="false", **its),
        councils.project_deviations.asked(closed="false", **its),
        councils.project_budget_lines.asked(unexplained="true", **its),
    )
    left = {
        "activities": Listing.of(activities).items,
        "continuations": Listing.of(goes_on).items,
        "deviations": Listing.of(deviations).items,
        "lines": Listing.of(lines).items,
    }
    return page(
        request, "projects/move.html", status=status, form=form, project=project, verb=verb,
        heading=named_in(VERBS, verb)[2], left=left,
    )  # fmt: skip
