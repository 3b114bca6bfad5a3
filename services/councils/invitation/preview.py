"""What a letter will say, and the mark of it: nobody sends another one than they read."""

from collections.abc import Iterable

from services.councils import marking
from services.councils.contract.invitation import InvitationMethod, Recipient
from services.kit.errors import Conflict
from services.kit.store import Record

# It stands where each one's own address will.
OWN_LINK = "(mottagarens egen länk)"


def preview(meeting: Record, council: str, leader: str | None, points: list[str]) -> Record:
    """The subject and the text of a letter to who has none yet."""
    from services.councils.invitation.letter import (  # noqa: PLC0415 - heavy
        Told,
        subject_of,
        text_of,
    )

    told = Told(InvitationMethod.request, council, leader, points)
    return {"subject": subject_of(meeting, told), "text": text_of(meeting, told, OWN_LINK)}


def mark_of(new: Iterable[Recipient], letter: Record) -> str:
    """The mark of who gets a letter now, and of what it says."""
    whom = (f"{one.seat_id} {one.person_id} {one.email}" for one in new)
    return marking.mark_of([*whom, letter["subject"], letter["text"]])


def demand_shown(mark: str, new: Iterable[Recipient], letter: Record) -> None:
    """Conflict where others would get a letter, or another one, than was shown."""
    if mark != mark_of(new, letter):
        raise Conflict("it is not what was shown", field="mark", reason="call_changed")
