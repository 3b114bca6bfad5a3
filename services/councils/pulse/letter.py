"""The letter that asks somebody the four questions of a pulse."""

from email.message import EmailMessage
from uuid import UUID

from services.councils.contract.pulse import FEWEST
from services.councils.invitation.letter import DAYS, MONTHS, SEVEN_BITS, address_of, one_line
from services.kit.store import Record


def written(id: UUID, pulse: Record, *, sender: str, to: str, link: str) -> EmailMessage:
    """A letter to one person. ValueError for an address that no mail can be sent to."""
    message = EmailMessage(policy=SEVEN_BITS)
    message["Message-ID"] = f"<{id}@kompetensnav>"
    message["From"], message["To"] = address_of(sender), address_of(to)
    message["Subject"] = one_line(f"Fyra frågor om samarbetet i {pulse['council']}")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text_of(pulse, link))
    return message


def text_of(pulse: Record, link: str) -> str:
    """What it says."""
    day = pulse["closes_on"]
    until = f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
    lines = [
        f"Hur går samarbetet i {one_line(pulse['council'])}? Svara på fyra frågor med ett tal",
        "från 1 till 5, och skriv en rad om du vill. Det tar någon minut.",
        "",
        "Svara här (ingen inloggning behövs):",
        link,
        "",
        f"Sista dag är {until}. Till dess kan du svara igen: det nya svaret ersätter det gamla.",
        "",
        "Ingen ser vad du svarar, eller om du har svarat. När omgången är stängd visas bara",
        f"ungefär hur stor del som svarat 4 eller 5, och raderna utan namn, om minst {FEWEST} har",
        "svarat. Annars visas ingenting.",
        "",
        "Länken är din egen: skicka den inte vidare.",
        "",
        f"Avsändare: {one_line(pulse['council'])}",
        "",
    ]
    return "\n".join(lines)
