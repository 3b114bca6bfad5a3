"""Series of meetings: planned by dates that are shown first, moved and cancelled together."""

import asyncio
from collections.abc import Coroutine
from datetime import date
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved
from gateway.swedish import clock_of
from gateway.swedish.rhythms import in_words
from services.councils.contract.meeting import MeetingStatus
from services.councils.contract.meeting_series import (
    MeetingSeriesCancelling,
    MeetingSeriesDraft,
    MeetingSeriesExtension,
    MeetingSeriesMove,
    Rhythm,
)
from services.kit import clock

area = Area("meeting_series")
FILTERS = ("council_id", "rhythm")


@area.show("/motesserier", "list")
async def list_series(request: Request, house: Services) -> Response:
    """All series, narrowed by the filters, by title."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.meeting_series, FILTERS),
        choices.options(house.councils.councils, "name"),
    )
    return page(
        request, "meeting_series/list.html", shown=shown, councils=councils,
        called=dict(councils), rhythms=Rhythm,
    )  # fmt: skip


files(area, "/motesserier", lambda house: house.councils.meeting_series, FILTERS)


@area.begin("/motesserier/ny", "new")
async def new_series(request: Request, house: Services) -> Response:
    """How often, from when until when."""
    council = request.query_params.get("council_id") or None
    form = Form.begun(request, MeetingSeriesDraft, council_id=council, rhythm=Rhythm.weeks, every=2)
    if closed := await choices.closed_council(house, form):
        return page(request, "councils/is_closed.html", council=closed, what="Ny mötesserie")
    return await _form_page(request, house, form)


@area.take("/motesserier/ny", "new")
async def plan_series(request: Request, house: Services) -> Response:
    """The days are shown first; what is struck there is left out when the meetings are made."""
    form = await Form.posted(request, MeetingSeriesDraft)
    asked = form.sent
    if "make" in form.had:
        made = await saved(form, house.councils.meeting_series.make(asked, once=form.once))
        if made:
            said = "Mötena är planerade."
            return go(request, "meeting_series.show", id=made["id"], notice=said)
        found = await _anew(form, house.councils.post("/meeting-series/days", asked))
        return await _form_page(request, house, form, status=422, found=found)
    found = await saved(form, house.councils.post("/meeting-series/days", asked))
    return await _form_page(request, house, form, status=200 if found else 422, found=found)


async def _anew(form: Form[Any], asking: Coroutine[Any, Any, Found]) -> Found | None:
    """The days as they would be now, where they are others than those that were shown."""
    if "mark" in form.wrong:
        found: Found | None = await saved(form, asking)
        return found
    asking.close()
    return None


async def _form_page(
    request: Request,
    house: House,
    form: Form[MeetingSeriesDraft],
    *,
    status: int = 200,
    found: Found | None = None,
) -> Response:
    councils = await choices.councils(house, form.value("council_id"))
    return page(
        request, "meeting_series/form.html", status=status, form=form, councils=councils,
        found=found, today=clock.today(),
    )  # fmt: skip


@area.show("/motesserier/{id}", "show")
async def show_series(request: Request, house: Services, id: str) -> Response:
    """What is to come, what was held, and what was cancelled or missed."""
    series, meetings = await _read(house, id)
    today = clock.today()
    parts: dict[str, list[Found]] = {"coming": [], "missed": [], "held": [], "cancelled": []}
    for meeting in meetings:
        over = clock_of(meeting["starts_at"]).date() < today
        planned = meeting["status"] == MeetingStatus.planned
        name = ("missed" if over else "coming") if planned else meeting["status"]
        parts[name].append(meeting)
    labels = await house.analysis.labels([series["council_id"]])
    return page(
        request, "meeting_series/show.html", series=series, parts=parts, labels=labels,
        name=choices.name_in, rhythm=in_words(series, _days_of(meetings)),
    )  # fmt: skip


def _days_of(meetings: list[Found]) -> list[date]:
    return [clock_of(one["starts_at"]).date() for one in meetings]


async def _read(house: House, id: str) -> tuple[Found, list[Found]]:
    councils = house.councils
    series, found = await councils.whole(
        councils.meeting_series.at(id),
        councils.meetings.asked(series_id=id, sort="starts_at", limit=200),
    )
    return series, found["items"]


@area.begin("/motesserier/{id}/forlang", "extend")
async def ask_extension(request: Request, house: Services, id: str) -> Response:
    """How many more, or until when; time and place are those of the last one."""
    series, meetings = await _read(house, id)
    form = Form.begun(request, MeetingSeriesExtension, **_when(meetings[-1:]))
    form.version = series["version"]
    return await _extend_page(request, house, series, form, meetings)


@area.take("/motesserier/{id}/forlang", "extend")
async def extend_series(request: Request, house: Services, id: str) -> Response:
    """The days are shown first; then the meetings are made, unless the series changed meanwhile."""
    things = house.councils.meeting_series
    series, meetings = await _read(house, id)
    form = await Form.posted(request, MeetingSeriesExtension, kept=series)
    asked = form.sent
    if "make" in form.had:
        sending = things.act(id, "extend", asked, once=form.once, version=form.version)
        if await saved(form, sending):
            return go(request, "meeting_series.show", id=id, notice="Mötena är planerade.")
        if found := await _anew(form, things.act(id, "extension-days", asked)):
            form.version = series["version"]
        return await _extend_page(request, house, series, form, meetings, status=422, found=found)
    found = await saved(form, things.act(id, "extension-days", asked))
    form.version, status = series["version"], 200 if found else 422
    return await _extend_page(request, house, series, form, meetings, status=status, found=found)


async def _extend_page(
    request: Request,
    house: House,
    series: Found,
    form: Form[MeetingSeriesExtension],
    meetings: list[Found],
    *,
    status: int = 200,
    found: Found | None = None,
) -> Response:
    council = await house.councils.councils.one(series["council_id"])
    if council["closed_on"]:
        return page(request, "councils/is_closed.html", council=council, what="Förläng serien")
    return page(
        request, "meeting_series/extend.html", status=status, series=series, form=form, found=found,
        today=clock.today(), rhythm=in_words(series, _days_of(meetings)), last=meetings[-1:],
    )  # fmt: skip


@area.show("/motesserier/{id}/andra", "move")
async def ask_move(request: Request, house: Services, id: str) -> Response:
    """Time and place of the first that is to come, to be changed for all from a day on."""
    series, meetings = await _read(house, id)
    first = request.query_params.get("from_on") or clock.today().isoformat()
    told = _when(_from(meetings, first))
    form = Form.begun(request, MeetingSeriesMove, from_on=first, shift_days=0, **told)
    return _move_page(request, series, form)


def _from(meetings: list[Found], first: str) -> list[Found]:
    """Those that are planned for a day or later."""
    planned = (one for one in meetings if one["status"] == MeetingStatus.planned)
    return [one for one in planned if clock_of(one["starts_at"]).date().isoformat() >= first]


def _when(meetings: list[Found]) -> Found:
    """When on its day, and where, the first of some meetings is, if there is one."""
    if not meetings:
        return {}
    one = meetings[0]
    times = {"from_time": one["starts_at"], "to_time": one["ends_at"]}
    told = {name: f"{clock_of(at):%H:%M}" for name, at in times.items() if at}
    return told | {"place": one["place"], "link": one["link"]}


@area.take("/motesserier/{id}/andra", "move")
async def move_series(request: Request, house: Services, id: str) -> Response:
    """The days are shown first; then what is to come has another time or place."""
    form = await Form.posted(request, MeetingSeriesMove)
    things, asked = house.councils.meeting_series, form.sent
    if "make" in form.had:
        if await saved(form, things.act(id, "move", asked, once=form.once)):
            said = "Tid och plats är ändrade för de kommande mötena."
            return go(request, "meeting_series.show", id=id, notice=said)
        found = await _anew(form, things.act(id, "days", asked))
        return _move_page(request, await things.one(id), form, status=422, found=found)
    found = await saved(form, things.act(id, "days", asked))
    series, status = await things.one(id), 200 if found else 422
    return _move_page(request, series, form, status=status, found=found)


def _move_page(
    request: Request,
    series: Found,
    form: Form[MeetingSeriesMove],
    *,
    status: int = 200,
    found: Found | None = None,
) -> Response:
    return page(
        request, "meeting_series/move.html", status=status, series=series, form=form, found=found,
        today=clock.today(),
    )  # fmt: skip


@area.show("/motesserier/{id}/stall-in", "cancel")
async def ask_cancel(request: Request, house: Services, id: str) -> Response:
    """Which day from, and what will happen."""
    series = await house.councils.meeting_series.one(id)
    form = Form.empty(MeetingSeriesCancelling, from_on=clock.today())
    return _cancel_page(request, series, form)


@area.take("/motesserier/{id}/stall-in", "cancel")
async def cancel_series(request: Request, house: Services, id: str) -> Response:
    """What is to come is cancelled."""
    form = await Form.posted(request, MeetingSeriesCancelling)
    things = house.councils.meeting_series
    if await saved(form, things.act(id, "cancel", form.sent, once=form.once)):
        said = "De kommande mötena är inställda."
        return go(request, "meeting_series.show", id=id, notice=said)
    return _cancel_page(request, await things.one(id), form, status=422)


def _cancel_page(
    request: Request, series: Found, form: Form[Any], *, status: int = 200
) -> Response:
    return page(request, "meeting_series/cancel.html", status=status, series=series, form=form)
