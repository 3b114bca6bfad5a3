"""What stands beside a council: whose the seats are by now, its clock, and its later meetings."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from gateway.clients.house import House
from gateway.clients.service import Found, Listing, ids_in
from gateway.forms import Form
from gateway.pages.holdings import things_by_id
from gateway.swedish.problems import sentence
from services.councils.contract.council import CouncilDraft
from services.councils.contract.meeting import MeetingStatus
from services.councils.contract.need import OPEN_NEEDS
from services.kit.errors import NotFound, Unavailable


async def heirs_of(house: House, seats: list[Found]) -> dict[str, Found]:
    """The actors that those who sit are a part of by now, where they were merged."""
    sitting = ids_in([seat["actor_id"] for seat in seats])
    try:
        known = await things_by_id(house.actors.actors, sitting) if seats else {}
    except Unavailable:
        return {}
    return {one: actor for one, actor in known.items() if actor["id"] != one}


async def clock_of(house: House, council: dict[str, Any]) -> Any:
    """How long the fast track took so far; nothing for other councils."""
    if council["kind"] != "temporary_council":
        return None
    try:
        return await house.councils.get(f"/councils/{council['id']}/clock")
    except NotFound:
        return None


async def with_signals(house: House, council: Found, needs: Listing, time: Any) -> Listing:
    """A council's needs, before them the one that it was convened for where that is another's."""
    if not time or time["need_id"] in {one["id"] for one in needs.items}:
        return needs
    found = await house.councils.needs.list(id=time["need_id"])
    first = [one for one in found.items if one["council_id"] != council["id"]]
    return replace(needs, items=first + needs.items, count=(needs.count or 0) + len(first))


async def living_needs(house: House, council: Found, needs: Listing) -> Listing:
    """A council's open needs, with the one that it was convened for while that is open."""
    known = await with_signals(house, council, needs, await clock_of(house, council))
    return known if known.items and known.items[0]["status"] in OPEN_NEEDS else needs


async def met_later(house: House, id: str, form: Form[CouncilDraft]) -> Listing | None:
    """The meetings for whose sake a council may not end on a day; None where it may."""
    if form.wrong.get("ends_on") != sentence("meets_later", "ends_on"):
        return None
    since = date.fromisoformat(form.value("ends_on").strip()) + timedelta(days=1)
    return await house.councils.meetings.list(
        council_id=id, status=[MeetingStatus.planned, MeetingStatus.held], starts_from=since,
        sort="starts_at", limit=50, count="true",
    )  # fmt: skip
