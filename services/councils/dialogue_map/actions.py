"""What can be done with dialogue maps."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.councils.contract.interview import DialogueMapDraft, MapStatus
from services.councils.dialogue_map import rules
from services.councils.dialogue_map.default_map import DEFAULT_MAP
from services.councils.dialogue_map.queries import DIALOGUE_MAPS, map_named
from services.councils.tables.interview import DialogueMapRow
from services.kit import clock
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.store import Record, change_row, get_row


async def revise_map(work: Work, id: UUID, draft: DialogueMapDraft, version: int) -> Record:
    """Change a set of questions that is not published."""
    found = await get_row(work.db, DialogueMapRow, id, lock=True)
    rules.demand_unpublished(found["status"])
    return await replace_thing(work, DIALOGUE_MAPS, id, draft, version=version)


async def remove_map(work: Work, id: UUID, version: int) -> None:
    """Delete a set of questions that is not published."""
    found = await get_row(work.db, DialogueMapRow, id, lock=True)
    rules.demand_unpublished(found["status"])
    await remove_thing(work, DIALOGUE_MAPS, id, version=version)


async def publish_map(work: Work, id: UUID, version: int | None) -> Record:
    """From here on it never changes."""
    found = await get_row(work.db, DialogueMapRow, id, lock=True)
    rules.demand_unpublished(found["status"])
    rules.demand_content(found["questions"], field="questions")
    return await change_row(work.db, DialogueMapRow, id, version=version, **_published())


async def make_default_map(work: Work) -> Record:
    """Our own dialogue map, published; the one that is there already where it is."""
    await work.db.execute(select(func.pg_advisory_xact_lock(func.hashtext("default_map"))))
    known = await map_named(work.db, DEFAULT_MAP.name, DEFAULT_MAP.edition)
    if known is not None:
        return await get_row(work.db, DialogueMapRow, known)
    return await create_thing(work, DIALOGUE_MAPS, DEFAULT_MAP, **_published())


def _published() -> dict[str, Any]:
    return {"status": MapStatus.published, "published_on": clock.today()}
