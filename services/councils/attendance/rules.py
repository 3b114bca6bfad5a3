"""Rules about attendance: a seat is asked to its own council's meetings."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.councils.contract.meeting import AttendanceAnswer, AttendanceNote, AttendanceNotes
from services.kit.errors import FieldError, Rejected

TOLD = ("answer", "substitute", "attended")
NOTHING = {"answer": AttendanceAnswer.unknown, "substitute": None, "attended": None}
Known = Mapping[Any, Mapping[str, Any]]


def demand_begun(attended: bool | None, day: date, today: date) -> None:
    """Rejected where somebody is said to have come, or not, to a meeting on a day to come."""
    if attended is not None and day > today:
        raise Rejected("that day has not come", field="attended", reason="in_the_future")


def demand_seat(council_of_seat: Any, council_of_meeting: UUID) -> None:
    """Rejected where the seat is unknown or another council's."""
    if council_of_seat != council_of_meeting:
        raise Rejected("not a seat of the council", field="seat_id", reason="unknown_reference")


def told_after(before: Mapping[str, Any], note: AttendanceNote) -> dict[str, Any]:
    """What is so of somebody with a note; what it leaves out stays as it was."""
    return {
        name: getattr(note, name) if name in note.model_fields_set else before[name]
        for name in TOLD
    }


def demand_notes(
    notes: AttendanceNotes, known: Known, seats: Collection[UUID], *, begun: bool
) -> None:
    """Rejected, naming each: another council's seat, who came too early, or who came for nobody."""
    wrong = [
        FieldError(f"items.{place}.{field}", code, told)
        for place, note in enumerate(notes.items or ())
        for field, code, told in _wrong(note, known, seats, begun=begun)
    ]
    if wrong:
        raise Rejected(errors=wrong)


def _wrong(
    note: AttendanceNote, known: Known, seats: Collection[UUID], *, begun: bool
) -> Iterator[tuple[str, str, str]]:
    if note.seat_id is not None and note.seat_id not in seats:
        yield "seat_id", "unknown_reference", "not a seat of the council"
    if note.attended is not None and not begun:
        yield "attended", "in_the_future", "that day has not come"
    now = told_after(known.get(note.of, NOTHING), note)
    sent = now["answer"] == AttendanceAnswer.substitute or now["attended"]
    if now["substitute"] is not None and not sent:
        yield "substitute", "no_substitute", "nobody comes, or came, instead"
