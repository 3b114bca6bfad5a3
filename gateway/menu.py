"""The menu: what stands in the side, in which order, and for whom."""

from dataclasses import dataclass

from gateway.access import may
from gateway.addresses import Addresses
from gateway.visitor import Visitor


@dataclass(frozen=True)
class Entry:
    """One line of the menu; shown where the page exists and the visitor is let in to it.

    `areas`: the first words of the addresses that it stands for, with a space between.
    """

    label: str
    page: str
    areas: str = ""


@dataclass(frozen=True)
class Item:
    """One line as a visitor sees it; current is "page", "true" or nothing."""

    label: str
    href: str
    current: str = ""


@dataclass(frozen=True)
class Part:
    """Some lines that belong together, under a heading; the first part has none."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Shown:
    """A part as one visitor sees it on one page."""

    key: str
    heading: str
    items: tuple[Item, ...]


OF_ACTORS = (
    "/aktorer /lagen /relationer /skattningar /vinster /forutsattningar /importer "
    "/prioriteringar /kriterier /pakopplingar /rollprovningar"
)
PARTS = {
    "start": Part(
        "",
        (
            Entry("Översikt", "overview.start"),
            Entry("Modellen", "picture.list", "/modellen"),
            Entry("Konferenser", "events.list", "/konferenser /konferenspass"),
        ),
    ),
    "needs": Part(
        "Behov",
        (
            Entry("Intervjuer", "interviews.list", "/intervjuer /svar /gapanalys /dialogkartor"),
            Entry("Behov", "needs.list", "/behov"),
            Entry("Initiativ", "initiatives.list", "/initiativ /resultat /steg"),
            Entry("Checklistor", "checklists.list", "/checklistor /checklistmallar"),
            Entry("Projekt", "projects.list", "/projekt /projektdelar /lardomar"),
            Entry("Röda tråden", "thread.list", "/roda-traden"),
        ),
    ),
    "councils": Part(
        "Råd",
        (
            Entry(
                "Branschråd",
                "councils.list",
                "/branschrad /uppdragsbeskrivningar /halsokontroller /platser /snabbspar",
            ),
            Entry("Möten", "meetings.list", "/moten /dagordning /motesserier"),
            Entry("Stående punkter", "standing_items.list", "/staende-punkter"),
            Entry("Beslut", "decisions.list", "/beslut"),
            Entry("Inriktningar", "directions.list", "/inriktningar /lyft"),
            Entry("Åtgärder", "action_items.list", "/atgarder"),
        ),
    ),
    "actors": Part(
        "Aktörer",
        (
            Entry("Aktörer", "actors.list", OF_ACTORS),
            Entry("Befattningar", "posts.list", "/befattningar /innehav"),
            Entry("Personer", "people.list", "/personer"),
            Entry("Dialog", "contacts.list", "/kontakter"),
            Entry(
                "Mandat", "mandates.list", "/mandat /arbete-utan-mandat /burna-fragor /ambassadorer"
            ),
            Entry("Bidrag", "pledges.list", "/bidrag"),
        ),
    ),
    "leadership": Part(
        "Processledning",
        (
            Entry("Processledare", "leader_assignments.list", "/processledare"),
            Entry("Resurssättning", "leadership.means"),
            Entry("Belastning", "leadership.loads"),
            Entry("Mötesupplägg", "session_plans.list", "/motesupplagg"),
            Entry("Metodbibliotek", "methods.list", "/metoder"),
            Entry("Kompetensprofil", "competence_profiles.list", "/kompetensprofil"),
        ),
    ),
    "knowing": Part(
        "Kunskap",
        (
            Entry("Kompetensanalys", "analysis.list", "/analys"),
            Entry("Utbildningar", "programmes.list", "/utbildningar /utbildningsstarter"),
            Entry("Urval av bransch", "selections.list", "/urval /swot-punkter"),
            Entry("Kvalitetscirkeln", "quality_circles.list", "/kvalitetscirklar /pulser"),
            Entry("Det tar tid", "lead_times.list"),
            Entry("Kontinuitet", "continuity.list", "/kontinuitet"),
        ),
    ),
    "quick": Part(
        "Snabbt",
        (
            Entry("Nytt behov", "needs.new"),
            Entry("Ny intervju", "interviews.new"),
            Entry("Logga kontakt", "contacts.new"),
            Entry("Tillfälligt branschråd", "councils.fast_track"),
        ),
    ),
    "administration": Part(
        "Administration",
        (
            Entry("Användare", "users.list", "/anvandare"),
            Entry("Inställningar", "settings.show", "/installningar"),
        ),
    ),
}


class Menu:
    """The house's menu."""

    def shown_to(self, visitor: Visitor, addresses: Addresses, path: str) -> tuple[Shown, ...]:
        """The parts where a visitor may open something, on the page at a path."""
        if not visitor.signed_in:
            return ()
        parts = (
            Shown(key, part.heading, _items(part.entries, visitor, addresses, path))
            for key, part in PARTS.items()
        )
        return tuple(part for part in parts if part.items)


def _items(
    entries: tuple[Entry, ...], visitor: Visitor, addresses: Addresses, path: str
) -> tuple[Item, ...]:
    return tuple(
        Item(entry.label, addresses.to(entry.page), _current(entry, addresses, path))
        for entry in entries
        if entry.page in addresses and may(visitor, entry.page)
    )


def _current(entry: Entry, addresses: Addresses, path: str) -> str:
    if path == addresses.to(entry.page):
        return "page"
    return "true" if f"/{path.split('/')[1]}" in entry.areas.split() else ""
