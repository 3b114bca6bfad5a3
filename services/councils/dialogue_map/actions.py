"""What can be done with dialogue maps."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.councils.contract.interview import DialogueMapDraft, MapStatus
from services.councils.dialogue_map import rules
from services.councils.dialogue_map.default_map import DEFAULT_MAP
from services.councils.dialogue_map.queries import DIALOGUE_MAPS, last_edition, map_named
from services.councils.tables.interview import DialogueMapRow
from services.kit import clock
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.references import stored
from services.kit.store import Record, change_row, get_row


async def judge(work: Work, draft: DialogueMapDraft, id: UUID | None = None) -> None:
    """Rejected where a map takes the name of ours."""
    before = await stored(work.db, DIALOGUE_MAPS.table, id)
    if draft.name != before.get("name"):
        rules.demand_own_name(draft.name)


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


async def make_edition(work: Work, id: UUID) -> Record:
    """A draft of the edition after the last, with what this one says; the draft that is there.

    Two drafts that follow the same edition would say different things.
    """
    asked = await get_row(work.db, DialogueMapRow, id)
    rules.demand_not_ours(asked["name"])
    await _alone(work, asked["name"])
    last = await last_edition(work.db, asked["name"])
    if last["status"] == MapStatus.draft:
        return last
    draft = DialogueMapDraft.model_validate(
        {name: asked[name] for name in DialogueMapDraft.model_fields}
    )
    following = draft.model_copy(update={"edition": last["edition"] + 1})
    return await create_thing(work, DIALOGUE_MAPS, following)


async def retire_map(work: Work, id: UUID, version: int | None) -> Record:
    """No interview is begun by it from today; those that were keep it."""
    found = await get_row(work.db, DialogueMapRow, id, lock=True)
    day = rules.retired(found, clock.today())
    return await change_row(work.db, DialogueMapRow, id, version=version, retired_on=day)


async def resume_map(work: Work, id: UUID, version: int | None) -> Record:
    """Interviews may be begun by it again."""
    found = await get_row(work.db, DialogueMapRow, id, lock=True)
    rules.demand_retired(found["retired_on"])
    return await change_row(work.db, DialogueMapRow, id, version=version, retired_on=None)


async def make_default_map(work: Work) -> Record:
    """Our own dialogue map, published; the one that is there already where it is."""
    await _alone(work, DEFAULT_MAP.name)
    known = await map_named(work.db, DEFAULT_MAP.name, DEFAULT_MAP.edition)
    if known is not None:
        return await get_row(work.db, DialogueMapRow, known)
    return await create_thing(work, DIALOGUE_MAPS, DEFAULT_MAP, **_published())


async def _alone(work: Work, name: str) -> None:
    """Two that would make the same edition of a map wait for each other."""
    await work.db.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"map {name}"))))


def _published() -> dict[str, Any]:
    return {"status": MapStatus.published, "published_on": clock.today()}
