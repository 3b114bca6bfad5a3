"""Parts of projects: each begun, changed, done and taken away in the same way."""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

from fastapi import Request, Response
from pydantic import BaseModel

from gateway.areas import Area, named_in
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Things
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import actor_choices, choices, post_choices
from gateway.pages.saving import saved, taken_away
from gateway.pages.thing_choices import things as thing_choices
from gateway.pages.ticking import Words, ticked
from services.councils.contract.project import ASSIGNMENT_TEXTS, ProjectAssignmentDraft
from services.councils.contract.project_learning import (
    ProjectContinuationDraft,
    ProjectDeviationDraft,
    ProjectLessonDraft,
)
from services.councils.contract.project_work import (
    CheckInPlan,
    ProjectActivityDraft,
    ProjectActivityKind,
    ProjectBudgetLineDraft,
)
from services.kit import clock


class Part(NamedTuple):
    """One sort of part: where such are, what it is called, and which page shows it."""

    things: Callable[[House], Things]
    draft: type[BaseModel]
    new: str
    what: str  # in the definite form
    view: str
    told: str  # the field that says which it is
    kind: ProjectActivityKind | None = None


def _activity(new: str, what: str, kind: ProjectActivityKind) -> Part:
    return Part(lambda house: house.councils.project_activities, ProjectActivityDraft, new, what,
                "project_views.plan", "title", kind)  # fmt: skip


_KINDS = ProjectActivityKind
PARTS = {
    "aktiviteter": _activity("Ny aktivitet", "aktiviteten", _KINDS.activity),
    "kommunikation": _activity("Nytt budskap", "budskapet", _KINDS.communication),
    "utvardering": _activity("Ny utvärderingsfråga", "frågan", _KINDS.evaluation),
    "avstamningar": _activity("Ny avstämning", "avstämningen", _KINDS.check_in),
    "budgetrader": Part(
        lambda house: house.councils.project_budget_lines, ProjectBudgetLineDraft,
        "Ny budgetrad", "budgetraden", "project_views.budget", "label",
    ),
    "avvikelser": Part(
        lambda house: house.councils.project_deviations, ProjectDeviationDraft,
        "Ny avvikelse", "avvikelsen", "project_views.deviations", "what",
    ),
    "lardomar": Part(
        lambda house: house.councils.project_lessons, ProjectLessonDraft,
        "Ny lärdom", "lärdomen", "project_views.lessons", "text",
    ),
    "fortlevnad": Part(
        lambda house: house.councils.project_continuations, ProjectContinuationDraft,
        "Ny rad om fortlevnad", "raden", "project_views.lessons", "what",
    ),
    "uppdrag": Part(
        lambda house: house.councils.project_assignments, ProjectAssignmentDraft,
        "Ny version av uppdraget", "versionen", "project_views.assignments", "aim",
    ),
}  # fmt: skip
area = Area("project_parts")
TICKED = Words("Markerat som gjort.", "Det är öppet igen.", "Aktiviteten")


@area.begin("/projekt/{id}/avstamningar/aterkommande", "check_ins")
async def ask_check_ins(request: Request, house: Services, id: str) -> Response:
    """How often, from when, and how many times."""
    form = Form.begun(
        request, CheckInPlan, title="Avstämning", first_on=clock.today(), every=2, times=10
    )
    return await _check_in_page(request, house, id, form)


@area.take("/projekt/{id}/avstamningar/aterkommande", "check_ins")
async def plan_check_ins(request: Request, house: Services, id: str) -> Response:
    """Each of them becomes an activity of its own."""
    form = await Form.posted(request, CheckInPlan)
    made = await saved(
        form, house.councils.projects.act(id, "check-ins", form.sent, once=form.once)
    )
    if made:
        said = f"{len(made['ids'])} avstämningar är planerade."
        return go(request, "project_views.plan", id=id, notice=said)
    return await _check_in_page(request, house, id, form, status=422)


async def _check_in_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    project, posts = await asyncio.gather(
        house.councils.projects.one(id), post_choices.posts(house, form)
    )
    return page(
        request, "projects/check_ins.html", status=status, form=form, project=project,
        posts=posts,
    )  # fmt: skip


@area.begin("/projekt/{id}/{sort}/ny", "new")
async def new_part(request: Request, house: Services, id: str, sort: str) -> Response:
    """An empty form; a version of the assignment begins with the last one."""
    part, begun = named_in(PARTS, sort), dict[str, Any]()
    if part.draft is ProjectAssignmentDraft:
        found = await part.things(house).list(project_id=id, limit=1)
        last = next(iter(found.items), None) or {}
        begun = {name: last[name] for name in ASSIGNMENT_TEXTS if last.get(name)}
    form = Form.begun(request, part.draft, **begun, **_of_kind(part))
    return await _form_page(request, house, id, sort, form)


