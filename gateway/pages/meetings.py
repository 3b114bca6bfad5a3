"""Meetings: agenda, who came, minutes, decisions and what somebody will do."""

import asyncio
from datetime import date
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.pages import choices, invitations, post_choices, verdict_basis
from gateway.pages.attendance import rows_of
from gateway.pages.known_names import labels_then
from gateway.pages.listing import files, listed
from gateway.pages.minutes import told_at, told_of
from gateway.pages.saving import saved
from gateway.pages.standing_items import taken_up
from gateway.swedish import clock_of
from services.councils.contract import meeting as codes
from services.councils.contract.decision import (
    BasisKind,
    DecisionDraft,
)
from services.councils.contract.meeting import (
    MeetingDraft,
    MinutesApproval,
)
from services.councils.contract.need import LIVING_NEEDS
from services.kit import clock
from services.kit.errors import NotFound

area = Area("meetings")
FILTERS = (
    "council_id", "status", "called", "undelivered", "minutes_state", "starts_from", "starts_until",
)  # fmt: skip


@area.show("/moten", "list")
async def list_meetings(request: Request, house: Services) -> Response:
    """All meetings: the coming ones, the nearest first, then the past ones from the latest back."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.meetings, FILTERS, sort="nearness"),
        choices.options(house.councils.councils, "name"),
    )
    return page(
        request, "meetings/list.html", shown=shown, councils=councils, names=dict(councils),
        codes=codes,
    )  # fmt: skip


files(area, "/moten", lambda house: house.councils.meetings, FILTERS)


@area.begin("/moten/nytt", "new")
async def new_meeting(request: Request, house: Services) -> Response:
    """When and where."""
    form = Form.begun(request, MeetingDraft, council_id=request.query_params.get("council_id"))
    if closed := await choices.closed_council(house, form):
        return page(request, "councils/is_closed.html", council=closed, what="Nytt möte")
    return await _form_page(request, house, form)


@area.take("/moten/nytt", "new")
async def call_meeting(request: Request, house: Services) -> Response:
    """Store the meeting."""
    form = await Form.posted(request, MeetingDraft)
    made = await saved(form, house.councils.meetings.make(form.sent, once=form.once))
    if made:
        return go(request, "meetings.show", id=made["id"], notice="Mötet är sparat.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[Any],
    *,
    status: int = 200,
    meeting: dict[str, Any] | None = None,
) -> Response:
    councils = await choices.councils(house, form.value("council_id"))
    return page(
        request, "meetings/form.html", status=status, form=form, meeting=meeting, councils=councils
    )


@area.show("/moten/{id}/andra", "edit")
async def edit_meeting(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored, while the minutes are not approved."""
    meeting = await house.councils.meetings.one(id)
    if said := choices.locked(meeting):
        return go(request, "meetings.show", id=id, notice=said)
    return await _form_page(request, house, Form.showing(MeetingDraft, meeting), meeting=meeting)


@area.take("/moten/{id}/andra", "edit")
async def revise_meeting(request: Request, house: Services, id: str) -> Response:
    """New values."""
    meeting = await house.councils.meetings.one(id)
    form = await Form.posted(request, MeetingDraft, kept=meeting)
    sending = house.councils.meetings.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "meetings.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, meeting=meeting)


@area.show("/moten/{id}.ics", "calendar")
async def calendar(house: Services, id: str) -> Response:
    """The meeting as a calendar file."""
    reply = await house.councils.send("GET", f"/meetings/{id}/ical")
    if reply.status != 200:  # noqa: PLR2004
        raise NotFound("there is no such meeting")
    place = {"Content-Disposition": 'attachment; filename="mote.ics"', "Cache-Control": "no-store"}
    return Response(reply.body, 200, place, "text/calendar")


@area.show("/moten/{id}", "show")
async def show_meeting(request: Request, house: Services, id: str) -> Response:
    """One meeting with everything in it."""
    return await _show(request, house, id)


