"""Removing: what cannot be undone is asked about first, on a page at the address that does it."""

from collections.abc import Callable
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from gateway import swedish
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Things, ids_in
from gateway.forms import Form
from gateway.html import page
from gateway.pages.choices import name_in


def asks_first(
    area: Area,
    path: str,
    way: str,
    things: Callable[[House], Things],
    draft: type[BaseModel],
    *,
    what: str,
    told: tuple[str, ...],
    back: str,
    id: str = "id",
) -> None:
    """The question before `way` of an area takes a thing away.

    `what`: its name in the definite form (kontakten, mandatet). `told`: the fields that say which
    it is. `back`: the page where somebody goes on who does not want it.
    """

    @area.show(path, way)
    async def ask(request: Request, house: Services) -> Response:
        thing = await things(house).one(request.path_params[id])
        return page(
            request, "removal.html", form=Form.showing(draft, thing), what=what,
            lead=await _which(house, thing, told), back_to=back, place=request.path_params,
        )  # fmt: skip


async def _which(house: House, thing: Found, told: tuple[str, ...]) -> str:
    ids = [name for name in told if name.endswith("_id")]
    labels = await house.analysis.labels(ids_in([thing[name] for name in ids])) if ids else {}
    parts = (_said(thing, name, labels) for name in told)
    return " · ".join(part for part in parts if part)


def _said(thing: Found, name: str, labels: dict[str, Any]) -> str:
    value = thing[name]
    if name.endswith("_id"):
        return name_in(labels, value)
    return swedish.day(value) if name.endswith(("_on", "_from")) else str(value or "")[:200]
