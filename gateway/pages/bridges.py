"""Bridges: which posts of ours connect actors and levels, and what rests on one of them alone."""

import asyncio

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.clients.service import ids_in
from gateway.html import page
from gateway.lookback import times_of
from gateway.pages.holdings import names, things_by_id

# The area's pages of one contact are in contacts.py; this module comes before it, so that
# "broar" is never taken for a contact.
area = Area("contacts")


@area.show("/kontakter/broar", "bridges")
async def who_bridges(request: Request, house: Services) -> Response:
    """By the contacts of the twelve months up to today, or to the day asked for."""
    actors, look = house.actors, times_of(request)
    found = await actors.get("/contacts/bridges", **look.times)
    bridges = found["bridges"]
    posts, sides = await asyncio.gather(
        things_by_id(
            actors.posts, ids_in([one["post_id"] for one in found["builders"]]), look.times
        ),
        things_by_id(
            actors.actors, ids_in(*([one["our_actor_id"], one["actor_id"]] for one in bridges))
        ),
    )
    return page(request, "contacts/bridges.html", found=found, posts=posts, called=names(sides))
