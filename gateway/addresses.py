"""Addresses: every page's path by its name, so that a broken link fails a test, not a user."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from starlette.routing import BaseRoute, Route

# The page that shows a thing, by the noun it is known as.
PAGE_OF = {
    "actor": "actors.show",
    "post": "posts.show",
    "person": "people.show",
    "council": "councils.show",
    "need": "needs.show",
    "initiative": "initiatives.show",
    "programme": "programmes.show",
    "mandate": "mandates.show",
    "role_trial": "role_trials.show",
    "meeting": "meetings.show",
    "decision": "decisions.show",
    "interview": "interviews.show",
    "outcome": "outcomes.show",
    "project": "projects.show",
    "event": "events.show",
}
_THING = re.compile(r"/([a-z-]+)/[0-9a-f-]{36}")
_PART = re.compile(r"{(\w+)(?::\w+)?}")


class Addresses:
    """Names such as `councils.council`, each written once, at its route."""

    def __init__(self, routes: Iterable[BaseRoute] = ()) -> None:
        self.paths: dict[str, str] = {}
        self._parts: dict[str, list[str]] = {}
        for route in routes:
            if isinstance(route, Route) and "." in route.name:
                self.add(route.name, route.path)

    def add(self, name: str, path: str) -> None:
        """Learn a page; two routes may share a name (GET and POST) but not differ in path."""
        if self.paths.setdefault(name, path) != path:
            raise RuntimeError(f"{name} names both {self.paths[name]} and {path}")
        self._parts[name] = _PART.findall(path)

    def __contains__(self, name: object) -> bool:
        return name in self.paths

    def shown_at(self, place: str) -> str:
        """The page of a thing by the address its service gives it; empty where it has none."""
        found = _THING.fullmatch(place)
        page = f"{found[1].replace('-', '_')}.show" if found else ""
        return self.to(page, id=place.rpartition("/")[2]) if page in self.paths else ""

    def to(self, name: str, /, **values: object) -> str:
        """The address of a page: values fill the path, the rest becomes the query."""
        if name not in self.paths:
            raise LookupError(f"no page is named {name}")
        parts = self._parts[name]
        missing = [part for part in parts if values.get(part) in (None, "")]
        if missing:
            raise LookupError(f"{name} needs {', '.join(missing)}")
        filled = {part: quote(str(values.pop(part)), safe="") for part in parts}
        path = _PART.sub(lambda found: filled[found[1]], self.paths[name])
        return path + query_of(values)


def query_of(values: Mapping[str, object]) -> str:
    """A query string without what is empty; lists repeat their name."""
    given = {key: value for key, value in values.items() if value not in (None, "", [])}
    return f"?{urlencode(given, doseq=True)}" if given else ""


def is_local(address: str) -> bool:
    """Whether an address stays in this house: nothing a browser could read as another host."""
    return bool(re.fullmatch(r"/(?![/\\])[^\x00-\x20\\]*", address))
