"""Agendas: a point with its minutes, and a need put before a council's coming meeting."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices, need_choices
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from services.councils.contract.meeting import (
    AgendaItemDraft,
    AgendaKind,
    MeetingDraft,
    MeetingStatus,
)
from services.kit import clock

area = Area("agenda")
LONGEST_TITLE = 200


@area.show("/dagordning/{id}", "item")
async def edit_item(request: Request, house: Services, id: str) -> Response:
    """A point and its minutes, while they are not approved."""
    item = await house.councils.agenda_items.one(id)
    if said := choices.locked(item):
        return go(request, "meetings.show", id=item["meeting_id"], notice=said)
    return await _item_page(request, house, item, Form.showing(AgendaItemDraft, item))


@area.take("/dagordning/{id}", "item")
async def revise_item(request: Request, house: Services, id: str) -> Response:
    """Save the point and its minutes."""
    item = await house.councils.agenda_items.one(id)
    form = await Form.posted(request, AgendaItemDraft, kept=item)
    sending = house.councils.agenda_items.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "meetings.show", id=item["meeting_id"], notice="Punkten är sparad.")
    return await _item_page(request, house, item, form, status=422)


async def _item_page(
    request: Request, house: House, item: Found, form: Form[Any], *, status: int = 200
) -> Response:
    needs = await need_choices.needs(house, form)
    return page(request, "meetings/item.html", status=status, form=form, item=item, needs=needs)


asks_first(
    area, "/dagordning/{id}/ta-bort", "remove", lambda house: house.councils.agenda_items,
    AgendaItemDraft, what="punkten", told=("title", "minutes"), back="agenda.item",
)  # fmt: skip


@area.take("/dagordning/{id}/ta-bort", "remove")
async def remove_item(request: Request, house: Services, id: str) -> Response:
    """It is not on the agenda any more, and what was noted at it is gone with it."""
    item = await house.councils.agenda_items.one(id)
    form = await Form.received(request, AgendaItemDraft)
    removing = house.councils.agenda_items.remove(id, version=form.version)
    held = "Punkten står kvar: ett beslut är fattat vid den, eller protokollet är justerat."
    away, said = await taken_away(removing, "Punkten", held=held)
    if away:
        return go(request, "meetings.show", id=item["meeting_id"], notice=said)
    return go(request, "agenda.item", id=id, notice=said)


@area.show("/behov/{id}/mote", "put_need")
async def ask_meeting(request: Request, house: Services, id: str) -> Response:
    """The coming meetings that may take up a need; a form for a new one."""
    need = await house.councils.needs.one(id)
    return await _put_page(request, house, need)


@area.take("/behov/{id}/mote", "put_need")
async def put_need(request: Request, house: Services, id: str) -> Response:
    """The need is on the meeting's agenda, to be decided."""
    need = await house.councils.needs.one(id)
    form = await Form.posted(request, AgendaItemDraft, kind=AgendaKind.decision, need_ids=[id])
    sending = house.councils.agenda_items.make(form.sent, once=form.once)
    if made := await saved(form, sending):
        return _put(request, made["meeting_id"])
    return await _put_page(request, house, need, point=form)


def _put(request: Request, meeting_id: str) -> Response:
    return go(request, "meetings.show", id=meeting_id, notice="Behovet står på dagordningen.")


@area.take("/behov/{id}/mote/nytt", "call_for_need")
async def call_for_need(request: Request, house: Services, id: str) -> Response:
    """A new meeting with the need on its agenda."""
    need = await house.councils.needs.one(id)
    council = {"council_id": need["council_id"]} if need["council_id"] else {}
    form = await Form.posted(request, MeetingDraft, **council)
    made = await saved(form, house.councils.meetings.make(form.sent, once=form.once))
    if made:
        point = _point(need) | {"meeting_id": made["id"], "kind": AgendaKind.decision}
        await house.councils.agenda_items.make(point, once=f"{form.once}-point")
        return _put(request, made["id"])
    return await _put_page(request, house, need, meeting=form)


def _point(need: Found) -> Found:
    return {"title": need["statement"][:LONGEST_TITLE], "need_ids": [need["id"]]}


async def _put_page(
    request: Request,
    house: House,
    need: Found,
    *,
    point: Form[Any] | None = None,
    meeting: Form[Any] | None = None,
) -> Response:
    """The council's coming meetings; all councils' where the need has none."""
    councils = dict(await choices.councils(house))
    planned, taken = await asyncio.gather(
        house.councils.meetings.whole(
            sort="starts_at", council_id=need["council_id"],
            status=MeetingStatus.planned.value, starts_from=clock.today(),
        ),
        house.councils.agenda_items.whole(sort="position", need_id=need["id"]),
    )  # fmt: skip
    there = {item["meeting_id"] for item in taken}
    coming = [one for one in planned if one["id"] not in there]
    first = coming[0]["id"] if coming else None
    failed = bool(point or meeting)
    point = point or Form.empty(AgendaItemDraft, **_point(need), meeting_id=first)
    meeting = meeting or Form.empty(MeetingDraft, title="Rådsmöte")
    meeting.at = "meeting"
    return page(
        request, "needs/put.html", status=422 if failed else 200, need=need, point=point,
        meeting=meeting, coming=_named(coming, councils, need["council_id"]), councils=councils,
        there=[one for one in planned if one["id"] in there],
    )  # fmt: skip


def _named(
    meetings: list[Found], councils: dict[str, str], council_id: str | None
) -> choices.Options:
    """Meetings to choose from; each says its council where they are of several."""
    options = choices.meetings(meetings)
    if council_id:
        return options
    return [
        (one["id"], f"{councils.get(one['council_id'], 'Ett råd')}: {text}")
        for one, (_, text) in zip(meetings, options, strict=True)
    ]
