"""Living: nothing new is about a need that was dropped, or that lives on as others."""

from collections.abc import Iterable
from uuid import UUID

from services.councils.need.queries import first_dropped, was_split
from services.kit.errors import Rejected
from services.kit.http import Work


async def demand_living(work: Work, ids: Iterable[UUID]) -> None:
    """Rejected where one of these needs, named anew, was dropped, merged or split.

    Who is not told of every need is not told which one a merged need lives on as.
    """
    gone = await first_dropped(work.db, ids)
    if gone is None:
        return
    told, heir = f"the need {gone['id']}", gone["merged_into_id"]
    if heir:
        named = "another" if work.caller.bound_to else heir
        raise Rejected(f"{told} lives on as {named}", field="need_ids", reason="merged")
    if await was_split(work.db, gone["id"]):
        raise Rejected(f"{told} lives on in parts", field="need_ids", reason="split")
    raise Rejected(f"{told} is dropped", field="need_ids", reason="dropped")
