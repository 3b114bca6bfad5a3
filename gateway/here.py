"""Here: the address being shown, and how its query changes when a link refines it."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode


@dataclass(frozen=True)
class Here:
    """The path and query of the page, for sort links, pagers and filters."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, path: str, query: str) -> "Here":
        """The address behind a request."""
        return cls(path, tuple(parse_qsl(query)))

    def get(self, name: str, otherwise: str = "") -> str:
        """The last value of a query parameter."""
        return next((value for key, value in reversed(self.pairs) if key == name), otherwise)

    def all(self, name: str) -> list[str]:
        """Every value of a query parameter."""
        return [value for key, value in self.pairs if key == name]

    def having(self, **changes: object) -> str:
        """This address with some parameters replaced; None or empty takes one away."""
        kept = [(key, value) for key, value in self.pairs if key not in changes and value]
        new = [(key, str(value)) for key, value in changes.items() if value not in (None, "")]
        query = urlencode([*kept, *new])
        return f"{self.path}?{query}" if query else self.path

    def at(self, address: str, **changes: object) -> str:
        """What another page shows of the same query, from its beginning."""
        path, begun = address.partition("?")[0], {"page": None, "after": None}
        return Here(path, self.pairs).having(**begun | changes)

    def of_kind(self, kind: str) -> str:
        """The same list as a file: the path with an ending, the same query."""
        path = self.having(page=None, after=None).partition("?")
        return f"{path[0].rstrip('/') or '/'}.{kind}{path[1]}{path[2]}"
