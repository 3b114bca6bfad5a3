"""Breaks of the red thread, as sentences on a page."""

from typing import Any

from gateway.swedish import label

SENTENCES = {
    "no_source": "Det står inte varifrån behovet kommer.",
    "no_council": "Inget råd arbetar med behovet.",
    "no_actor": "Ingen aktör driver arbetet med behovet.",
    "no_decision": "Inget beslut är fattat om behovet.",
    "decision_without_initiative": "Beslutet har inte lett till något initiativ som är beslutat.",
    "initiative_without_outcome": "Initiativets slutdatum har passerat utan resultat.",
    "ownerless": "Ingen ansvarar just nu.",
}

OWNERLESS = {
    "needs": "Ingen ansvarar för behovet just nu.",
    "initiatives": "Ingen ansvarar för initiativet just nu.",
    "decisions": "Ingen ansvarar för beslutet just nu.",
}
PAGES = {"needs": "needs.show", "initiatives": "initiatives.show", "decisions": "decisions.show"}


def shown_breaks(breaks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each break with its sentence, and the page of the thing where the thread stops."""
    return [
        found
        | {
            "sentence": _sentence(found["kind"], found["thing"]["noun"]),
            "page": PAGES[found["thing"]["noun"]],
        }
        for found in breaks
    ]


def _sentence(kind: str, noun: str) -> str:
    if kind == "ownerless":
        return OWNERLESS[noun]
    return SENTENCES.get(kind, label(kind, "BreakKind"))
