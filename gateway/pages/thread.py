"""The red thread over everything: where it holds, and where it is broken."""

import asyncio

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.html import page
from gateway.pages import choices
from gateway.pages.breaks import SENTENCES, shown_breaks
from gateway.pages.listing import listed
from gateway.pages.thread_steps import steps_of

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
    rows = [
        row | {"drawn": steps_of(row), "breaks": shown_breaks(row["breaks"])} for row in shown.rows
    ]
    return page(
        request, "thread/list.html", shown=shown, rows=rows, councils=councils,
        municipalities=municipalities, sentences=SENTENCES,
    )  # fmt: skip
