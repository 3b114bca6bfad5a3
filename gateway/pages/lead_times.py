"""Lead times: how long things have in fact taken, so that nobody promises what never was."""

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.html import page
from gateway.lookback import times_of
from gateway.swedish.lead_times import taken

area = Area("lead_times")


@area.show("/ledtider", "list")
async def show_lead_times(request: Request, house: Services) -> Response:
    """Everything that is timed, up to today or the day asked for."""
    found = await house.actors.get("/lead-times", **times_of(request).times)
    rows = [(row, taken(row)) for row in found["items"]]
    return page(request, "leadership/lead_times.html", rows=rows)
