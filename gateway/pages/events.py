"""Events: conferences, their programmes, and how they are opened, held and cancelled."""

import asyncio
from datetime import datetime
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area, named_in
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import full_address, go, page
from gateway.pages import choices, post_choices
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.pages.sheets import Columns, coded, in_words, named, yes_or_no
from services.councils.contract.event import (
    EventCancelled,
    EventDraft,
    EventPurpose,
    EventSessionDraft,
    EventSessionKind,
    EventStatus,
)
from services.kit import clock
from services.kit.errors import Conflict, Forbidden, Rejected

area = Area("events")
FILTERS = ("status", "kind", "council_id")
NAMED = ("council_id", "project_id")
MOST = 200


@area.show("/konferenser", "list")
async def list_events(request: Request, house: Services) -> Response:
    """All events, the latest first."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.events, FILTERS, sort="-starts_at"),
        choices.options(house.councils.councils, "name"),
    )
    labels = await house.analysis.labels(ids_in(*([one[n] for n in NAMED] for one in shown.rows)))
    return page(
        request, "events/list.html", shown=shown, councils=councils, labels=labels,
        statuses=EventStatus, kinds=EventPurpose,
    )  # fmt: skip


COLUMNS: Columns = (
    ("Konferens", "title"), ("Typ", "kind", coded("EventPurpose")),
    ("Form", "format", coded("EventFormat")), ("Läge", "status", coded("EventStatus")),
    ("Råd", "council_id", named), ("Projekt", "project_id", named), ("Plats", "place"),
    ("Börjar", "starts_at"), ("Slutar", "ends_at"), ("För vem", "audiences"),
    ("Platser", "places"), ("Deltagare, enligt uppgift", "told_attendance"),
    ("Inspelning", "recording_link"), ("Källa", "source"), ("Exempel", "example", yes_or_no),
)  # fmt: skip
files(area, "/konferenser", lambda house: house.councils.events, FILTERS, worded=in_words(COLUMNS))


@area.begin("/konferenser/ny", "new")
async def new_event(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a council or a project."""
    begun = {name: request.query_params.get(name) or None for name in NAMED}
    form = Form.begun(request, EventDraft, kind=EventPurpose.theme, **begun)
    return await _form_page(request, house, form)


@area.take("/konferenser/ny", "new")
async def plan_event(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, EventDraft)
    made = await saved(form, house.councils.events.make(form.sent, once=form.once))
    if made:
        said = "Konferensen är sparad. Lägg till programmet, och öppna sedan anmälan."
        return go(request, "events.show", id=made["id"], notice=said)
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[EventDraft],
    *,
    status: int = 200,
    event: Found | None = None,
) -> Response:
    councils, projects = await asyncio.gather(
        choices.councils(house, form.value("council_id")),
        choices.options(house.councils.projects, "name"),
    )
    return page(
        request, "events/form.html", status=status, form=form, event=event, councils=councils,
        projects=projects,
    )  # fmt: skip


@area.show("/konferenser/{id}", "show")
async def show_event(request: Request, house: Services, id: str) -> Response:
    """One event: its programme, the address for everybody, who comes, and what they thought."""
    councils = house.councils
    event, sessions, feedback = await councils.batch(
        councils.events.at(id),
        councils.events.at(id, "/event-sessions", limit=MOST),
        councils.events.at(id, "/feedback"),
    )
    programme = in_order(sessions["items"])
    speakers = [one["speaker_post_ids"] for one in programme]
    labels, counts = await asyncio.gather(
        house.analysis.labels(ids_in([event[name] for name in NAMED], *speakers)),
        _counts(house, id),
    )
    return page(
        request, "events/show.html", event=event, programme=programme, feedback=feedback,
        counts=counts, labels=labels, begun=has_begun(event),
        address=full_address(request, "event_door.show", address=event["address"]),
    )  # fmt: skip


def has_begun(event: Found) -> bool:
    """Whether its time has come, or nobody has said when it is."""
    starts = event["starts_at"]
    return starts is None or datetime.fromisoformat(starts) <= clock.now()


def in_order(sessions: list[Found]) -> list[Found]:
    """A programme by its times; what has none stands last."""
    return sorted(sessions, key=lambda one: (one["starts_at"] is None, one["starts_at"] or ""))


async def _counts(house: House, id: str) -> Found | None:
    """How many come; nothing for who may not know of who does."""
    try:
        found: Found = await house.councils.get(f"/events/{id}/sign-ups")
    except Forbidden:
        return None
    return found


