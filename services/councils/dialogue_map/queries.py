"""Questions about dialogue maps."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.interview import DialogueMap, DialogueMapDraft, MapStatus
from services.councils.tables.interview import DialogueMapRow, InterviewRow
from services.kit.collection import Collection, When
from services.kit.paging import same
from services.kit.store import table_of


def _times_used(columns: Any, when: When) -> list[ColumnElement[Any]]:
    interview = when.table(InterviewRow)
    used = select(func.count()).where(interview.c.dialogue_map_id == columns.id)
    return [used.scalar_subquery().label("interview_count")]


DIALOGUE_MAPS = Collection(
    row=DialogueMapRow,
    draft=DialogueMapDraft,
    answer=DialogueMap,
    path="/dialogue-maps",
    filters={
        "status": same("status", MapStatus),
        "name": same("name"),
        "edition": same("edition", int),
    },
    sorts=("name", "edition", "created_at", "updated_at"),
    derive=_times_used,
)


async def map_named(db: AsyncConnection, name: str, edition: int) -> UUID | None:
    """The id of an edition of a set of questions."""
    dialogue_map = table_of(DialogueMapRow)
    named = (dialogue_map.c.name == name) & (dialogue_map.c.edition == edition)
    found: UUID | None = await db.scalar(select(dialogue_map.c.id).where(named))
    return found
