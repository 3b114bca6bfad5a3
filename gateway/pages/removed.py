"""Removed: what the registry's things name of councils' and councils no longer have.

Councils removes without asking the registry. What is missing among the names is asked of councils
itself, so that nobody takes a name that has not been copied yet for one that is gone.
"""

from collections.abc import Iterable

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages.holdings import things_by_id
from services.kit.errors import Forbidden, Unavailable

# Roles that see all needs: what they do not find there is not.
WIDER = ("process_leader", "strategist", "administrator", "reader")
UNSEEN, GONE = "Syns inte här", "Behovet är borttaget"


async def told(house: House, labels: dict[str, Found], rows: Iterable[Found]) -> dict[str, Found]:
    """The labels, also of the needs that some rows name and nothing is called by."""
    missing = [one for one in ids_in([row["need_id"] for row in rows]) if one not in labels]
    if not missing:
        return labels
    try:
        there = await things_by_id(house.councils.needs, missing)
    except (Forbidden, Unavailable):
        return labels
    lost = GONE if house.councils.caller.has_role(*WIDER) else UNSEEN
    said: dict[str, Found] = {one: {"noun": "", "label": lost} for one in missing}
    for key, need in there.items():
        said[key] = {"noun": "need", "label": need["statement"]}
    return said | labels
