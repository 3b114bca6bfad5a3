"""What can be done with method uses."""

from uuid import UUID

from services.actors.checks import demand_past
from services.actors.contract.method import MethodUseDraft
from services.actors.method_use import rules
from services.actors.method_use.queries import METHOD_USES
from services.actors.tables import MethodRow
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.references import referred
from services.kit.store import get_row


async def judge(work: Work, draft: MethodUseDraft, id: UUID | None = None) -> None:
    """All that forbids to note that a method was used."""
    refused = Refusals()
    with refused:
        if id is not None:
            rules.demand_same_method(await get_row(work.db, METHOD_USES.row, id), draft.method_id)
    with refused:
        demand_past(draft, "used_on")
    with refused:
        method = await referred(work.db, MethodRow, draft.method_id, field="method_id")
        if method:
            rules.demand_taken_up(method, draft.used_on)
    refused.demand_none()
