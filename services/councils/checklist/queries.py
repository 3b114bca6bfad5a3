"""Questions about checklists."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.checklist import (
    Checklist,
    ChecklistDraft,
    ChecklistTemplate,
    ChecklistTemplateDraft,
    TemplateKind,
)
from services.councils.contract.interview import MapStatus
from services.councils.initiative.queries import with_initiative
from services.councils.tables.initiative import ChecklistRow, ChecklistTemplateRow, StepRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.identity import Caller
from services.kit.paging import same
from services.kit.store import Record, table_of


def _times_used(columns: Any, when: When) -> list[ColumnElement[Any]]:
    checklist, step = when.table(ChecklistRow), when.table(StepRow)
    used = select(func.count()).where(checklist.c.checklist_template_id == columns.id)
    whose = func.count(step.c.initiative_id.distinct())
    begun = select(whose).where(step.c.checklist_template_id == columns.id)
    return [
        used.scalar_subquery().label("checklist_count"),
        begun.scalar_subquery().label("procurement_count"),
    ]


CHECKLIST_TEMPLATES = Collection(
    row=ChecklistTemplateRow,
    draft=ChecklistTemplateDraft,
    answer=ChecklistTemplate,
    path="/checklist-templates",
    filters={
        "status": same("status", MapStatus),
        "kind": same("kind", TemplateKind),
        "name": same("name"),
        "edition": same("edition", int),
    },
    sorts=("name", "edition", "created_at", "updated_at"),
    derive=_times_used,
)


def _progress(columns: Any, _when: When) -> list[ColumnElement[Any]]:
    ticked: ColumnElement[Any] = literal_column("'$[*] ? (@.done == true)'")
    done = func.jsonb_path_query_array(columns["items"], ticked)
    return [
        func.jsonb_array_length(columns["items"]).label("item_count"),
        func.jsonb_array_length(done).label("done_count"),
    ]


def _seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """A programme's by everybody; an initiative's by those who see the initiative."""
    seen = with_initiative(caller, columns)
    return None if seen is None else or_(columns.initiative_id.is_(None), seen)


CHECKLISTS = Collection(
    row=ChecklistRow,
    draft=ChecklistDraft,
    answer=Checklist,
    path="/checklists",
    filters={
        "checklist_template_id": same("checklist_template_id", Reference),
        "programme_id": same("programme_id", Reference),
        "initiative_id": same("initiative_id", Reference),
    },
    sorts=("-created_at", "updated_at", "filled_on"),
    derive=_progress,
    visible=_seen,
)


async def template_named(db: AsyncConnection, name: str, edition: int) -> UUID | None:
    """The id of an edition of a template."""
    template = table_of(ChecklistTemplateRow)
    named = (template.c.name == name) & (template.c.edition == edition)
    found: UUID | None = await db.scalar(select(template.c.id).where(named))
    return found


async def last_edition(db: AsyncConnection, name: str) -> Record:
    """The last edition of a template that there is, also a draft of it."""
    template = table_of(ChecklistTemplateRow)
    editions = select(template).where(template.c.name == name).order_by(template.c.edition.desc())
    return dict((await db.execute(editions.limit(1))).mappings().one())
