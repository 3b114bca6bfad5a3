"""Closings: why a council ends, what lives on after it, and the way back."""

from datetime import date
from itertools import pairwise
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import PAGE, Found, Listing
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.council_surroundings import living_needs
from gateway.pages.saving import saved
from gateway.swedish import clock_of, counted
from gateway.swedish.problems import sentence
from services.councils.contract.council import (
    ClosingReason,
    CouncilClosing,
    CouncilPhase,
    CouncilReopening,
)
from services.councils.contract.direction import WAITING
from services.councils.contract.initiative import InitiativeStatus
from services.councils.contract.meeting import MeetingStatus
from services.councils.contract.need import OPEN_NEEDS
from services.councils.contract.project import PROJECT_ENDS, ProjectStatus
from services.kit import clock

area = Area("councils")
OPEN_INITIATIVES = [InitiativeStatus.proposed, InitiativeStatus.decided, InitiativeStatus.running]
GOING_PROJECTS = [one for one in ProjectStatus if one not in PROJECT_ENDS]
MOST = 50


@area.show("/branschrad/{id}/avsluta", "close")
async def ask_close(request: Request, house: Services, id: str) -> Response:
    """Why it closes, with what result, and what lives on."""
    council = await house.councils.councils.one(id)
    if council["closed_on"]:
        return page(request, "councils/is_closed.html", council=council, what="Avsluta rådet")
    before = await _before_reopening(house, id)
    said = {name: before.get(name) for name in ("result", "lessons")}
    form = Form.empty(CouncilClosing, closed_on=clock.today(), **said)
    return await _close_page(request, house, id, form, again=any(said.values()))


async def _before_reopening(house: House, id: str) -> Found:
    """The council as it was closed the last time, where it was opened again since."""
    councils = house.councils
    phases = (await councils.get("/phases", council_id=id, sort="number", limit=200))["items"]
    times = [(clock_of(one["created_at"]), one["phase"]) for one in phases]
    closed = [
        (since, until)
        for (since, phase), (until, _) in pairwise(times)
        if phase == CouncilPhase.closed
    ]
    if not closed:
        return {}
    since, until = closed[-1]
    # Between the two, nearer the second: a row is stored a little after the moment that it tells.
    between = until - (until - since) / 10
    return await councils.councils.one(id, known_at=between.isoformat())


@area.take("/branschrad/{id}/avsluta", "close")
async def close(request: Request, house: Services, id: str) -> Response:
    """The council closes; everything stays readable."""
    form = await Form.posted(request, CouncilClosing)
    sending = house.councils.councils.act(id, "close", form.sent, once=form.once)
    if await saved(form, sending):
        said = "Rådet är avslutat. Allt finns kvar att läsa."
        return go(request, "councils.show", id=id, notice=said)
    return await _close_page(request, house, id, form, status=422)


async def _close_page(
    request: Request,
    house: House,
    id: str,
    form: Form[Any],
    *,
    status: int = 200,
    again: bool = False,
) -> Response:
    councils, these = house.councils, {"council_id": id, "limit": MOST, "count": "true"}
    council, *parts = await councils.batch(
        councils.councils.at(id),
        councils.needs.asked(status=OPEN_NEEDS, **these),
        councils.initiatives.asked(status=OPEN_INITIATIVES, **these),
        councils.action_items.asked(open="true", **these),
        councils.projects.asked(status=GOING_PROJECTS, **these),
        councils.meetings.asked(
            status=MeetingStatus.planned, starts_from=_last_day(form), sort="starts_at", **these
        ),
        *_ties(house, id),
    )
    needs, initiatives, actions, projects, meetings = map(Listing.of, parts[:5])
    needs = await living_needs(house, council, needs)
    children, asked, asks, lifts, lifted = (part["items"] for part in parts[5:])
    asked = [one for one in asked if council["id"] in one["waiting_council_ids"]]
    told = sum(meeting["called_count"] for meeting in meetings.items)
    refused = form.value("reason") == ClosingReason.goal_met and "reason" in form.wrong
    if refused:  # the service says that some are open; the page says how many and which
        left = counted(needs.count or 0, "öppet behov", "öppna behov")
        left = left if needs.count else "öppna behov"
        form.wrong["reason"] = sentence("needs_open", "reason", limit=left)
    return page(
        request, "councils/close.html", status=status, form=form, council=council,
        needs=needs, initiatives=initiatives, actions=actions, projects=projects,
        asked=asked, meetings=meetings, refused=refused, told=told, again=again,
        children=children, asks=asks, lifts=lifts, lifted=lifted,
        open_needs=OPEN_NEEDS, open_initiatives=OPEN_INITIATIVES, going_projects=GOING_PROJECTS,
    )  # fmt: skip


def _ties(house: House, id: str) -> list[str]:
    """What ties it to other councils: those under it, and what somebody waits for an answer to."""
    councils, waiting = house.councils, {"state": WAITING, "sort": "answer_by", "limit": PAGE}
    return [
        councils.councils.asked(parent_id=id, open="true", sort="name", limit=PAGE),
        councils.directions.asked(to_council_id=id, **waiting),
        councils.directions.asked(council_id=id, **waiting),
        councils.escalations.asked(council_id=id, **waiting),
        councils.escalations.asked(to_council_id=id, **waiting),
    ]


def _last_day(form: Form[Any]) -> date:
    """The council's last day: meetings planned from then on are cancelled."""
    last: date = form.draft.closed_on if form.draft else clock.today()
    return last


@area.show("/branschrad/{id}/oppna", "reopen")
async def ask_reopen(request: Request, house: Services, id: str) -> Response:
    """Why the closing was a mistake."""
    return await _reopen_page(request, house, id, Form.empty(CouncilReopening))


@area.take("/branschrad/{id}/oppna", "reopen")
async def reopen(request: Request, house: Services, id: str) -> Response:
    """The closing was a mistake."""
    form = await Form.posted(request, CouncilReopening)
    if await saved(form, house.councils.councils.act(id, "reopen", form.sent, once=form.once)):
        said = "Rådet är öppet igen, med sina platser."
        return go(request, "councils.show", id=id, notice=said)
    return await _reopen_page(request, house, id, form, status=422)


async def _reopen_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    council = await house.councils.councils.one(id)
    if not council["closed_on"]:
        return go(request, "councils.show", id=id, notice="Rådet är inte avslutat.")
    return page(request, "councils/reopen.html", status=status, form=form, council=council)
