"""Snapshots: what a register said row by row, and fetching it anew."""

import asyncio

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.html import go, page
from gateway.pages.listing import SIZE, number_of
from services.kit.errors import Conflict

area = Area("snapshots")


@area.take("/analys/kallor/{id}/hamta", "fetch")
async def fetch(request: Request, house: Services, id: str) -> Response:
    """Ask for a source to be fetched now; its page tells how it goes."""
    try:
        await house.analysis.sources.act(id, "fetch")
        said = "Källan hämtas. Den senaste ögonblicksbilden gäller tills hämtningen har lyckats."
    except Conflict:
        said = "Källan hämtas inte: dess filer läses in."
    return go(request, "analysis.source", id=id, notice=said)


@area.show("/analys/register", "list")
async def list_registers(request: Request, house: Services) -> Response:
    """Registers that are known, and which of them are sources here."""
    found = await house.analysis.registers.list()
    return page(request, "analysis/registers.html", registers=found.items)


@area.take("/analys/register/{key}/lagg-till", "add")
async def add(request: Request, house: Services, key: str) -> Response:
    """A known register becomes a source; its page says how it is fetched."""
    source = await house.analysis.registers.act(key, "describe")
    said = "Registret är en källa nu. Välj Hämta nu för att få den första ögonblicksbilden."
    return go(request, "analysis.source", id=source["id"], notice=said)


@area.show("/analys/ogonblicksbilder/{id}", "show")
async def show_rows(request: Request, house: Services, id: str) -> Response:
    """A snapshot's rows, a page of them at a time."""
    number, analysis = number_of(request), house.analysis
    snapshot, told = await asyncio.gather(
        analysis.snapshots.one(id), analysis.get(f"/snapshots/{id}/rows", page=number, limit=SIZE)
    )
    source = await analysis.sources.one(snapshot["source_id"])
    return page(
        request, "analysis/snapshot.html", snapshot=snapshot, source=source, told=told,
        number=number,
    )  # fmt: skip
