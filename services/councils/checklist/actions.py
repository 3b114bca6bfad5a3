"""What can be done with checklists and their templates."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.councils.checklist import rules
from services.councils.checklist.default_template import DEFAULT_TEMPLATE
from services.councils.checklist.queries import (
    CHECKLIST_TEMPLATES,
    CHECKLISTS,
    last_edition,
    template_named,
)
from services.councils.contract.checklist import (
    ChecklistDraft,
    ChecklistTemplateDraft,
    TemplateKind,
)
from services.councils.contract.interview import MapStatus
from services.councils.tables.initiative import ChecklistTemplateRow
from services.kit import clock
from services.kit.errors import NotFound, Rejected
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.store import Record, change_row, get_row


async def revise_template(
    work: Work, id: UUID, draft: ChecklistTemplateDraft, version: int
) -> Record:
    """Change a template that is not published."""
    found = await get_row(work.db, ChecklistTemplateRow, id, lock=True)
    rules.demand_unpublished(found["status"])
    return await replace_thing(work, CHECKLIST_TEMPLATES, id, draft, version=version)


async def remove_template(work: Work, id: UUID, version: int) -> None:
    """Delete a template that is not published."""
    found = await get_row(work.db, ChecklistTemplateRow, id, lock=True)
    rules.demand_unpublished(found["status"])
    await remove_thing(work, CHECKLIST_TEMPLATES, id, version=version)


async def publish_template(work: Work, id: UUID, version: int | None) -> Record:
    """From here on it never changes."""
    found = await get_row(work.db, ChecklistTemplateRow, id, lock=True)
    rules.demand_unpublished(found["status"])
    rules.demand_points(found["items"])
    return await change_row(work.db, ChecklistTemplateRow, id, version=version, **_published())


async def make_default_template(work: Work) -> Record:
    """Our own template, published; the one that is there already where it is."""
    return await make_published(work, DEFAULT_TEMPLATE)


async def make_published(work: Work, draft: ChecklistTemplateDraft) -> Record:
    """A template of our own, published; the one of that name and edition where there is one."""
    await _alone(work, draft.name)
    known = await template_named(work.db, draft.name, draft.edition)
    if known is not None:
        return await get_row(work.db, ChecklistTemplateRow, known)
    return await create_thing(work, CHECKLIST_TEMPLATES, draft, **_published())


async def make_edition(work: Work, id: UUID) -> Record:
    """A draft of the edition after the last, begun with what the last says; the one that is there.

    Whichever edition it is asked of: two that follow the same one would say different things.
    """
    asked = await get_row(work.db, ChecklistTemplateRow, id)
    await _alone(work, asked["name"])
    last = await last_edition(work.db, asked["name"])
    if last["status"] == MapStatus.draft:
        return last
    draft = ChecklistTemplateDraft.model_validate(
        {name: last[name] for name in ChecklistTemplateDraft.model_fields}
    )
    following = draft.model_copy(update={"edition": last["edition"] + 1})
    return await create_thing(work, CHECKLIST_TEMPLATES, following)


async def _alone(work: Work, name: str) -> None:
    """Two that would make the same edition of a template wait for each other."""
    await work.db.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"template {name}"))))


def _published() -> dict[str, Any]:
    return {"status": MapStatus.published, "published_on": clock.today()}


async def template_to_use(work: Work, id: UUID, kind: TemplateKind) -> Record:
    """A published template of a kind. Rejected where it is none."""
    try:
        template = await get_row(work.db, ChecklistTemplateRow, id)
    except NotFound:
        raise Rejected(
            "no such template", field="checklist_template_id", reason="unknown_reference"
        ) from None
    rules.demand_published(template["status"])
    rules.demand_kind(template["kind"], kind)
    return template


async def _filled(work: Work, draft: ChecklistDraft) -> ChecklistDraft:
    template = await template_to_use(work, draft.checklist_template_id, TemplateKind.checklist)
    items = rules.filled(template["items"], draft.items)
    return draft.model_copy(update={"items": items})


async def judge(work: Work, draft: ChecklistDraft, _id: UUID | None = None) -> None:
    """Rejected where the template is not published, or has no such point."""
    if draft.checklist_template_id is not None:
        await _filled(work, draft)


async def fill_checklist(work: Work, draft: ChecklistDraft) -> Record:
    """Make a list by a published template."""
    return await create_thing(work, CHECKLISTS, await _filled(work, draft))


async def refill_checklist(work: Work, id: UUID, draft: ChecklistDraft, version: int) -> Record:
    """Fill it in anew."""
    return await replace_thing(work, CHECKLISTS, id, await _filled(work, draft), version=version)
