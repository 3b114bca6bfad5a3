"""Minutes written while a meeting goes on: each point's text is saved as it is typed."""

from dataclasses import dataclass, field
from typing import Any

import orjson
from fastapi import Request, Response

from gateway import accounts
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, is_htmx, page, visitor_of
from gateway.pages.typed_minutes import Clash, Typed, clash_of, mark_of, stored_in
from gateway.posted import fields_of, without_nul
from services.councils.contract.meeting import MeetingStatus, MinutesState
from services.kit import clock
from services.kit.clock import STOCKHOLM

area = Area("minutes")
CONFLICT, UNPROCESSABLE = 409, 422
CHOICES = ("theirs", "both")
GONE = "Borttagen punkt"
YOURSELF, SOMEBODY = "dig själv i ett annat fönster", "någon annan"


@dataclass
class Outcome:
    """What became of what a page sent."""

    agenda: dict[str, Found]
    clashes: list[Clash] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)  # by point
    lost: list[tuple[str, str]] = field(default_factory=list)  # what has no place to be saved
    settled: set[str] = field(default_factory=set)

    @property
    def fine(self) -> bool:
        """Whether all of it is stored."""
        return not (self.clashes or self.wrong or self.lost)


@area.show("/moten/{id}/anteckna", "write")
async def show_minutes(request: Request, house: Services, id: str) -> Response:
    """The agenda with a field for each point."""
    meeting, agenda = await _read(house, id)
    form: Form[Any] = Form(None, stored_in(agenda.values()) | {"turn": ["0"]})
    return _page(request, meeting, Outcome(agenda), form)


async def _read(house: House, id: str) -> tuple[Found, dict[str, Found]]:
    councils = house.councils
    agenda = councils.agenda_items.asked(meeting_id=id, sort="position", limit=200)
    meeting, found = await councils.whole(councils.meetings.at(id), agenda)
    return meeting, {item["id"]: item for item in found["items"]}


@area.take("/moten/{id}/anteckna", "write")
async def save_minutes(request: Request, house: Services, id: str) -> Response:
    """Save what was typed; where somebody else wrote meanwhile both texts are shown."""
    sent, without = without_nul(await fields_of(request))
    typed = Typed(sent)
    meeting, agenda = await _read(house, id)
    outcome = await _saved(house, meeting, agenda, typed)
    await _name_writers(request, outcome)
    if closed_to_writers(meeting) and ("drop" in sent or not outcome.lost):
        return go(request, "meetings.show", id=id)
    outcome.wrong |= {one: "nul" for one in typed.ids if f"minutes.{one}" in without}
    form: Form[Any] = Form(None, typed.kept(outcome.agenda, outcome.settled))
    form.once = next(iter(sent.get("once", ())), form.once)
    if is_htmx(request):
        return _piece(request, meeting, outcome, form, typed)
    if outcome.fine:
        return go(request, "minutes.write", id=id, notice=f"{_said()}.")
    return _page(request, meeting, outcome, form, status=UNPROCESSABLE)


async def _name_writers(request: Request, outcome: Outcome) -> None:
    """Who wrote the other text of each point that two wrote at."""
    if not outcome.clashes:
        return
    async with request.app.state.database.reading() as db:
        names = await accounts.names(db)
    names[visitor_of(request).caller.subject] = YOURSELF
    for clash in outcome.clashes:
        clash.item["writer"] = names.get(clash.item["written_by"] or "", SOMEBODY)


def _said() -> str:
    return f"Sparat {clock.now().astimezone(STOCKHOLM):%H.%M}"


def closed_to_writers(meeting: Found) -> bool:
    """Whether nothing more is written: the minutes are approved, or the meeting is cancelled."""
    states = meeting["minutes_state"], meeting["status"]
    return MinutesState.approved in states or MeetingStatus.cancelled in states


async def _saved(house: House, meeting: Found, agenda: dict[str, Found], typed: Typed) -> Outcome:
    closed = closed_to_writers(meeting)
    changed = [one for one in typed.ids if typed.changed(one)]
    outcome = Outcome(agenda, settled=set(typed.sent.get("theirs", ())))
    outcome.lost = [
        (agenda[one]["title"] if one in agenda else GONE, typed.text(one))
        for one in changed
        if closed or one not in agenda
    ]
    if not closed and (body := typed.body(agenda))["items"]:
        reply = await house.councils.send("PUT", f"/meetings/{meeting['id']}/minutes", body=body)
        if reply.status == UNPROCESSABLE:  # no page of ours sends it
            outcome.wrong = {one["agenda_item_id"]: "refused" for one in body["items"]}
            return outcome
        answer = orjson.loads(reply.body) if reply.status == CONFLICT else reply.json()
        if "conflicts" not in answer:  # approved or cancelled since it was read a moment ago
            return await _saved(
                house, await house.councils.meetings.one(meeting["id"]), agenda, typed
            )
        _take_in(answer, outcome, typed)
    outcome.wrong = dict.fromkeys(typed.too_long(agenda), "long")
    return outcome


def _take_in(answer: Found, outcome: Outcome, typed: Typed) -> None:
    """What the service stored, and what it did not."""
    for item in (*answer["saved"], *answer["conflicts"]):
        outcome.agenda[item["id"]] = item
    outcome.settled |= {item["id"] for item in answer["saved"]}
    outcome.clashes = [clash_of(item, typed.text(item["id"])) for item in answer["conflicts"]]


def _piece(
    request: Request, meeting: Found, outcome: Outcome, form: Form[Any], typed: Typed
) -> Response:
    """For a page that is written on: its fields are left alone, unless a button changes them."""
    if any(choice in typed.sent for choice in CHOICES):
        headers = {"HX-Retarget": "#page", "HX-Reswap": "innerHTML"}
        return _page(request, meeting, outcome, form, only="page", headers=headers)
    newer = {
        key: (item["version"], mark_of(item["minutes"] or ""))
        for key, item in outcome.agenda.items()
        if key in outcome.settled
    }
    newer = typed.went_on_from() | newer
    return _page(request, meeting, outcome, form, only="saved", newer=newer)


def _page(
    request: Request,
    meeting: Found,
    outcome: Outcome,
    form: Form[Any],
    *,
    newer: dict[str, Any] | None = None,
    **more: Any,
) -> Response:
    said = _said() if request.method == "POST" else ""
    return page(
        request,
        "meetings/minutes.html",
        **more,
        meeting=meeting,
        agenda=list(outcome.agenda.values()),
        form=form,
        closed=closed_to_writers(meeting),
        outcome=outcome,
        newer=newer or {},
        saved=said if outcome.fine else "Inte allt är sparat",
    )
