"""Letters: what somebody who is called to a meeting reads, and what their calendar does."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from services.councils.contract.invitation import InvitationMethod
from services.councils.contract.meeting import MeetingStatus
from services.councils.meeting.calendar import calendar_of
from services.kit import clock
from services.kit.clock import STOCKHOLM
from services.kit.store import Record

# What any server takes, whatever it says of itself.
SEVEN_BITS = SMTP.clone(cte_type="7bit")
DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What a letter says beside its meeting: who calls, by council and post, and to talk of what.

    `before` is what they were told last; null where nothing reached them.
    """

    method: str
    council_name: str
    leader: str | None
    points: Sequence[str]
    before: InvitationMethod | None = None


def address_of(text: str) -> Address:
    """An address as a header takes it. ValueError for what no mail can be sent to."""
    user, _, domain = text.rpartition("@")
    try:
        plain = f"{user}@{domain.encode('idna').decode()}"
        plain.encode("ascii")
        return Address(addr_spec=plain)
    except (HeaderParseError, IndexError, UnicodeError) as failure:
        raise ValueError("no mail can be sent there") from failure


def written(
    id: UUID,
    meeting: Record,
    told: Told,
    *,
    sender: str,
    to: str,
    link: str | None,
) -> EmailMessage:
    """A letter to one person: its Message-ID is the letter's, so a second copy is known as one."""
    own, theirs = address_of(sender), address_of(to)
    message = EmailMessage(policy=SEVEN_BITS)
    message["Message-ID"] = f"<{id}@kompetensnav>"
    message["Date"] = format_datetime(clock.now())
    message["From"], message["To"] = own, theirs
    message["Subject"] = subject_of(meeting, told)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text_of(meeting, told, link))
    people = {"organizer": own.addr_spec, "attendee": theirs.addr_spec}
    called = {"method": told.method.upper(), "charset": "utf-8"}
    event = calendar_of([meeting], told.council_name, method=told.method.upper(), **people)
    message.add_alternative(event, maintype="text", subtype="calendar", params=called)
    return message


def one_line(text: str) -> str:
    """A text as it may stand in a header, or amid a letter."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _off(meeting: Record) -> bool:
    return bool(meeting["status"] == MeetingStatus.cancelled)


def subject_of(meeting: Record, told: Told) -> str:
    """The line by which a letter is known."""
    return one_line(f"{_kind(meeting, told)}: {meeting['title']}")


def _kind(meeting: Record, told: Told) -> str:
    if told.method == InvitationMethod.cancel:
        return "Inställt" if _off(meeting) else "Inte längre kallad"
    if told.before is None:
        return "Kallelse"
    return "Ändrad kallelse" if told.before == InvitationMethod.request else "Mötet blir av"


def text_of(meeting: Record, told: Told, link: str | None) -> str:
    """What a letter says."""
    lines = [_opening(meeting, told), ""]
    lines += [f"Tid: {_when(meeting)}"]
    lines += [f"Plats: {one_line(meeting['place'])}"] if meeting["place"] else []
    lines += [f"Digitalt möte: {meeting['link']}"] if meeting["link"] else []
    if link:
        lines += ["", "Svara här om du kommer (ingen inloggning behövs):", link]
        lines += ["", "Länken är din egen: skicka den inte vidare."]
        lines += ["Svarar du i ditt kalenderprogram (Acceptera) når svaret inte den som kallar."]
    if told.method == InvitationMethod.request and told.points:
        points = enumerate(map(one_line, told.points), 1)
        lines += ["", "Dagordning hittills:", *(f"{at}. {title}" for at, title in points)]
    caller = one_line(told.council_name)
    caller += f", genom {one_line(told.leader)}" if told.leader else ""
    return "\n".join([*lines, "", f"Avsändare: {caller}", ""])


def _opening(meeting: Record, told: Told) -> str:
    named = f"mötet {one_line(meeting['title'])} i {one_line(told.council_name)}"
    if told.method == InvitationMethod.cancel and _off(meeting):
        return f"M{named[1:]} är inställt."
    if told.method == InvitationMethod.cancel:
        return f"Du är inte längre kallad till {named}."
    if told.before is None:
        return f"Du kallas till {named}."
    if told.before == InvitationMethod.request:
        return f"Tid, plats eller namn har ändrats för {named}."
    return f"M{named[1:]} blir av, trots tidigare besked. Du kallas på nytt."


def _when(meeting: Record) -> str:
    """A moment in Sweden in words, and until when."""
    start = meeting["starts_at"].astimezone(STOCKHOLM)
    day = f"{DAYS[start.weekday()]} {start.day} {MONTHS[start.month - 1]} {start.year}"
    if not meeting["ends_at"]:
        return f"{day} kl. {start:%H.%M}"
    end = meeting["ends_at"].astimezone(STOCKHOLM)
    if end.date() == start.date():
        return f"{day} kl. {start:%H.%M}–{end:%H.%M}"
    return f"{day} kl. {start:%H.%M} till {end.day} {MONTHS[end.month - 1]} kl. {end:%H.%M}"
