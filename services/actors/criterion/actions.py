"""What can be done with criteria."""

from uuid import UUID

from services.actors.contract.priority import CriterionDraft
from services.actors.criterion.queries import CRITERIA, is_scored_by
from services.kit.errors import Conflict, Rejected
from services.kit.http import Work
from services.kit.keeping import remove_thing
from services.kit.store import get_row


async def judge(work: Work, draft: CriterionDraft, id: UUID | None = None) -> None:
    """Rejected where sums that people have read would become others."""
    if id is None or draft.weight is None:
        return
    before = await get_row(work.db, CRITERIA.row, id, lock=True)
    if draft.weight != before["weight"] and await is_scored_by(work.db, id):
        raise Rejected("end it and make another", field="weight", reason="scored")


async def remove(work: Work, id: UUID, version: int) -> None:
    """Delete a criterion that nobody was scored by."""
    await get_row(work.db, CRITERIA.row, id, lock=True)
    if await is_scored_by(work.db, id):
        raise Conflict("actors were scored by it", field="id", reason="in_use")
    await remove_thing(work, CRITERIA, id, version=version)
