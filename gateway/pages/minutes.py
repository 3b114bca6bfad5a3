"""Minutes of a meeting as PDF and as a page: what was said, in the order of the agenda."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import page, pages_of
from gateway.lookback import Lookback
from gateway.pages import choices
from gateway.pages.holdings import things_by_id
from gateway.pages.known_names import labels_then
from gateway.pdf import pdf
from gateway.swedish import clock_of, day, label, moment, times
from services.councils.contract.council import SeatRole
from services.councils.contract.meeting import AttendanceAnswer, MeetingStatus, MinutesState
from services.kit import clock
from services.kit.rows import alphabetical

area = Area("minutes")
LONGEST_NAME = 80
NO_ANSWER = AttendanceAnswer.unknown
_NO_LETTERS = re.compile(r"[^\w,.()&-]+")
Names = Callable[[str | None, str], str]


@dataclass(frozen=True)
class Minutes:
    """What minutes are made of, and who came with which seat."""

    meeting: Found
    mark: str
    agenda: list[Found]
    decisions: list[Found]
    actions: list[Found]
    came: list[tuple[Found, Found | None]]
    # What replaced some of the decisions, by id: it may be younger than approved minutes.
    replacing: dict[str, Found]


@area.show("/moten/{id}/protokoll.pdf", "pdf")
async def as_pdf(request: Request, house: Services, id: str) -> Response:
    """The minutes as a file; a draft says on every page that it is one."""
    minutes, told = await told_of(house, id)
    told["colours"] = pages_of(request).colours
    date = clock_of(minutes.meeting["starts_at"]).date().isoformat()
    council = _NO_LETTERS.sub(" ", told["council"]).strip()[:LONGEST_NAME]
    kind = "Protokoll" if told["approved_on"] else "Protokollsutkast"
    return await pdf(
        "meetings/minutes.typ",
        told,
        name=f"{kind} {council} {date}.pdf",
        plain_name=f"protokoll-{date}.pdf",
    )


@area.show("/moten/{id}/protokoll", "show")
async def as_page(request: Request, house: Services, id: str) -> Response:
    """The same as a page, in the same order: to be read, and to be printed."""
    minutes, told = await told_of(house, id)
    return page(request, "meetings/protocol.html", meeting=minutes.meeting, told=told)


async def told_of(
    house: House, id: str, *, demanded: bool = True
) -> tuple[Minutes, dict[str, Any]]:
    """What the file and the page tell; Unavailable where the names are `demanded` and away."""
    minutes = await _read(house, id)
    names = await _names(house, minutes, demanded=demanded)
    return minutes, _meeting(minutes.meeting, names) | _parts(minutes, names)


async def _read(house: House, id: str) -> Minutes:
    councils = house.councils
    meeting = await councils.meetings.one(id)
    # What was to be done goes on after the approval, and approved minutes do not.
    then = told_at(meeting).known
    # The mark is read first: what is changed after it makes it another one.
    read, agenda, decisions, actions, attendances, seats = await councils.whole(
        councils.meetings.at(id, "/minutes"),
        councils.agenda_items.asked(meeting_id=id, sort="position", limit=100),
        councils.decisions.asked(meeting_id=id, sort="created_at", limit=100),
        councils.action_items.asked(meeting_id=id, sort="created_at", limit=100, **then),
        councils.attendances.asked(meeting_id=id, limit=200),
        councils.seats.asked(council_id=meeting["council_id"], limit=200, **then),
    )
    seat_of = {seat["id"]: seat for seat in seats["items"]}
    came = [(one, seat_of.get(one["seat_id"])) for one in attendances["items"]]
    replacing = ids_in([one["superseded_by_id"] for one in decisions["items"]])
    return Minutes(
        meeting, read["mark"], agenda["items"], decisions["items"], actions["items"], came,
        await things_by_id(councils.decisions, replacing) if replacing else {},
    )  # fmt: skip


def told_at(meeting: Found) -> Lookback:
    """The moment that minutes tell of: now, or where they are approved when they were.

    Nothing changes a meeting after that, so its last change is that moment.
    """
    approved = meeting["minutes_state"] == MinutesState.approved
    return Lookback(moment=meeting["updated_at"]) if approved else Lookback()


async def _names(house: House, minutes: Minutes, *, demanded: bool) -> Names:
    """What things are called. Unavailable: a file with unknown names would outlive the moment."""
    decisions, meeting = minutes.decisions, minutes.meeting
    wanted = ids_in(
        meeting["council_id"], meeting["approved_by_post_id"],
        [one["owner_post_id"] for one in (*decisions, *minutes.actions)],
        [need for one in (*minutes.agenda, *decisions) for need in one["need_ids"]],
        [_actor(*one) for one in minutes.came],
    )  # fmt: skip
    labels = await labels_then(house, wanted, told_at(meeting), demanded=demanded)
    return partial(choices.name_in, labels)


def _actor(attendance: Found, seat: Found | None) -> str | None:
    found: str | None = seat["actor_id"] if seat else attendance["actor_id"]
    return found


def _meeting(meeting: Found, names: Names) -> dict[str, Any]:
    approved = meeting["minutes_state"] == MinutesState.approved
    held = meeting["status"] == MeetingStatus.held
    return {
        "title": meeting["title"],
        "day": day(meeting["starts_at"]),
        "council": names(meeting["council_id"], "Okänt råd"),
        "when": times(meeting["starts_at"], meeting["ends_at"]),
        "place": meeting["place"],
        "link": meeting["link"],
        "status": None if held else label(meeting["status"], "MeetingStatus"),
        "source": meeting["source"],
        "example": meeting["example"],
        "approved_on": day(meeting["approved_on"]) if approved else None,
        "approved_by": names(meeting["approved_by_post_id"], "okänd befattning"),
        "printed": None if approved else moment(clock.now()),
    }


def _parts(minutes: Minutes, names: Names) -> dict[str, Any]:
    """Each decision at its point of the agenda; those without one by themselves."""
    made: dict[str | None, list[Found]] = {item["id"]: [] for item in minutes.agenda}
    rest: list[Found] = []
    for decision in minutes.decisions:
        told = _decision(decision, names) | {"superseded": _replaced(decision, minutes)}
        made.get(decision["agenda_item_id"], rest).append(told)
    return {
        "attendances": sorted((_attendance(*one, names) for one in minutes.came), key=_in_order),
        "agenda": [
            _point(item, names) | {"decisions": made[item["id"]]} for item in minutes.agenda
        ],
        "decisions": rest,
        "actions": [_action(item, names) for item in minutes.actions],
    }


def _attendance(attendance: Found, seat: Found | None, names: Names) -> dict[str, Any]:
    answer = NO_ANSWER if attendance["answered_for"] else attendance["answer"]
    return {
        "actor": names(_actor(attendance, seat), "Okänd aktör"),
        "role": seat["role"] if seat else None,
        "role_word": label(seat["role"], "SeatRole") if seat else None,
        "attended": attendance["attended"],
        "instead": _instead(attendance),
        "answer": label(answer, "AttendanceAnswer") if answer != NO_ANSWER else None,
    }


def _instead(attendance: Found) -> str:
    """That somebody came instead, and who, where the reader may know."""
    if not attendance["by_substitute"]:
        return ""
    return " genom ersättare" + (f": {who}" if (who := attendance["substitute"]) else "")


def _in_order(attendance: Found) -> tuple[int, str]:
    """By role as the glossary has them, guests last, then by name."""
    roles = [role.value for role in SeatRole]
    role = attendance["role"]
    return roles.index(role) if role in roles else len(roles), alphabetical(attendance["actor"])


def _point(item: Found, names: Names) -> dict[str, Any]:
    return {
        "title": item["title"],
        "kind": label(item["kind"], "AgendaKind"),
        "needs": [names(need, "Okänt behov") for need in item["need_ids"]],
        "attachments": item["attachments"],
        "minutes": item["minutes"] or "",
    }


def _decision(decision: Found, names: Names) -> dict[str, Any]:
    return {
        "text": decision["text"],
        "example": decision["example"],
        "decided_on": day(decision["decided_on"]),
        "owner": names(decision["owner_post_id"], "Okänd befattning"),
        "due_on": day(decision["due_on"]),
        "review_on": day(decision["review_on"]),
        "needs": [names(need, "Okänt behov") for need in decision["need_ids"]],
        "equality_check": decision["equality_check"] or "",
        "basis": [_basis(one) for one in decision["basis"]],
        "evidence": label(decision["evidence"], "Evidence"),
        "supersedes": bool(decision["supersedes_id"]),
    }


def _replaced(decision: Found, minutes: Minutes) -> str | None:
    """That a later decision took its place, with its day: where the minutes are older, as later."""
    if not decision["superseded_by_id"]:
        return None
    later = minutes.replacing.get(decision["superseded_by_id"])
    on = f", {day(later['decided_on'])}" if later else ""
    said = f"Ersatt av ett senare beslut{on}"
    approved = told_at(minutes.meeting).moment
    younger = approved and (later is None or clock_of(later["created_at"]) > clock_of(approved))
    return f"{said}, efter att protokollet justerades." if younger else f"{said}."


def _basis(basis: Found) -> dict[str, Any]:
    return {
        "text": f"{label(basis['kind'], 'BasisKind')}: {basis['label']}",
        "as_of": day(basis["as_of"]) if basis["as_of"] else None,
        "url": basis["url"],
        "example": basis.get("example", False),  # what was stored before has none
    }


def _action(item: Found, names: Names) -> dict[str, Any]:
    return {
        "text": item["text"],
        "example": item["example"],
        "owner": names(item["owner_post_id"], "Okänd befattning") or "Saknas",
        "due_on": day(item["due_on"]),
        "done_on": day(item["done_on"]) if item["done_on"] else None,
    }
