"""Checks that several rooms make: no day to come, nothing that goes to another actor or post."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.actors.post.queries import POSTS
from services.kit import clock
from services.kit.contract import Sent
from services.kit.errors import FieldError, NotFound, Rejected
from services.kit.http import Work
from services.kit.keeping import own
from services.kit.rows import Row
from services.kit.store import get_row


def demand_past(draft: Sent, *fields: str) -> None:
    """Rejected for all that is said to have happened on a day to come."""
    today = clock.today()
    late = [field for field in fields if (day := getattr(draft, field)) and day > today]
    told = [FieldError(field, "in_the_future", "that day has not come") for field in late]
    if told:
        raise Rejected(told[0].message, errors=told)


async def demand_own_post(
    work: Work, id: UUID | None, before: Mapping[str, Any], *, field: str = "owner_post_id"
) -> None:
    """Rejected where a municipality's key names, anew, a post of an actor that it may not write."""
    if id is None or id == before.get(field):
        return
    try:
        await own(work, POSTS, id)
    except NotFound:
        raise Rejected("no post of yours", field=field, reason="unknown_reference") from None


async def demand_same_actor(work: Work, row: type[Row], id: UUID | None, draft: Any) -> None:
    """Rejected where something that is stored would go to another actor."""
    if id is None or draft.actor_id is None:
        return
    if (await get_row(work.db, row, id))["actor_id"] != draft.actor_id:
        raise Rejected("it stays with its actor", field="actor_id", reason="fixed")
