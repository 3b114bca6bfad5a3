"""Decisions: one decision with what it rests on."""

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.clients.service import ids_in
from gateway.html import page
from gateway.pages import choices

area = Area("decisions")


@area.show("/beslut/{id}", "show")
async def show_decision(request: Request, house: Services, id: str) -> Response:
    """One decision."""
    decision, initiatives = await house.councils.batch(
        house.councils.decisions.at(id),
        house.councils.initiatives.asked(decision_id=id, limit=50),
    )
    wanted = ids_in(
        decision["council_id"], decision["meeting_id"], decision["owner_post_id"],
        decision["need_ids"], decision["supersedes_id"], decision["superseded_by_id"],
    )  # fmt: skip
    labels = await house.analysis.labels(wanted)
    return page(
        request, "meetings/decision.html", decision=decision, initiatives=initiatives["items"],
        labels=labels, name=choices.name_in,
    )  # fmt: skip
