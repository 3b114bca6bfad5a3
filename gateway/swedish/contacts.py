"""Contacts as headlines: how it was had, and with whom."""

HEADLINES = {
    "meeting": "Möte med",
    "phone": "Telefonsamtal med",
    "email": "E-post med",
    "visit": "Besök hos",
    "video": "Videomöte med",
    "presentation": "Föredragning för",
    "coaching": "Coachning av",
}


def headline(channel: str, name: str) -> str:
    """Föredragning för Kompetensforum."""
    return f"{HEADLINES.get(channel, 'Kontakt med')} {name}"
