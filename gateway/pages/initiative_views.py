"""What the list of initiatives, the board and the timeline have in common: what they are narrowed
by, and what their filters offer."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request

from gateway.clients.house import House
from gateway.clients.service import Listing
from gateway.forms import Form
from gateway.misread import asked_of, demand_known, misread
from gateway.pages import actor_choices, choices
from gateway.pages.listing import wanted
from gateway.pages.sheets import Columns, amount, coded, named, yes_or_no
from services.councils.contract import initiative as codes
from services.kit.errors import Malformed

NARROWED = (
    "status", "kind", "horizon", "council_id", "lead_actor_id", "ends_to", "owner_post_id",
    "equality_check_lacking",
)  # fmt: skip
# The same list as a file.
COLUMNS: Columns = (
    ("Initiativ", "title"), ("Typ", "kind", coded("InitiativeKind")),
    ("Läge", "status", coded("InitiativeStatus")), ("Horisont", "horizon", coded("Horizon")),
    ("Behov", "need_ids", named), ("Leds av", "lead_actor_id", named),
    ("Andra aktörer", "partners", lambda found, names: [
        f"{named(one['actor_id'], names)}: {one['part']}" for one in found]),
    ("Ansvarig befattning", "owner_post_id", named), ("Branschråd", "council_id", named),
    ("Beslut till grund", "decision_id", named), ("Börjar", "starts_on"), ("Slutar", "ends_on"),
    ("Beslutat", "decided_on"), ("Startade", "started_on"), ("Avslutades", "closed_on"),
    ("Skäl", "closing_reason"), ("Budget", "budget", amount), ("Utfall", "actual", amount),
    ("Avvikelse", "variance", amount), ("Steg", "step_count"), ("Öppna steg", "open_step_count"),
    ("Nästa steg", "next_due_on"), ("Resultat", "outcome_count"),
    ("Anställda", "persons_employed"), ("Målgrupp", "audience"), ("Väntat resultat", "effect"),
    ("Källa", "source"), ("Exempel", "example", yes_or_no),
)  # fmt: skip


async def offered(request: Request, house: House) -> dict[str, Any]:
    """What the filters of all three offer."""
    councils, actors, owners = await asyncio.gather(
        choices.options(house.councils.councils, "name"),
        actor_choices.actors(house, Form.asked(request)),
        choices.chosen(house, request.query_params.get("owner_post_id", "")),
    )
    told = {"councils": councils, "actors": actors, "owners": owners}
    return told | {"codes": codes, "name": choices.name_in}


async def parts(
    request: Request, house: House, asked: Sequence[Mapping[str, object]], *, also: Sequence[str]
) -> tuple[Form[Any], list[Listing]]:
    """Several parts of the same narrowed list in one call; empty where a filter cannot be read.

    `also`: what the page itself reads in the address.
    """
    form = asked_of(request)
    demand_known(request, form, {*NARROWED, *also})
    query, initiatives = wanted(request, NARROWED), house.councils.initiatives
    query.pop("sort", None)  # of the list: each part here has an order of its own
    try:
        bodies = await house.councils.batch(
            *(initiatives.asked(**{**query, **one}, count="true") for one in asked)
        )
        found = [Listing.of(body) for body in bodies]
    except Malformed as problem:
        form.blame(problem)
    if form.wrong:
        misread(request, form)
        found = [Listing([], more=False, count=0) for _ in asked]
    return form, found
