"""Attendance: who comes to a meeting, and who was there, all on one form that is saved once.

A page of its own: its buttons would throw away what is being written on the meeting's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page, pages_of
from gateway.pages import actor_choices, choices
from gateway.pages.live_minutes import closed_to_writers
from gateway.pages.saving import saved, taken_away
from gateway.posted import fields_of, first, without_nul
from gateway.seeking import seeks
from gateway.swedish import clock_of
from gateway.swedish.codes import label
from gateway.swedish.problems import ANYWHERE, WHOLE
from services.councils.contract.council import SeatRole
from services.councils.contract.meeting import AttendanceAnswer, AttendanceDraft
from services.kit import clock
from services.kit.rows import alphabetical

area = Area("meetings")
PARTS = ("answer", "attended", "substitute")
GUEST = "guest_actor_id"
CAME = {"true": "närvarande", "false": "frånvarande", "": "inte antecknad"}
ROLES = [role.value for role in SeatRole]
_PLACE = re.compile(r"items\.(\d+)\.(\w+)")


@dataclass(frozen=True)
class Row:
    """Somebody who is asked to a meeting, or came, and what is known of it."""

    actor_id: str
    seat: Found | None
    known: Found | None

    @property
    def who(self) -> dict[str, str]:
        """What tells them from the others: the seat, or a guest's actor."""
        return {"seat_id": self.seat["id"]} if self.seat else {"actor_id": self.actor_id}

    @property
    def key(self) -> str:
        """Ends the names of their fields."""
        return next(iter(self.who.values()))

    def stored(self, part: str) -> str:
        """What is saved, as a field has it; an answer to another time is none."""
        known = self.known or {}
        if part == "answer" and (not known or known["answered_for"]):
            return AttendanceAnswer.unknown.value
        value = known.get(part)
        return str(value).lower() if isinstance(value, bool) else value or ""


def rows_of(
    meeting: Found, seats: Iterable[Found], known: Iterable[Found], labels: Mapping[str, Any]
) -> list[Row]:
    """The seats of the meeting's day and others that are noted, by role; then the guests."""
    day = clock_of(meeting["starts_at"]).date().isoformat()
    noted = {one["seat_id"] or one["actor_id"]: one for one in known}
    rows = [Row(one["actor_id"], one, noted.pop(one["id"], None)) for one in seats]
    rows = [row for row in rows if row.known or (row.seat and _lasts(row.seat, day))]
    rows += [Row(one["actor_id"], None, one) for one in noted.values() if one["actor_id"]]

    def order(row: Row) -> tuple[int, str]:
        role = ROLES.index(row.seat["role"]) if row.seat else len(ROLES)
        return role, alphabetical(choices.name_in(dict(labels), row.actor_id))

    return sorted(rows, key=order)


def _lasts(seat: Found, day: str) -> bool:
    """Whose seat ended with the council alone was asked to what was cancelled with it."""
    lasts = seat["valid_to"] is None or seat["valid_to"] > day or seat["ended_with_council"]
    return bool(lasts and (seat["valid_from"] is None or seat["valid_from"] <= day))


@area.show("/moten/{id}/narvaro", "attend")
async def ask_attendance(request: Request, house: Services, id: str) -> Response:
    """Everybody who is asked, with what is known of it."""
    meeting, rows, labels = await _read(house, id)
    form: Form[Any] = Form(None, _shown(rows))
    return await _page(request, house, meeting, rows, form, labels=labels)


async def _read(house: House, id: str) -> tuple[Found, list[Row], dict[str, Any]]:
    councils = house.councils
    meeting = await councils.meetings.one(id)
    seats, known = await councils.whole(
        councils.seats.asked(council_id=meeting["council_id"], limit=200),
        councils.attendances.asked(meeting_id=id, limit=200),
    )
    everybody = [*seats["items"], *known["items"]]
    labels = await house.analysis.labels(ids_in([one["actor_id"] for one in everybody]))
    return meeting, rows_of(meeting, seats["items"], known["items"], labels), labels


def _shown(rows: Iterable[Row]) -> dict[str, list[str]]:
    """What stands in the fields, and beside them hidden what each row began with."""
    stored = {f"{part}.{row.key}": [row.stored(part)] for row in rows for part in PARTS}
    return stored | {f"began.{row.key}": [":".join(map(row.stored, PARTS))] for row in rows}


@area.take("/moten/{id}/narvaro", "attend")
async def attend(request: Request, house: Services, id: str) -> Response:
    """Who came, or will. Nothing is sent of whom the page did not change: others note as well."""
    sent, _ = without_nul(await fields_of(request))
    meeting, rows, labels = await _read(house, id)
    put_back = {name: text for row in rows for name, text in _put_back(row, sent).items()}
    sent = {name: sent[name] for name in sent if not name.startswith("began.") or any(sent[name])}
    form: Form[Any] = Form(None, _shown(rows) | sent)
    form.once = first(sent, "once") or form.once
    if put_back:
        form.stale = form.put_back = True
        form.wrong = {ANYWHERE: WHOLE["put_back"]} | put_back
        return await _page(request, house, meeting, rows, form, labels=labels, status=422)
    items = [note for row in rows if (note := _note(row, sent))]
    if guest := first(sent, GUEST):
        items.append({"actor_id": guest} | _guest(meeting))
    if not items and not seeks(form):
        return go(request, "meetings.show", id=id, notice="Inget är ändrat i närvaron.")
    if await saved(form, _send(house, id, items)):
        return go(request, "meetings.show", id=id, notice="Närvaron är sparad.")
    _at_fields(form, items)
    return await _page(request, house, meeting, rows, form, labels=labels, status=422)


