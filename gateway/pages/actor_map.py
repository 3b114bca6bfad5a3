"""The map of actors: how many of the list's selection have their place in each municipality."""

from dataclasses import dataclass

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.misread import asked_of, demand_known, misread
from gateway.pages import actors
from gateway.pages.council_parts import in_council
from gateway.pages.listing import Shown, wanted
from services.kit.errors import Malformed

area = Area("actors")


@dataclass(frozen=True)
class Counted(Shown):
    """How many of the selection there are in each municipality."""

    counts: dict[str | None, int]


@area.show("/aktorer/karta", "map")
async def show_map(request: Request, house: Services) -> Response:
    """The same filters as the list, a number for each municipality."""
    return await actors.selection(request, house, "map", _counted(request, house))


async def _counted(request: Request, house: House) -> Counted:
    """One question to the service; where a filter cannot be read nobody is counted."""
    form = asked_of(request)
    demand_known(request, form, {*actors.FILTERS, *actors.OF_COUNCIL})
    query = wanted(request, actors.FILTERS) | await in_council(request, house)
    query.pop("sort", None)
    try:
        found = (await house.actors.get("/actors/municipality-counts", **query))["items"]
    except Malformed as problem:
        form.blame(problem)
    if form.wrong:
        misread(request, form)
        found = []
    counts = {one["municipality_code"]: one["actors"] for one in found}
    return Counted(form, found, 1, more=False, total=sum(counts.values()), counts=counts)