async def _show(
    request: Request, house: House, id: str, sent: Form[Any] | None = None, *, status: int = 200
) -> Response:
    councils = house.councils
    meeting = await councils.meetings.one(id)
    # Of approved minutes who came, and what everything is called, stay as they were.
    whose, then = {"council_id": meeting["council_id"]}, told_at(meeting)
    council, agenda, decisions, actions, open_items, attendances, *rest = await councils.whole(
        councils.councils.at(meeting["council_id"]),
        councils.agenda_items.asked(meeting_id=id, sort="position", limit=100),
        councils.decisions.asked(meeting_id=id, limit=100),
        councils.action_items.asked(meeting_id=id, limit=100),
        councils.meetings.at(id, "/open-action-items"),
        councils.attendances.asked(meeting_id=id, limit=200),
        councils.seats.asked(**whose, limit=200, **then.known),
        councils.needs.asked(**whose, limit=choices.MOST, sort="statement"),
        councils.session_plans.asked(meeting_id=id, limit=1),
        *invitations.asked(visitor_of(request), councils, id),
    )
    seats, needs, plans, *letters = rest
    wanted = ids_in(
        meeting["council_id"], meeting["approved_by_post_id"],
        [seat["actor_id"] for seat in seats["items"]], [s["post_id"] for s in seats["items"]],
        [item["actor_id"] for item in attendances["items"]],
        [letter["person_id"] for part in letters for letter in part["items"]],
        [item["owner_post_id"] for item in (*actions["items"], *open_items["items"])],
        [one for item in agenda["items"] for one in item["need_ids"]],
    )  # fmt: skip
    form = sent or _begun(request, meeting, agenda["items"])
    form.at = "decision"
    chosen = form.chosen("need_ids")
    labels, posts, offered = await asyncio.gather(
        labels_then(house, wanted, then),
        post_choices.posts(house, form),
        _needs(house, needs["items"], agenda["items"], ids_in(chosen)),
    )
    return page(
        request,
        "meetings/show.html",
        status=status,
        meeting=meeting,
        agenda=agenda["items"],
        decisions=decisions["items"],
        actions=actions["items"],
        open_items=open_items["items"],
        rows=rows_of(meeting, seats["items"], attendances["items"], labels),
        letters=invitations.newest(letters, seats["items"]),
        needs=offered,
        items=[(item["id"], item["title"]) for item in agenda["items"]],
        plan=next(iter(plans["items"]), None),
        taken=await taken_up(house, meeting, agenda["items"]),
        labels=labels,
        posts=posts,
        name=choices.name_in,
        basis_kinds=BasisKind,
        judged=await verdict_basis.told(house, chosen),
        today=clock.today(),
        locked=meeting["minutes_state"] == "approved",
        closed=council["closed_on"] is not None,
        convened=_day_of(meeting) <= clock.today(),
        form=form,
    )


async def _needs(
    house: House, own: list[Found], agenda: list[Found], sent: list[str]
) -> choices.Options:
    """The council's living needs, those on the agenda that are another's, and what was chosen."""
    living = [(need["id"], need["statement"]) for need in own if need["status"] in LIVING_NEEDS]
    named = {one for item in agenda for one in item["need_ids"]} - {need["id"] for need in own}
    return await choices.with_needs(house, living, sent, named)


def _begun(request: Request, meeting: Found, agenda: list[Found]) -> Form[DecisionDraft]:
    """An empty decision of the meeting's day; perhaps begun at a point of its agenda."""
    at = request.query_params.get("agenda_item_id")
    point = next((item for item in agenda if item["id"] == at), None)
    begun = {"agenda_item_id": at, "need_ids": point["need_ids"]} if point else {}
    return Form.empty(DecisionDraft, decided_on=_day_of(meeting), **begun)


def _day_of(meeting: Found) -> date:
    """The day of a meeting in Sweden: nothing is decided there before it."""
    return clock_of(meeting["starts_at"]).date()


@area.take("/moten/{id}/beslut", "decide")
async def decide(request: Request, house: Services, id: str) -> Response:
    """Write a decision."""
    meeting = await house.councils.meetings.one(id)
    of = {"meeting_id": id, "council_id": meeting["council_id"]}
    form = await verdict_basis.posted(request, house, **of)
    if await saved(form, house.councils.decisions.make(form.sent, once=form.once)):
        return go(request, "meetings.show", id=id, notice="Beslutet är sparat.")
    return await _show(request, house, id, form, status=422)


@area.show("/moten/{id}/justera", "approve")
async def ask_approve(request: Request, house: Services, id: str) -> Response:
    """Who approves the minutes, and when; they are locked then."""
    return await _approve_page(
        request, house, id, Form.empty(MinutesApproval, approved_on=clock.today())
    )


@area.take("/moten/{id}/justera", "approve")
async def approve(request: Request, house: Services, id: str) -> Response:
    """Approved and locked."""
    form = await Form.posted(request, MinutesApproval)
    sending = house.councils.meetings.act(id, "approve", form.sent, once=form.once)
    if await saved(form, sending):
        said = "Protokollet är justerat och låst."
        return go(request, "meetings.show", id=id, notice=said)
    return await _approve_page(request, house, id, form, status=422)


async def _approve_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    (minutes, told), posts = await asyncio.gather(
        told_of(house, id, demanded=False), post_choices.posts(house, form)
    )
    if said := choices.locked(minutes.meeting):
        return go(request, "meetings.show", id=id, notice=said)
    posts = await post_choices.seated_first(house, minutes.meeting["council_id"], posts)
    return page(
        request, "meetings/approve.html", status=status, form=form, meeting=minutes.meeting,
        told=told, mark=minutes.mark, posts=posts,
    )  # fmt: skip
