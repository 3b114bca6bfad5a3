"""Every page of the house, found as people find them: by following links."""

import re
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urljoin, urlsplit

from starlette.routing import Match

from gateway.pages import area_names, areas_of

ROUTES = [route for area in areas_of(area_names()) for route in area.routes]
FILE = re.compile(r"\.(csv|xlsx|ics|json|svg|pdf)$|^/static/|^/api/v1|^/utlogg")


@cache  # the menu stands on every page
def page_at(path: str) -> str:
    """The name of the page at a path, such as `needs.show`; empty where there is none."""
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "root_path": ""}
    for route in ROUTES:
        if route.matches(scope)[0] is Match.FULL:
            return str(getattr(route, "name", ""))
    return ""


def readable() -> set[str]:
    """The name of every page that is read with GET and is no file."""
    found = (r for r in ROUTES if "GET" in (getattr(r, "methods", None) or ()))
    pages = (r for r in found if not FILE.search(getattr(r, "path", "")))
    return {str(getattr(r, "name", "")) for r in pages if ".{kind}" not in getattr(r, "path", "")}


@dataclass
class Frontier:
    """What is still to be seen: of each name `most` pages, of things `things`.

    `new`: the page given last is the first of its name.
    """

    most: int = 1
    things: int = 2
    waiting: list[str] = field(default_factory=lambda: ["/"])
    seen: dict[str, list[str]] = field(default_factory=dict)
    new: bool = True

    def learn(self, links: list[str], at: str) -> None:
        """Links of a page, where they are pages of this house."""
        for link in links:
            parts = urlsplit(urljoin(at, link))
            own = not parts.netloc or parts.netloc == urlsplit(at).netloc
            if own and not FILE.search(parts.path):
                self.waiting.append(f"{parts.path}{'?' + parts.query if parts.query else ''}")

    def next(self) -> str | None:
        """The next address of a page not seen enough of."""
        while self.waiting:
            path = self.waiting.pop(0)
            name = page_at(urlsplit(path).path) or path
            known = self.seen.setdefault(name, [])
            most = self.things if name.endswith(".show") else self.most
            if path not in known and len(known) < most:
                self.new = not known
                known.append(path)
                return path
        return None
