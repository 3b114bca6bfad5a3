"""Checks that several rooms make: no day to come, and nothing that goes to another actor."""

from typing import Any
from uuid import UUID

from services.kit import clock
from services.kit.contract import Draft
from services.kit.errors import Rejected
from services.kit.http import Work
from services.kit.rows import Row
from services.kit.store import Record, get_row


def demand_past(draft: Draft, *fields: str) -> None:
    """Rejected for something that is said to have happened on a day to come."""
    for field in fields:
        day = getattr(draft, field)
        if day is not None and day > clock.today():
            raise Rejected("that day has not come", field=field, reason="in_the_future")


async def demand_same_actor(work: Work, row: type[Row], id: UUID, draft: Any) -> Record:
    """What is stored. Rejected where it would go to another actor."""
    before = await get_row(work.db, row, id)
    if before["actor_id"] != draft.actor_id:
        raise Rejected("it stays with its actor", field="actor_id", reason="fixed")
    return before
