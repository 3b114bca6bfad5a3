"""Removed: what the registry's things name of councils' and councils no longer have.

Councils removes without asking the registry. What is missing among the names is asked of councils
itself, so that nobody takes a name that has not been copied yet for one that is gone.
"""

import asyncio
from collections.abc import Iterable
from typing import NamedTuple

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages.holdings import things_by_id
from services.kit.errors import Forbidden, Unavailable

# Roles that see all needs, seats and initiatives: what they do not find there is not.
WIDER = ("process_leader", "strategist", "administrator", "reader")
UNSEEN = "Syns inte här"


class Named(NamedTuple):
    """Where a field's things are kept, what they are called by, and what is said when one went."""

    things: str
    noun: str
    title: str
    gone: str


NAMED = {
    "need_id": Named("needs", "need", "statement", "Behovet är borttaget"),
    "seat_id": Named("seats", "seat", "", "Platsen är borttagen"),
    "initiative_id": Named("initiatives", "initiative", "title", "Initiativet är borttaget"),
}


async def told(
    house: House,
    labels: dict[str, Found],
    rows: Iterable[Found],
    *,
    fields: Iterable[str] = ("need_id",),
) -> dict[str, Found]:
    """The labels, also of what the fields of some rows name and nothing is called by."""
    wanted = [(NAMED[field], ids_in([row[field] for row in rows])) for field in fields]
    found = await asyncio.gather(*(_asked(house, labels, *one) for one in wanted))
    return {key: label for part in (*found, labels) for key, label in part.items()}


async def _asked(
    house: House, labels: dict[str, Found], named: Named, ids: list[str]
) -> dict[str, Found]:
    missing = [one for one in ids if one not in labels]
    if not missing:
        return {}
    try:
        there = await things_by_id(getattr(house.councils, named.things), missing)
    except (Forbidden, Unavailable):
        return {}
    lost = named.gone if house.councils.caller.has_role(*WIDER) else UNSEEN
    said: dict[str, Found] = {one: {"noun": "", "label": lost} for one in missing}
    for key, thing in there.items():
        label = thing[named.title] if named.title else "En plats i ett råd"
        said[key] = {"noun": named.noun, "label": label}
    return said


def is_removed(labels: dict[str, Found], id: str | None, field: str = "need_id") -> bool:
    """Whether a thing is known to be gone."""
    return bool(id) and labels.get(id or "", {}).get("label") == NAMED[field].gone