def _of_kind(part: Part) -> dict[str, Any]:
    return {"kind": part.kind.value} if part.kind else {}


@area.take("/projekt/{id}/{sort}/ny", "new")
async def add_part(request: Request, house: Services, id: str, sort: str) -> Response:
    """Store it, or show the form again."""
    part = named_in(PARTS, sort)
    form = await Form.posted(request, part.draft, project_id=id, **_of_kind(part))
    if await saved(form, part.things(house).make(form.sent, once=form.once)):
        return go(request, part.view, id=id, notice="Det är sparat.")
    return await _form_page(request, house, id, sort, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    project_id: str,
    sort: str,
    form: Form[Any],
    *,
    status: int = 200,
    thing: Found | None = None,
) -> Response:
    part, project = named_in(PARTS, sort), await house.councils.projects.one(project_id)
    asked = part.draft.model_fields
    actors, posts, decisions, councils = await asyncio.gather(
        _if(any("actor" in one for one in asked), actor_choices.actors(house, form)),
        _if(any("post" in one for one in asked), post_choices.posts(house, form)),
        _if("decision_id" in asked, _decisions(house, form, project)),
        _if("council_id" in asked, choices.councils(house, form.value("council_id"))),
    )
    kind = thing["kind"] if thing and part.kind else part.kind
    return page(
        request, "projects/part.html", status=status, form=form, thing=thing, sort=sort,
        project=project, part=part, kind=kind, actors=actors, posts=posts, councils=councils,
        decisions=decisions,
    )  # fmt: skip


async def _if(needed: bool, options: Any) -> Any:
    """The options of a field that the form has."""
    if needed:
        return await options
    options.close()
    return []


async def _decisions(house: House, form: Form[Any], project: Found) -> Any:
    return await thing_choices(house, form, "decision_id", project["council_id"] or "")


def _shown_as(sort: str, name: str) -> None:
    """The address of a part by its id alone: its project shows it."""

    @area.show(f"/projektdelar/{sort}/{{id}}", name)
    async def show_part(request: Request, house: Services, id: str) -> Response:
        thing = await PARTS[sort].things(house).one(id)
        return go(request, PARTS[sort].view, id=thing["project_id"])


_shown_as("aktiviteter", "activity")
_shown_as("avvikelser", "deviation")
_shown_as("fortlevnad", "continuation")


@area.show("/projektdelar/{sort}/{id}/andra", "edit")
async def edit_part(request: Request, house: Services, sort: str, id: str) -> Response:
    """The form with what is stored."""
    part = named_in(PARTS, sort)
    thing = await part.things(house).one(id)
    form = Form.showing(part.draft, thing)
    return await _form_page(request, house, thing["project_id"], sort, form, thing=thing)


@area.take("/projektdelar/{sort}/{id}/andra", "edit")
async def revise_part(request: Request, house: Services, sort: str, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    part = named_in(PARTS, sort)
    thing = await part.things(house).one(id)
    form = await Form.posted(request, part.draft, kept=thing)
    if await saved(form, part.things(house).replace(id, form.sent, version=form.version)):
        return go(request, part.view, id=thing["project_id"], notice="Ändringen är sparad.")
    project = thing["project_id"]
    return await _form_page(request, house, project, sort, form, status=422, thing=thing)


@area.take("/projektdelar/{sort}/{id}/klart", "done")
async def done(request: Request, house: Services, sort: str, id: str) -> Response:
    """An activity is done today, or was not done after all."""
    things = named_in({"aktiviteter": house.councils.project_activities}, sort)
    one, said = await ticked(request, things, ProjectActivityDraft, id, TICKED)
    return go(request, "project_views.plan", id=one["project_id"], **said)


@area.show("/projektdelar/{sort}/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, sort: str, id: str) -> Response:
    """Whether it is to go."""
    part = named_in(PARTS, sort)
    thing = await part.things(house).one(id)
    project = await house.councils.projects.one(thing["project_id"])
    return page(
        request, "projects/part_remove.html", form=Form.showing(part.draft, thing), part=part,
        thing=thing, project=project,
    )  # fmt: skip


@area.take("/projektdelar/{sort}/{id}/ta-bort", "remove")
async def remove_part(request: Request, house: Services, sort: str, id: str) -> Response:
    """It was written by mistake."""
    part = named_in(PARTS, sort)
    form: Form[Any] = await Form.posted(request, part.draft)
    thing = await part.things(house).one(id)
    removing = part.things(house).remove(id, version=form.version)
    held = "Versionen är beslutad och står kvar. Skriv en ny version i stället."
    _, said = await taken_away(removing, part.what.capitalize(), held=held)
    return go(request, part.view, id=thing["project_id"], notice=said)
