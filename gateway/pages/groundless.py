"""Groundless: joinings on their way whose need is over or whose actor has left, each with which."""

import asyncio
from collections.abc import Iterable

from fastapi import Request

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.html import visitor_of
from gateway.lookback import times_of
from gateway.pages.holdings import things_by_id
from gateway.whom import staff
from services.actors.contract.actor import GONE
from services.kit.errors import Forbidden, Unavailable

OVER = {"met": "Behovet är tillgodosett.", "dropped": "Behovet är avskrivet."}
REMOVED, LEFT = "Behovet är borttaget.", "Aktören har lämnat samverkan."


async def groundless(request: Request, house: House, joinings: Iterable[Found]) -> dict[str, str]:
    """What each no longer stands on, by its id; nothing of what was, or where nobody can say."""
    on_way = [] if times_of(request).active else [one for one in joinings if one["open"]]
    if not on_way:
        return {}
    needs, actors = await asyncio.gather(
        _by_id(house.councils.needs, [one["need_id"] for one in on_way]),
        _by_id(house.actors.actors, [one["actor_id"] for one in on_way]),
    )
    # Who sees some needs only cannot tell a hidden one from one that is gone.
    gone = REMOVED if staff(visitor_of(request)) else ""
    found = {one["id"]: _lost(one, needs, actors, gone) for one in on_way}
    return {one: lost for one, lost in found.items() if lost}


def _lost(
    one: Found, needs: dict[str, Found] | None, actors: dict[str, Found] | None, gone: str
) -> str:
    actor = (actors or {}).get(one["actor_id"])
    if needs is not None:
        need = needs.get(one["need_id"])
        if said := OVER.get(need["status"], "") if need else gone:
            return said
    return LEFT if actor and actor["status"] in GONE else ""


async def _by_id(things: object, ids: list[str]) -> dict[str, Found] | None:
    try:
        return await things_by_id(things, ids_in(ids))
    except (Forbidden, Unavailable):
        return None
