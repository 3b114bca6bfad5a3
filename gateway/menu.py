"""The menu: what stands in the side, in which order, and for whom."""

from dataclasses import dataclass

from gateway.access import may
from gateway.addresses import Addresses
from gateway.visitor import Visitor


@dataclass(frozen=True)
class Entry:
    """One line of the menu; shown where the page exists and the visitor is let in to it."""

    label: str
    page: str
    area: str = ""


@dataclass(frozen=True)
class Item:
    """One line as a visitor sees it; current is "page", "true" or nothing."""

    label: str
    href: str
    current: str = ""


@dataclass(frozen=True)
class Shown:
    """The menu as one visitor sees it on one page."""

    main: tuple[Item, ...] = ()
    quick: tuple[Item, ...] = ()
    administration: tuple[Item, ...] = ()


MAIN = (
    Entry("Översikt", "overview.start"),
    Entry("Aktörer", "actors.list", "/aktorer"),
    Entry("Befattningar", "posts.list", "/befattningar"),
    Entry("Personer", "people.list", "/personer"),
    Entry("Dialog", "contacts.list", "/kontakter"),
    Entry("Mandat", "mandates.list", "/mandat"),
    Entry("Utbildningar", "programmes.list", "/utbildningar"),
    Entry("Bidrag", "pledges.list", "/bidrag"),
    Entry("Branschråd", "councils.list", "/branschrad"),
    Entry("Intervjuer", "interviews.list", "/intervjuer"),
    Entry("Behov", "needs.list", "/behov"),
    Entry("Initiativ", "initiatives.list", "/initiativ"),
    Entry("Möten", "meetings.list", "/moten"),
    Entry("Kompetensanalys", "analysis.list", "/analys"),
    Entry("Röda tråden", "thread.list", "/roda-traden"),
)
QUICK = (
    Entry("Nytt behov", "needs.new"),
    Entry("Logga kontakt", "contacts.new"),
    Entry("Tillfälligt branschråd", "councils.fast_track"),
)
ADMINISTRATION = (
    Entry("Användare", "users.list", "/anvandare"),
    Entry("Inställningar", "settings.show", "/installningar"),
)


class Menu:
    """The house's menu."""

    def shown_to(self, visitor: Visitor, addresses: Addresses, path: str) -> Shown:
        """What a visitor sees on the page at a path."""
        if not visitor.signed_in:
            return Shown()
        parts = (MAIN, QUICK, ADMINISTRATION)
        return Shown(*(_items(entries, visitor, addresses, path) for entries in parts))


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
    return "true" if entry.area and path.startswith(f"{entry.area}/") else ""
