"""Choices of dialogue maps: those that interviews may be begun by, and the one that is chosen."""

from gateway.clients.house import House
from gateway.pages.choices import Options


async def maps(house: House, chosen: str = "") -> Options:
    """Published maps in use, by name and the newest edition first; and what stands in the field."""
    found = await house.councils.dialogue_maps.whole(status="published")
    found.sort(key=lambda one: (one["name"].casefold(), -int(one["edition"])))
    return [
        (one["id"], f"{one['name']}, utgåva {one['edition']}")
        for one in found
        if one["retired_on"] is None or one["id"] == chosen
    ]
