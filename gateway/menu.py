"""The menu: what stands in the side, in which order, and for whom."""

from dataclasses import dataclass

from gateway.addresses import Addresses
from gateway.visitor import Visitor


@dataclass(frozen=True)
class Entry:
    """One line of the menu; shown where the page exists and the visitor has a role for it."""

    label: str
    page: str
    area: str = ""
    roles: tuple[str, ...] = ()


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


STAFF = ("process_leader", "strategist", "administrator")

MAIN = (
    Entry("Översikt", "overview.start"),
    Entry("Aktörer", "actors.list", "/aktorer"),
    Entry("Branschråd", "councils.list", "/branschrad"),
    Entry("Intervjuer", "interviews.list", "/intervjuer"),
    Entry("Behov", "needs.list", "/behov"),
    Entry("Initiativ", "initiatives.list", "/initiativ"),
    Entry("Möten", "meetings.list", "/moten"),
    Entry("Kompetensanalys", "analysis.list", "/analys"),
    Entry("Röda tråden", "thread.list", "/roda-traden"),
)
QUICK = (
    Entry("Nytt behov", "needs.new", roles=STAFF),
    Entry("Tillfälligt branschråd", "councils.fast_track", roles=STAFF),
)
ADMINISTRATION = (
    Entry("Användare", "users.list", "/anvandare", roles=("administrator",)),
    Entry("Inställningar", "settings.show", "/installningar", roles=("administrator",)),
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
        if entry.page in addresses and (not entry.roles or visitor.has_role(*entry.roles))
    )


def _current(entry: Entry, addresses: Addresses, path: str) -> str:
    if path == addresses.to(entry.page):
        return "page"
    return "true" if entry.area and path.startswith(f"{entry.area}/") else ""