async def _send(house: House, id: str, items: list[Found]) -> Any:
    reply = await house.councils.send("PUT", f"/meetings/{id}/attendance", body={"items": items})
    return reply.json()


def _note(row: Row, sent: Mapping[str, list[str]]) -> Found:
    """What the page changed of somebody; the rest are as they answered, where a button says so."""
    names = {part: f"{part}.{row.key}" for part in PARTS}
    told = {part: first(sent, names[part]).strip() for part in PARTS if names[part] in sent}
    began = dict(zip(PARTS, first(sent, f"began.{row.key}").split(":", 2), strict=False))
    changed: Found = {part: told[part] for part in told if told[part] != began.get(part)}
    if "rest" in sent and not told.get("attended"):
        changed["attended"] = str(row.stored("answer") != AttendanceAnswer.no).lower()
    if "attended" in changed:
        changed["attended"] = {"true": True, "false": False}.get(changed["attended"])
    if changed.get("substitute") == "":
        changed["substitute"] = None
    return row.who | changed if changed else {}


def _put_back(row: Row, sent: Mapping[str, list[str]]) -> dict[str, str]:
    """What is saved of fields where a browser put something else after Back (`ui.began`)."""
    if first(sent, f"began.{row.key}"):
        return {}
    names = {part: f"{part}.{row.key}" for part in PARTS if f"{part}.{row.key}" in sent}
    stored = {part: row.stored(part) for part in names}
    differ = [part for part in names if first(sent, names[part]).strip() != stored[part]]
    return {names[part]: f"Sparat nu: {_in_words(part, stored[part])}." for part in differ}


def _in_words(part: str, value: str) -> str:
    if part == "substitute":
        return value or "ingen ersättare"
    return CAME[value] if part == "attended" else label(value, "AttendanceAnswer").lower()


def _guest(meeting: Found) -> Found:
    """A guest who is noted once the meeting has begun was there; before it, comes."""
    return {"attended": True} if _convened(meeting) else {"answer": AttendanceAnswer.yes}


def _convened(meeting: Found) -> bool:
    return clock_of(meeting["starts_at"]).date() <= clock.today()


def _at_fields(form: Form[Any], items: list[Found]) -> None:
    """What was refused stands at the fields of whom it concerns."""
    told, form.wrong = form.wrong, {}
    for name, text in told.items():
        at = _PLACE.fullmatch(name)
        item = items[int(at[1])] if at and int(at[1]) < len(items) else {}
        key = item.get("seat_id") or item.get("actor_id")
        new = bool(key) and f"attended.{key}" not in form.values
        form.wrong[GUEST if new else f"{at[2]}.{key}" if at and key else name] = text


async def _page(
    request: Request,
    house: House,
    meeting: Found,
    rows: list[Row],
    form: Form[Any],
    *,
    labels: dict[str, Any],
    status: int = 200,
) -> Response:
    closed = closed_to_writers(meeting)
    return page(
        request, "meetings/attendance.html", status=status, form=form, meeting=meeting, rows=rows,
        labels=labels, name=choices.name_in, closed=closed, convened=_convened(meeting),
        answers=AttendanceAnswer,
        actors=[] if closed else await actor_choices.actors(house, form, there=True),
    )  # fmt: skip


@area.show("/narvaro/{id}/ta-bort", "remove_guest")
async def ask_removed(request: Request, house: Services, id: str) -> Response:
    """Whether somebody was never a guest."""
    guest = await house.councils.attendances.one(id)
    labels = await house.analysis.labels(ids_in([guest["actor_id"]]))
    form: Form[Any] = Form(None, {}, version=guest["version"])
    back = pages_of(request).addresses.to("meetings.attend", id=guest["meeting_id"])
    return page(
        request, "removal.html", form=form, what="gästen", back=back, trail=[("Närvaro", back)],
        lead=choices.name_in(labels, guest["actor_id"], "Okänd aktör"),
    )  # fmt: skip


@area.take("/narvaro/{id}/ta-bort", "remove_guest")
async def remove_guest(request: Request, house: Services, id: str) -> Response:
    """It was somebody else, or nobody."""
    guest = await house.councils.attendances.one(id)
    form: Form[Any] = await Form.received(request, AttendanceDraft)
    removing = house.councils.attendances.remove(id, version=form.version)
    _, said = await taken_away(removing, "Gästen", held="Protokollet är justerat.")
    return go(request, "meetings.attend", id=guest["meeting_id"], notice=said)
