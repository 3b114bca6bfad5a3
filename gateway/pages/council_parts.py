"""The part that actors play in a council, as a filter: who leads it and who sits in it."""

from typing import Any

from fastapi import Request

from gateway.clients.house import House
from gateway.clients.service import ids_in
from gateway.misread import demand_choice
from services.kit import clock
from services.kit.errors import Malformed

NOBODY = "00000000-0000-0000-0000-000000000000"
MOST = 200
PARTS = ("leads", "sits")


async def in_council(request: Request, house: House) -> dict[str, Any]:
    """The actors of the council asked for on the day asked for, by id; a part alone: of any."""
    said = request.query_params
    council, part = said.get("council_id"), demand_choice(request, "council_part", PARTS)
    if not (council or part):
        return {}
    councils, day = house.councils, said.get("as_of") or clock.today()
    try:
        led, seats = await councils.whole(
            councils.councils.asked(id=council, as_of=day),
            councils.seats.asked(council_id=council, as_of=day, limit=MOST),
        )
    except Malformed:
        return {"id": [NOBODY]}
    leaders = [] if part == "sits" else [one["leader_actor_ids"] for one in led["items"]]
    seated = [] if part == "leads" else [seat["actor_id"] for seat in seats["items"]]
    return {"id": ids_in(*leaders, seated) or [NOBODY]}
