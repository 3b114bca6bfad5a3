"""Problems in Swedish: a sentence for every error code, which says what to do about it."""

from decimal import Decimal
from pathlib import Path

from gateway.swedish.at_fields import FIELD_SENTENCES

ANYWHERE = ""
THIS_FIELD = "det här fältet"

_LINES = Path(__file__).with_name("problems.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = dict(line.split(": ", 1) for line in _LINES)

# Sentences for problems that stand at no field.
WHOLE = {
    "malformed": "Det gick inte att läsa uppgifterna. Försök igen.",
    "forbidden": "Du har inte behörighet att göra det här.",
    "not_found": "Det du ändrar finns inte längre.",
    "conflict": "Det går inte att göra just nu, för läget har ändrats.",
    "stale": "Någon annan har ändrat uppgifterna medan du skrev. Det du skrev är inte sparat, "
    "men det står kvar. Jämför och spara igen.",
    "too_large": "Det är för stort för att tas emot.",
    "put_back": "Uppgifterna har sparats sedan du skrev det som står här. Inget är skrivet över. "
    "Läs igenom det som skiljer, och spara igen.",
    "rejected": "Något i formuläret går inte att spara.",
    "throttled": "Det blev för många försök. Vänta en stund och försök igen.",
    "unavailable": "Det gick inte att spara just nu. Försök igen om en stund.",
    "wrong_sign_in": "E-postadressen eller lösenordet stämmer inte.",
    "last_administrator": "Ge först någon annan rollen som administratör.",
    "internal": "Något gick fel hos oss. Försök igen.",
}


def sentence(code: str, field: str = "", *, limit: object = "") -> str:
    """What to do about an error; still has {label}, for the page knows the field's label."""
    short = field.rpartition(".")[2]
    found = FIELD_SENTENCES.get((short, code)) or SENTENCES.get(code)
    if found is None:
        found = WHOLE.get(code, "Kontrollera {label}." if field else WHOLE["rejected"])
    told = str(limit).replace(".", ",") if isinstance(limit, Decimal | float) else str(limit)
    return found.replace("{limit}", told)


def with_label(text: str, label: str | None) -> str:
    """The sentence with the field's label in it, starting with a capital letter."""
    named = text.replace("{label}", f"”{label.rstrip(': ')}”" if label else THIS_FIELD)
    return named[:1].upper() + named[1:]
