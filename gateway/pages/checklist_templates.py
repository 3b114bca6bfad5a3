"""Templates of checklists: drafted, published once for all, and followed by a new edition."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.clients.service import Found
from gateway.form_fields import compact
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.editions import before_of, changes_of
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved, taken_away
from gateway.swedish import sentence
from services.councils.contract.checklist import ChecklistTemplateDraft, TemplateKind
from services.councils.contract.interview import MapStatus
from services.kit.errors import Conflict, Stale

area = Area("checklist_templates")
FILTERS = ("status", "kind")
ITEMS = "items."


@area.show("/checklistmallar", "list")
async def list_templates(request: Request, house: Services) -> Response:
    """All templates and their editions, by name."""
    shown = await listed(request, house.councils.checklist_templates, FILTERS, sort="name")
    return page(request, "checklist_templates/list.html", shown=shown, states=MapStatus,
        kinds=TemplateKind,
    )  # fmt: skip


files(area, "/checklistmallar", lambda house: house.councils.checklist_templates, FILTERS)


@area.take("/checklistmallar/var-egen", "default")
async def bring_default(request: Request, house: Services) -> Response:
    """Kompetensnav's own template comes into use; once, however often it is asked for."""
    made = await house.councils.post("/checklist-templates/default")
    said = "Kompetensnavs egen mall kan nu användas."
    return go(request, "checklist_templates.show", id=made["id"], notice=said)


@area.begin("/checklistmallar/ny", "new")
async def new_template(request: Request) -> Response:
    """An empty form."""
    return _form_page(request, Form.begun(request, ChecklistTemplateDraft))


@area.take("/checklistmallar/{id}/utgava", "edition")
async def begin_edition(request: Request, house: Services, id: str) -> Response:
    """The next edition, with what the last one says: it is changed, and published when it is ready.

    Where somebody has begun one already, it is that one.
    """
    made = await house.councils.checklist_templates.act(id, "edition")
    said = f"Utkastet till utgåva {made['edition']} har allt från utgåvan före."
    return go(request, "checklist_templates.edit", id=made["id"], notice=said)


@area.take("/checklistmallar/ny", "new")
async def make_template(request: Request, house: Services) -> Response:
    """Store it as a draft."""
    form = await _posted(request)
    made = await saved(form, house.councils.checklist_templates.make(form.sent, once=form.once))
    if made:
        return go(request, "checklist_templates.show", id=made["id"], notice="Utkastet är sparat.")
    return _form_page(request, form, status=422)


async def _posted(request: Request, kept: Found | None = None) -> Form[ChecklistTemplateDraft]:
    """What was sent: a point whose text is taken away goes, and a new one has a key of its own."""
    form = await Form.received(request, ChecklistTemplateDraft)
    rows = {name.split(".")[1] for name in form.values if name.startswith(ITEMS)}
    gone = {row for row in rows if not form.value(f"{ITEMS}{row}.text").strip()}
    stays = {n: texts for n, texts in form.values.items() if not _is_of(n, gone)}
    keys = {form.value(f"{ITEMS}{row}.key") for row in rows - gone}
    number, edition = 0, form.value("edition").strip()
    # A point that an earlier edition had and lost keeps its key for itself.
    begins = f"point_{edition}_" if edition.isdecimal() and edition != "1" else "point_"
    for row in sorted(rows - gone, key=int):
        if not form.value(f"{ITEMS}{row}.key"):
            number = next(n for n in range(number + 1, 1000) if f"{begins}{n}" not in keys)
            stays[f"{ITEMS}{row}.key"] = [f"{begins}{number}"]
    form.values = compact(stays)
    form.take_in(ChecklistTemplateDraft, kept)
    return form


def _is_of(name: str, rows: set[str]) -> bool:
    return name.startswith(ITEMS) and name.split(".")[1] in rows


def _form_page(
    request: Request,
    form: Form[ChecklistTemplateDraft],
    *,
    status: int = 200,
    template: Found | None = None,
) -> Response:
    return page(
        request, "checklist_templates/form.html", status=status, form=form, template=template
    )


@area.show("/checklistmallar/{id}", "show")
async def show_template(request: Request, house: Services, id: str) -> Response:
    """One template, its points, and what they changed from the edition before."""
    template = await house.councils.checklist_templates.one(id)
    editions = await house.councils.checklist_templates.whole(name=template["name"])
    before = before_of(editions, template)
    return page(
        request, "checklist_templates/show.html", template=template, before=before,
        changes=changes_of(before, template) if before else None,
        editions=sorted(editions, key=lambda one: int(one["edition"]), reverse=True),
    )  # fmt: skip


@area.show("/checklistmallar/{id}/andra", "edit")
async def edit_template(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored; a published edition leads to itself."""
    template = await house.councils.checklist_templates.one(id)
    if template["status"] == MapStatus.published:
        return go(request, "checklist_templates.show", id=id, notice=sentence("published"))
    form = Form.showing(ChecklistTemplateDraft, template)
    return _form_page(request, form, template=template)


@area.take("/checklistmallar/{id}/andra", "edit")
async def revise_template(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed or published it meanwhile."""
    template = await house.councils.checklist_templates.one(id)
    form = await _posted(request, template)
    sending = house.councils.checklist_templates.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "checklist_templates.show", id=id, notice="Ändringen är sparad.")
    return _form_page(request, form, status=422, template=template)


@area.show("/checklistmallar/{id}/publicera", "publish")
async def ask_publish(request: Request, house: Services, id: str) -> Response:
    """It is asked first: what is published never changes."""
    return await _question(request, house, id, "publish")


@area.take("/checklistmallar/{id}/publicera", "publish")
async def publish(request: Request, house: Services, id: str) -> Response:
    """From here on it may be filled, and never changes."""
    form: Form[Any] = await Form.posted(request, ChecklistTemplateDraft)
    said = "Mallen är publicerad och kan användas."
    try:
        await house.councils.checklist_templates.act(id, "publish", version=form.version)
    except (Conflict, Stale) as problem:
        code = problem.errors[0].code if problem.errors else "stale"
        said = sentence(code)
    return go(request, "checklist_templates.show", id=id, notice=said)


@area.show("/checklistmallar/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether a draft is to go."""
    return await _question(request, house, id, "remove")


async def _question(request: Request, house: Services, id: str, what: str) -> Response:
    template = await house.councils.checklist_templates.one(id)
    form = Form.showing(ChecklistTemplateDraft, template)
    return page(request, f"checklist_templates/{what}.html", template=template, form=form)


@area.take("/checklistmallar/{id}/ta-bort", "remove")
async def remove_template(request: Request, house: Services, id: str) -> Response:
    """A draft goes; what is published stays, for filled lists rest on it."""
    form: Form[Any] = await Form.posted(request, ChecklistTemplateDraft)
    removing = house.councils.checklist_templates.remove(id, version=form.version)
    away, said = await taken_away(removing, "Mallen", held=sentence("published"))
    if away:
        return go(request, "checklist_templates.list", notice=said)
    return go(request, "checklist_templates.show", id=id, notice=said)