@area.show("/konferenser/{id}/andra", "edit")
async def edit_event(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    event = await house.councils.events.one(id)
    form = Form.showing(EventDraft, event)
    return await _form_page(request, house, form, event=event)


@area.take("/konferenser/{id}/andra", "edit")
async def revise_event(request: Request, house: Services, id: str) -> Response:
    """New values; who has signed up stays so."""
    event = await house.councils.events.one(id)
    form = await Form.posted(request, EventDraft, kept=event)
    sending = house.councils.events.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "events.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, event=event)


asks_first(
    area, "/konferenser/{id}/ta-bort", "remove", lambda house: house.councils.events,
    EventDraft, what="konferensen", told=("title",), back="events.show",
)  # fmt: skip


@area.take("/konferenser/{id}/ta-bort", "remove")
async def remove_event(request: Request, house: Services, id: str) -> Response:
    """It was made by mistake, and has nothing yet."""
    form: Form[Any] = await Form.posted(request, EventDraft)
    removing = house.councils.events.remove(id, version=form.version)
    held = "Konferensen har program eller anmälda, så den står kvar. Ställ in den i stället."
    away, said = await taken_away(removing, "Konferensen", held=held)
    return go(request, "events.list" if away else "events.show", notice=said, **_of(id, away))


def _of(id: str, away: bool) -> dict[str, str]:
    return {} if away else {"id": id}


@area.show("/konferenser/{id}/stall-in", "cancel")
async def ask_cancel(request: Request, house: Services, id: str) -> Response:
    """Why it will not be held."""
    event = await house.councils.events.one(id)
    return page(request, "events/cancel.html", form=Form.empty(EventCancelled), event=event)


@area.take("/konferenser/{id}/stall-in", "cancel")
async def cancel(request: Request, house: Services, id: str) -> Response:
    """It will not be held."""
    form = await Form.posted(request, EventCancelled)
    if await saved(form, house.councils.events.act(id, "cancel", form.sent, once=form.once)):
        return go(request, "events.show", id=id, notice="Konferensen är inställd.")
    event = await house.councils.events.one(id)
    return page(request, "events/cancel.html", status=422, form=form, event=event)


EARLY = "Konferensen har inte börjat än, så den kan inte vara genomförd."
VERBS = {
    "oppna": ("open", "Anmälan är öppen. Sprid adressen."),
    "genomford": ("hold", "Konferensen är genomförd. Nu kan deltagarna tycka till."),
    "ateruppta": ("resume", "Konferensen planeras igen."),
}


@area.take("/konferenser/{id}/lage/{verb}", "move")
async def move(request: Request, house: Services, id: str, verb: str) -> Response:
    """One step on."""
    action, said = named_in(VERBS, verb)
    try:
        await house.councils.events.act(id, action)
    except Conflict as problem:
        early = any(error.field == "starts_at" for error in problem.errors)
        said = EARLY if early else "Läget hade redan ändrats. Här är det som gäller nu."
    except Rejected:
        said = "Anmälan är inte öppnad. Fyll i när konferensen börjar."
    return go(request, "events.show", id=id, notice=said)


@area.begin("/konferenser/{id}/pass/nytt", "new_session")
async def new_session(request: Request, house: Services, id: str) -> Response:
    """A part of the programme, after those that are there."""
    event, found = await house.councils.batch(
        house.councils.events.at(id),
        house.councils.events.at(id, "/event-sessions", limit=MOST),
    )
    known = [one for one in in_order(found["items"]) if one["starts_at"]]
    starts = known[-1]["ends_at"] or known[-1]["starts_at"] if known else event["starts_at"]
    begun = {"event_id": id, "starts_at": starts, "kind": EventSessionKind.lecture}
    form = Form.begun(request, EventSessionDraft, takes_questions=True, **begun)
    return await _session_page(request, house, event, form)


@area.take("/konferenser/{id}/pass/nytt", "new_session")
async def make_session(request: Request, house: Services, id: str) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, EventSessionDraft, event_id=id)
    if await saved(form, house.councils.event_sessions.make(form.sent, once=form.once)):
        return go(request, "events.show", id=id, notice="Passet är sparat.")
    return await _session_page(
        request, house, await house.councils.events.one(id), form, status=422
    )


async def _session_page(
    request: Request,
    house: House,
    event: Found,
    form: Form[EventSessionDraft],
    *,
    status: int = 200,
    session: Found | None = None,
) -> Response:
    posts = await post_choices.posts(house, form)
    return page(
        request, "events/session.html", status=status, form=form, event=event, session=session,
        posts=posts,
    )  # fmt: skip


@area.show("/konferenspass/{id}/andra", "edit_session")
async def edit_session(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    session = await house.councils.event_sessions.one(id)
    event = await house.councils.events.one(session["event_id"])
    form = Form.showing(EventSessionDraft, session)
    return await _session_page(request, house, event, form, session=session)


@area.take("/konferenspass/{id}/andra", "edit_session")
async def revise_session(request: Request, house: Services, id: str) -> Response:
    """New values."""
    session = await house.councils.event_sessions.one(id)
    form = await Form.posted(request, EventSessionDraft, kept=session)
    sending = house.councils.event_sessions.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "events.show", id=session["event_id"], notice="Ändringen är sparad.")
    event = await house.councils.events.one(session["event_id"])
    return await _session_page(request, house, event, form, status=422, session=session)


@area.show("/konferenspass/{id}/ta-bort", "remove_session")
async def ask_remove_session(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go."""
    session = await house.councils.event_sessions.one(id)
    form = Form.showing(EventSessionDraft, session)
    return page(request, "events/session_remove.html", form=form, session=session)


@area.take("/konferenspass/{id}/ta-bort", "remove_session")
async def remove_session(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake, and nobody has asked anything in it."""
    form: Form[Any] = await Form.posted(request, EventSessionDraft)
    session = await house.councils.event_sessions.one(id)
    removing = house.councils.event_sessions.remove(id, version=form.version)
    held = "Passet har frågor från publiken, så det står kvar."
    _, said = await taken_away(removing, "Passet", held=held)
    return go(request, "events.show", id=session["event_id"], notice=said)
