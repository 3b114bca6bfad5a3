"""Choices of dialogue maps: those that interviews may be begun by, and the one that is chosen."""

import asyncio

from gateway.clients.house import House
from gateway.clients.service import Found, ids_among
from gateway.pages.choices import Options


async def maps(house: House, chosen: str = "", council_id: str = "") -> tuple[Options, str]:
    """Published maps in use, by name and the newest edition first, and the one to begin with.

    That is what stands in the field, else the council's latest, else Kompetensnav's own.
    """
    found, latest = await asyncio.gather(_published(house), _latest(house, council_id))
    offered = [one for one in found if one["retired_on"] is None or one["id"] == chosen]
    order = [one["id"] for one in sorted(offered, key=lambda one: not one["ours"])]
    first = (one for one in (chosen, latest, *order) if one in order)
    return _named(offered), chosen or next(first, "")


async def _latest(house: House, council_id: str) -> str:
    """The map of a council's latest interview."""
    if not ids_among([council_id]):
        return ""
    found = await house.councils.interviews.list(council_id=council_id, limit=1)
    return found.items[0]["dialogue_map_id"] if found.items else ""


async def editions(house: House) -> Options:
    """Every published map, also those that are in use no more."""
    return _named(await _published(house))


async def _published(house: House) -> list[Found]:
    found = await house.councils.dialogue_maps.whole(status="published")
    return sorted(found, key=lambda one: (one["name"].casefold(), -int(one["edition"])))


def _named(found: list[Found]) -> Options:
    return [(one["id"], f"{one['name']}, utgåva {one['edition']}") for one in found]
