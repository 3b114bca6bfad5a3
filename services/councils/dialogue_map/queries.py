"""Questions about dialogue maps."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.interview import DialogueMap, DialogueMapDraft, MapStatus
from services.councils.dialogue_map.default_map import DEFAULT_MAP
from services.councils.tables.interview import DialogueMapRow, InterviewRow
from services.kit.collection import Collection, When
from services.kit.paging import Filter, same
from services.kit.store import Record, table_of


def _times_used(columns: Any, when: When) -> list[ColumnElement[Any]]:
    interview = when.table(InterviewRow)
    used = select(func.count()).where(interview.c.dialogue_map_id == columns.id)
    ours = func.lower(columns.name) == DEFAULT_MAP.name.lower()
    return [used.scalar_subquery().label("interview_count"), ours.label("ours")]


def _retired() -> Filter:
    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        told: ColumnElement[bool] = columns.retired_on.is_not(None).in_(values)
        return told

    return Filter(bool, clause)


DIALOGUE_MAPS = Collection(
    row=DialogueMapRow,
    draft=DialogueMapDraft,
    answer=DialogueMap,
    path="/dialogue-maps",
    filters={
        "status": same("status", MapStatus),
        "retired": _retired(),
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


async def last_edition(db: AsyncConnection, name: str) -> Record:
    """The last edition of a map that there is, also a draft of it."""
    dialogue_map = table_of(DialogueMapRow)
    editions = select(dialogue_map).where(dialogue_map.c.name == name)
    last = editions.order_by(dialogue_map.c.edition.desc()).limit(1)
    return dict((await db.execute(last)).mappings().one())
