"""Choices of dialogue maps: those that interviews may be begun by, and the one that is chosen."""

from gateway.clients.house import House
from gateway.clients.service import Found
from gateway.pages.choices import Options


async def maps(house: House, chosen: str = "") -> Options:
    """Published maps in use, by name and the newest edition first; and what stands in the field."""
    found = await _published(house)
    return _named([one for one in found if one["retired_on"] is None or one["id"] == chosen])


async def editions(house: House) -> Options:
    """Every published map, also those that are in use no more."""
    return _named(await _published(house))


async def _published(house: House) -> list[Found]:
    found = await house.councils.dialogue_maps.whole(status="published")
    return sorted(found, key=lambda one: (one["name"].casefold(), -int(one["edition"])))


def _named(found: list[Found]) -> Options:
    return [(one["id"], f"{one['name']}, utgåva {one['edition']}") for one in found]
