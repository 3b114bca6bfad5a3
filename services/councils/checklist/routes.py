"""Where checklists are asked for and filled over HTTP."""

from fastapi import APIRouter, Response

from services.councils.checklist import actions
from services.councils.checklist.queries import CHECKLIST_TEMPLATES, CHECKLISTS
from services.councils.contract.checklist import ChecklistTemplate
from services.kit.http import Calling, uuid_or_missing
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

checklist_templates = resource(
    CHECKLIST_TEMPLATES, replace=actions.revise_template, remove=actions.remove_template
)
checklists = resource(
    CHECKLISTS, create=actions.fill_checklist, replace=actions.refill_checklist, judge=actions.judge
)
router = APIRouter(tags=["checklist"])


@router.post(
    "/checklist-templates/default",
    **action_doc("Make our own template, once", "checklist_template.write", ChecklistTemplate),
)
async def make_default(call: Calling) -> Response:
    """The same template however often it is asked for."""
    call.demand("checklist_template", "write")
    show = shown(CHECKLIST_TEMPLATES, call)
    return await call.perform(actions.make_default_template, show=show)


@router.post(
    "/checklist-templates/{id}/publish",
    **action_doc("Publish a template", "checklist_template.write", ChecklistTemplate),
)
async def publish(call: Calling, id: str) -> Response:
    """From here on it never changes."""
    call.demand("checklist_template", "write")
    asked = uuid_or_missing(id), call.version_if_given
    show = shown(CHECKLIST_TEMPLATES, call)
    return await call.perform(actions.publish_template, *asked, show=show)


@router.post(
    "/checklist-templates/{id}/edition",
    **action_doc("Begin the next edition", "checklist_template.write", ChecklistTemplate),
)
async def edition(call: Calling, id: str) -> Response:
    """A draft with what the last edition says; the draft that is there, where there is one."""
    call.demand("checklist_template", "write")
    show = shown(CHECKLIST_TEMPLATES, call)
    return await call.perform(actions.make_edition, uuid_or_missing(id), show=show)
