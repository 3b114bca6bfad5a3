"""Work without a mandate: active councils for which nobody has one that is in force today."""

import asyncio
from collections.abc import Iterable

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import page
from gateway.lookback import Lookback, times_of
from services.actors.contract.mandate import HOLDERS
from services.kit import clock
from services.kit.errors import Unavailable

area = Area("mandates")


def without_mandate(councils: Iterable[Found], mandates: Iterable[Found]) -> list[Found]:
    """Those where neither the council, nor who leads it, nor its process leader holds one."""
    holders = set(ids_in(*([one[name] for name in HOLDERS] for one in mandates)))
    return [council for council in councils if holders.isdisjoint(_led_by(council))]


def _led_by(council: Found) -> list[str]:
    leads = (council["id"], council["process_leader_post_id"])
    return ids_in(leads, council["leader_actor_ids"])


@area.show("/arbete-utan-mandat", "without")
async def show_work(request: Request, house: Services) -> Response:
    """The councils, with who leads each; None where a service is away."""
    found = await _found(house, times_of(request))
    wanted = ids_in(
        *(one["leader_actor_ids"] for one in found or ()),
        [one["process_leader_post_id"] for one in found or ()],
    )
    labels = await house.analysis.labels(wanted)
    return page(request, "mandates/without.html", councils=found, labels=labels)


async def _found(house: House, look: Lookback) -> list[Found] | None:
    then = {"as_of": clock.today()} | look.times
    try:
        councils, mandates = await asyncio.gather(
            house.councils.councils.whole(sort="name", phase="active", **look.times),
            house.actors.mandates.whole(sort="valid_from", **then),
        )
    except Unavailable:
        return None
    return without_mandate(councils, mandates)
