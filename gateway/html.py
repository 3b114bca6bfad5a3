"""HTML: the templates, what every page knows, and how an answer becomes a page or one block."""

import re
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Context
from markupsafe import Markup

from gateway import charts, swedish
from gateway.access import may
from gateway.addresses import PAGE_OF, Addresses
from gateway.here import Here
from gateway.lookback import READS, Lookback, lookback_of
from gateway.menu import Menu
from gateway.misread import misread_in
from gateway.notice import Notice
from gateway.static import Static
from gateway.visitor import NOBODY, Visitor

OK, BAD_REQUEST, UNPROCESSABLE = 200, 400, 422
WHOLE = "page"  # the block that is all of a page but its shell; it changes the title too
FRONTEND = Path(__file__).parent.parent / "frontend"
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\s*;")


class Components:
    """The macros of components/, each from the file of its name, with the page's own context."""

    def __init__(self, environment: Environment, shared: Mapping[str, Any]) -> None:
        self._environment, self._shared = environment, shared

    def __getattr__(self, name: str) -> Any:
        template = self._environment.get_template(f"components/{name}.html")
        macro = getattr(template.make_module({**self._shared, "ui": self}), name)
        setattr(self, name, macro)
        return macro


class Pages:
    """One environment for the program's life: templates, files, addresses and menu."""

    def __init__(self, *, frontend: Path = FRONTEND, https: bool = False) -> None:
        self.https = https
        self.static = Static(frontend / "static")
        self.addresses = Addresses()
        self.menu = Menu()
        tokens = self.static.files["tokens.css"].body.decode()
        self.colours = dict(_COLOUR.findall(tokens))
        self.environment = Environment(
            loader=FileSystemLoader(frontend / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.filters.update(swedish.FILTERS)
        self.environment.globals.update(
            to=self._to,
            shown_at=self._shown_at,
            page_of=PAGE_OF,
            has=lambda name: name in self.addresses,
            static=self.static.address,
            colours=self.colours,
            charts=charts,
            swedish=swedish,
        )

    def _to(self, name: str, /, **values: object) -> str:
        return self.addresses.to(name, **values)

    def _shown_at(self, place: str) -> str:
        return self.addresses.shown_at(place)

    @cached_property
    def components(self) -> list[str]:
        """Every component's name."""
        names = self.environment.list_templates(filter_func=lambda n: n.startswith("components/"))
        return [Path(name).stem for name in names]

    def shared(self, request: Request) -> dict[str, Any]:
        """What every page and component knows of its request."""
        visitor, look = visitor_of(request), lookback_of(request)
        shared = {
            "nonce": request.scope.get("nonce", ""),
            "here": Here.of(request.url.path, request.url.query),
            "visitor": visitor,
            "may": partial(may, visitor),
            "menu": self.menu.shown_to(visitor, self.addresses, request.url.path),
            "notice": Notice.read(request, https=self.https),
            "https": self.https,
            "look": look,
            "stale": request.scope.get("stale", ()),
        }
        return shared | (self._looking_back(visitor, look) if look and look.active else {})

    def _looking_back(self, visitor: Visitor, look: Lookback) -> dict[str, Any]:
        """Links keep the two times, and those that lead to a change are not shown."""

        def to(name: str, /, **values: object) -> str:
            return self._to(name, **(look.kept_in(name) | values))

        def reads(name: str) -> bool:
            return name.partition(".")[2] in READS and may(visitor, name)

        return {"to": to, "may": reads}

    def render(
        self,
        request: Request,
        template: str,
        status: int,
        context: Mapping[str, Any],
        only: str | None = None,
    ) -> str:
        """A whole page, or the one block that htmx asked for."""
        found = self.environment.get_template(template)
        shared = self.shared(request)
        ui, failed = Components(self.environment, shared), status == UNPROCESSABLE
        everything = {**shared, "ui": ui, "failed": failed, **context}
        block = only if only and is_htmx(request) else wanted_block(request, found)
        if block is None:
            return found.render(everything)
        known = _begun(found, everything)
        filled = "".join(found.blocks[block](known))
        if block != WHOLE:
            return filled
        title = Markup("".join(found.blocks["title"](known)))  # noqa: S704 (escaped by the block)
        return f"{ui.page_title(title, failed)}{filled}"

    def render_block(
        self, request: Request, template: str, block: str, context: Mapping[str, Any]
    ) -> str:
        """One block of a template, without a title."""
        found, shared = self.environment.get_template(template), self.shared(request)
        ui = Components(self.environment, shared)
        known = _begun(found, {**shared, "ui": ui, "failed": False, **context})
        return "".join(found.blocks[block](known))


def _begun(template: Template, everything: dict[str, Any]) -> Context:
    """What a template's blocks know: all of the page, and what the template sets above them.

    Its macros, imports and sets are made by its beginning, which ends at the first words of the
    layout that it extends: those are thrown away.
    """
    known = template.new_context(everything)
    next(template.root_render_func(known), None)
    return known


def visitor_of(request: Request) -> Visitor:
    """Who is looking, as the door left it; nobody where it was not asked."""
    visitor: Visitor = request.scope.get("visitor", NOBODY)
    return visitor


def is_htmx(request: Request) -> bool:
    """Whether htmx asks, and not a browser that wants a whole page."""
    return request.headers.get("hx-request") == "true"


def wanted_block(request: Request, template: Template) -> str | None:
    """The block with the name of the element that htmx will fill; None: the whole page."""
    if not is_htmx(request) or request.headers.get("hx-request-type") == "full":
        return None
    _, _, target = request.headers.get("hx-target", "").partition("#")
    name = target.replace("-", "_")
    return name if name in template.blocks else None


def pages_of(request: Request) -> Pages:
    """The environment that the application was made with."""
    pages: Pages = request.app.state.pages
    return pages


def page(
    request: Request,
    template: str,
    /,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    only: str | None = None,
    **context: Any,
) -> Response:
    """Show a template: whole, or the block that htmx asked for (or another one, `only`)."""
    pages = pages_of(request)
    wrong = misread_in(request)
    if status == OK and (wrong or _undated(request)) and not is_htmx(request):
        status = BAD_REQUEST  # which htmx would not show
    html = pages.render(request, template, status, {"misread": wrong, **context}, only)
    answer = HTMLResponse(html, status, {"Vary": "HX-Request, HX-Target", **(headers or {})})
    if Notice.waits(request, https=pages.https) and not is_htmx(request):
        Notice.forget(answer, https=pages.https)
    return answer


def _undated(request: Request) -> bool:
    """Whether the address asks for a time that cannot be read: the page says so at its field."""
    look = lookback_of(request)
    return bool(look and look.form.wrong)


def fragment(request: Request, template: str, block: str, /, **context: Any) -> str:
    """One block by itself, for live updates."""
    return pages_of(request).render_block(request, template, block, context)


def full_address(request: Request, name: str, **values: object) -> str:
    """The address of a page with its host, as it is told to somebody outside."""
    base = request.app.state.settings.base_url or str(request.base_url)
    return base.rstrip("/") + pages_of(request).addresses.to(name, **values)


def go(
    request: Request,
    name: str,
    /,
    *,
    notice: str | None = None,
    undo: str | None = None,
    **values: object,
) -> Response:
    """Go to a page by its name after something was done; say what, and how it is undone."""
    return go_to(request, pages_of(request).addresses.to(name, **values), notice=notice, undo=undo)


def go_to(
    request: Request, address: str, *, notice: str | None = None, undo: str | None = None
) -> Response:
    """Go to an address of this house: 303, or HX-Redirect where htmx asks."""
    if is_htmx(request):
        answer = Response(headers={"HX-Redirect": address, "Vary": "HX-Request, HX-Target"})
    else:
        answer = RedirectResponse(address, 303)
    if notice:
        Notice(notice, undo).write(answer, https=pages_of(request).https)
    return answer
