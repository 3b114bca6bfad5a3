"""Owners: a municipality's key makes only a post of its own actors the owner of what it writes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.councils.tables.base import METADATA
from services.kit.elsewhere import heard
from services.kit.errors import Rejected
from services.kit.http import Work


async def demand_own_post(work: Work, id: UUID | None, before: Mapping[str, Any]) -> None:
    """Rejected where a key names, anew, a post of an actor that it may not write.

    Where the registry is silent nothing more is refused.
    """
    bound, field = work.caller.bound_to, "owner_post_id"
    if bound is None or id is None or id == before.get(field):
        return
    told = (await heard(work, METADATA, {("post", id): field}))["post", id]
    if told.lives_on_as is not None and told.owner != bound:
        raise Rejected("no post of yours", field=field, reason="unknown_reference")
