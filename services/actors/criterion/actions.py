"""What can be done with criteria."""

from uuid import UUID

from services.actors.contract.priority import CriterionDraft
from services.actors.criterion import rules
from services.actors.criterion.queries import CRITERIA, days_weighed
from services.kit.errors import Conflict
from services.kit.http import Work
from services.kit.keeping import remove_thing
from services.kit.store import get_row


async def judge(work: Work, draft: CriterionDraft, id: UUID | None = None) -> None:
    """Rejected where sums that people have read would become others."""
    if id is None:
        return
    before = await get_row(work.db, CRITERIA.row, id, lock=True)
    rules.demand_kept(before, draft, await days_weighed(work.db, id))


async def remove(work: Work, id: UUID, version: int) -> None:
    """Delete a criterion that nobody was weighed by."""
    await get_row(work.db, CRITERIA.row, id, lock=True)
    if await days_weighed(work.db, id):
        raise Conflict("actors were weighed by it", field="id", reason="in_use")
    await remove_thing(work, CRITERIA, id, version=version)
