"""The red thread over everything: where it holds, and where it is broken."""

import asyncio

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import page
from gateway.pages import choices
from gateway.pages.breaks import SENTENCES, shown_breaks
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import listed
from gateway.pages.thread_steps import steps_of
from services.kit.errors import Forbidden, Unavailable

area = Area("thread")
FILTERS = ("council_id", "municipality_code", "broken")


@area.show("/roda-traden", "list")
async def list_threads(request: Request, house: Services) -> Response:
    """Every need's thread with its breaks."""
    shown, councils, municipalities = await asyncio.gather(
        listed(request, house.analysis.threads, FILTERS),
        choices.options(house.councils.councils, "name"),
        choices.municipalities(request),
    )
    outcomes = await _outcomes_in(house, shown.rows)
    rows = [
        row | {"drawn": steps_of(row, outcomes), "breaks": shown_breaks(row["breaks"])}
        for row in shown.rows
    ]
    return page(
        request, "thread/list.html", shown=shown, rows=rows, councils=councils,
        municipalities=municipalities, sentences=SENTENCES,
    )  # fmt: skip


async def _outcomes_in(house: House, threads: list[Found]) -> list[Found]:
    """The outcomes of some threads; none where councils is away."""
    steps = (step for thread in threads for step in thread["steps"])
    ids = ids_in([step["thing"]["id"] for step in steps if step["stage"] == "outcome"])
    try:
        return list((await things_by_id(house.councils.outcomes, ids)).values())
    except (Forbidden, Unavailable):
        return []
