"""Attendance: who comes to a meeting, and who was there.

A page of its own: its buttons would throw away what is being written on the meeting's.
"""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.saving import saved
from gateway.swedish import clock_of
from services.councils.contract.meeting import AttendanceDraft, MinutesState
from services.kit import clock

area = Area("meetings")
MOST = 200


@area.show("/moten/{id}/narvaro", "attend")
async def ask_attendance(request: Request, house: Services, id: str) -> Response:
    """Every seat of the council, with what is known of it."""
    return await _page(request, house, id, Form.empty(AttendanceDraft))


@area.take("/moten/{id}/narvaro", "attend")
async def attend(request: Request, house: Services, id: str) -> Response:
    """Somebody came, or did not."""
    form = await Form.posted(request, AttendanceDraft, meeting_id=id)
    if form.draft:
        things = house.councils.attendances
        known = await things.whole(sort="created_at", meeting_id=id)
        old = next((one for one in known if one["seat_id"] == str(form.draft.seat_id)), None)
        if old:
            sending = things.replace(old["id"], form.draft, version=old["version"])
        else:
            sending = things.make(form.draft, once=form.once)
        if await saved(form, sending):
            return go(request, "meetings.attend", id=id, notice="Närvaron är sparad.")
    return await _page(request, house, id, form, status=422)


async def _page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    meeting, known = await asyncio.gather(
        house.councils.meetings.one(id),
        house.councils.attendances.whole(sort="created_at", meeting_id=id),
    )
    seats = await house.councils.seats.list(council_id=meeting["council_id"], limit=MOST)
    labels = await house.analysis.labels(ids_in([seat["actor_id"] for seat in seats.items]))
    return page(
        request, "meetings/attendance.html", status=status, form=form, meeting=meeting,
        seats=seats.items, attendances={one["seat_id"]: one for one in known}, labels=labels,
        name=choices.name_in, locked=meeting["minutes_state"] == MinutesState.approved,
        convened=clock_of(meeting["starts_at"]).date() <= clock.today(),
    )  # fmt: skip
