"""Standing items: what every meeting of a council has on its agenda, and what is taken up there."""

import asyncio
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.carried_issues import Carried, carried_of
from gateway.pages.holdings import MOST, things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved, taken_away
from services.councils.contract.meeting import AgendaKind
from services.councils.contract.standing_item import StandingItemDraft
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

area = Area("standing_items")
FILTERS = ("council_id", "kind", "takes_carried_issues", "in_force")
HELD = "Möten har haft punkten. Ge den ett slutdatum i stället, så att det finns kvar."


class TakenUp(NamedTuple):
    """At which points of an agenda carried issues are taken up, and those that wait there."""

    points: frozenset[str]
    carried: Carried | None


@area.show("/staende-punkter", "list")
async def list_items(request: Request, house: Services) -> Response:
    """All standing items, narrowed by the filters, by title."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.standing_items, FILTERS),
        choices.options(house.councils.councils, "name"),
    )
    return page(
        request, "standing_items/list.html", shown=shown, councils=councils,
        called=dict(councils), kinds=AgendaKind,
    )  # fmt: skip


files(area, "/staende-punkter", lambda house: house.councils.standing_items, FILTERS)


@area.begin("/staende-punkter/ny", "new")
async def new_item(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a council."""
    council = request.query_params.get("council_id") or None
    begun = {"council_id": council, "valid_from": clock.today()}
    return await _form_page(request, house, Form.begun(request, StandingItemDraft, **begun))


@area.take("/staende-punkter/ny", "new")
async def make_item(request: Request, house: Services) -> Response:
    """Store it; the coming meetings have it."""
    form = await Form.posted(request, StandingItemDraft)
    made = await saved(form, house.councils.standing_items.make(form.sent, once=form.once))
    if made:
        said = "Punkten är sparad och står på rådets kommande möten."
        return go(request, "standing_items.show", id=made["id"], notice=said)
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[StandingItemDraft],
    *,
    status: int = 200,
    item: Found | None = None,
) -> Response:
    chosen = form.value("council_id")
    councils, labels = await asyncio.gather(
        choices.councils(house, chosen), house.analysis.labels([chosen] if item else [])
    )
    return page(
        request, "standing_items/form.html", status=status, form=form, item=item,
        councils=councils, labels=labels,
    )  # fmt: skip


@area.show("/staende-punkter/{id}", "show")
async def show_item(request: Request, house: Services, id: str) -> Response:
    """One standing item: whose it is, which meetings have had it, and what waits to be taken up."""
    councils = house.councils
    item = await councils.standing_items.one(id)
    points = await councils.agenda_items.list(
        standing_item_id=id, sort="-created_at", limit=MOST, count="true"
    )
    meetings, labels, waiting = await asyncio.gather(
        things_by_id(councils.meetings, ids_in([one["meeting_id"] for one in points.items])),
        house.analysis.labels([item["council_id"]]),
        _waiting(house, item["council_id"], clock.today().isoformat()),
    )
    latest = sorted(meetings.values(), key=lambda one: str(one["starts_at"]), reverse=True)
    return page(
        request, "standing_items/show.html", item=item, meetings=latest, points=points,
        labels=labels, waiting=waiting if item["takes_carried_issues"] else None,
    )  # fmt: skip


async def _waiting(house: House, council_id: str, day: str) -> Carried | None:
    """What was carried to a council and had no answer by a day; None where nobody can say."""
    try:
        found = await house.actors.carried_issues.whole(
            to_council_id=council_id, answered="false", as_of=day
        )
    except (Forbidden, Unavailable):
        return None
    return await carried_of(house, found)


async def taken_up(house: House, meeting: Found, agenda: list[Found]) -> TakenUp:
    """What waits to be taken up at a meeting, on its day or today where that is to come."""
    standing = {one["standing_item_id"]: one["id"] for one in agenda if one["standing_item_id"]}
    if not standing:
        return TakenUp(frozenset(), None)
    items = await things_by_id(house.councils.standing_items, standing)
    points = frozenset(standing[key] for key, one in items.items() if one["takes_carried_issues"])
    if not points:
        return TakenUp(points, None)
    day = min(clock.today().isoformat(), str(meeting["starts_at"])[:10])
    return TakenUp(points, await _waiting(house, meeting["council_id"], day))


@area.show("/staende-punkter/{id}/andra", "edit")
async def edit_item(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    item = await house.councils.standing_items.one(id)
    return await _form_page(request, house, Form.showing(StandingItemDraft, item), item=item)


@area.take("/staende-punkter/{id}/andra", "edit")
async def revise_item(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    item = await house.councils.standing_items.one(id)
    form = await Form.posted(request, StandingItemDraft, kept=item)
    sending = house.councils.standing_items.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        said = "Ändringen är sparad. Kommande möten följer den."
        return go(request, "standing_items.show", id=id, notice=said)
    return await _form_page(request, house, form, status=422, item=item)


@area.show("/staende-punkter/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go: what meetings have had is given an end instead."""
    item = await house.councils.standing_items.one(id)
    form = Form.showing(StandingItemDraft, item)
    labels = await house.analysis.labels([item["council_id"]])
    return page(request, "standing_items/remove.html", form=form, item=item, labels=labels)


@area.take("/staende-punkter/{id}/ta-bort", "remove")
async def remove_item(request: Request, house: Services, id: str) -> Response:
    """It never was: it was written by mistake."""
    form: Form[Any] = await Form.posted(request, StandingItemDraft)
    removing = house.councils.standing_items.remove(id, version=form.version)
    away, said = await taken_away(removing, "Punkten", held=HELD)
    if away:
        return go(request, "standing_items.list", notice=said)
    return go(request, "standing_items.show", id=id, notice=said)
