"""Letters: what a respondent reads who gets the link to an interview by e-mail."""

from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID

from services.councils.invitation.letter import MONTHS, SEVEN_BITS, address_of
from services.kit import clock
from services.kit.clock import STOCKHOLM


def written(
    id: UUID, *, held_on: date, council: str | None, expires_at: datetime, sender: str, to: str,
    link: str,
) -> EmailMessage:  # fmt: skip
    """A letter to one person. Nothing of what was said stands in it, nor a name."""
    message = EmailMessage(policy=SEVEN_BITS)
    message["Message-ID"] = f"<{id}@kompetensnav>"
    message["Date"] = format_datetime(clock.now())
    message["From"], message["To"] = address_of(sender), address_of(to)
    message["Subject"] = f"Läs och godkänn svaren från intervjun {_day(held_on)}"
    message["Auto-Submitted"] = "auto-generated"
    last = _day(expires_at.astimezone(STOCKHOLM).date())
    message.set_content(_text(_day(held_on), last, council, link))
    return message


def _text(held: str, last: str, council: str | None, link: str) -> str:
    lines = [
        f"Du svarade på frågor om kompetensförsörjning den {held}. Här läser du det som",
        "skrevs ned. Du kan godkänna det, be om ändringar eller ta tillbaka ditt samtycke",
        "(ingen inloggning behövs):",
        link,
        "",
        f"Länken är din egen: skicka den inte vidare. Den slutar gälla den {last}.",
    ]
    if council:
        name = " ".join("".join(c if c.isprintable() else " " for c in council).split())
        lines += ["", f"Avsändare: {name}"]
    return "\n".join([*lines, ""])


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
