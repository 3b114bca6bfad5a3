"""The seats that there are, shared out among all open needs, and the new seats that would help."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import page
from gateway.misread import asked_of, demand_choice, demand_known
from gateway.pages import choices
from gateway.pages.listing import SIZE, file_of, file_query, number_of
from gateway.swedish.codes import label
from services.analysis.contract.verdict import Horizon

area = Area("allocation")
FIELDS = ("q", "horizon", "which")
WHICH: Mapping[str, Callable[[Found], bool]] = {
    "lacking": lambda one: float(one["lacking"]) > 0,
    "unmet": lambda one: float(one["unmet"]) > 0,
    "possible": lambda one: float(one["possible"]) > 0,
}
COLUMNS: Mapping[str, Callable[[Found], Any]] = {
    "Behov": lambda one: one["name"],
    "SSYK": lambda one: one["occupation_code"],
    "Kommuner": lambda one: " ".join(one["municipality_codes"]),
    "Behövs per år": lambda one: float(one["demand"]),
    "Säkert": lambda one: float(one["certain"]),
    "Möjligt": lambda one: float(one["possible"]),
    "Saknas": lambda one: float(one["lacking"]),
    "Kan inte täckas här": lambda one: float(one["unmet"]),
    "Nya platser": lambda one: sum(more["seats"] for more in one["added_seats"]),
    "Exempel": lambda one: "ja" if one["example"] else "",
}


@area.show("/analys/fordelning", "show")
async def show(request: Request, house: Services) -> Response:
    """What is lacking in all, the seats that would close most, and what each need is given."""
    asked = asked_of(request)
    demand_known(request, asked, (*FIELDS, "page"))
    found = await _found(request, house, asked)
    rows = _chosen(request, asked, found["items"])
    number = number_of(request)
    part = rows[(number - 1) * SIZE : number * SIZE]
    known, municipalities = (
        await house.analysis.known(_ids(part, found), [one["occupation_code"] for one in part]),
        await choices.municipalities(request),
    )
    codes = [code for one in part for code in one["municipality_codes"]]
    places = await choices.places(house, municipalities, codes)
    labels, occupations = known
    return page(
        request, "analysis/allocation.html", asked=asked, found=found, part=part, labels=labels,
        occupations=occupations, places=places, total=len(rows), number=number,
        more=len(rows) > number * SIZE,
    )  # fmt: skip


@area.show("/analys/fordelning.{kind}", "file")
async def as_file(request: Request, house: Services, kind: str) -> Response:
    """The needs of the division as a file."""
    file_query(request, kind, FIELDS)
    asked = asked_of(request)
    rows = _chosen(request, asked, (await _found(request, house, asked))["items"])
    told = [{name: of(one) for name, of in COLUMNS.items()} for one in rows]
    return file_of("fordelning", kind, list(COLUMNS), told)


async def _found(request: Request, house: House, asked: Form[Any]) -> Found:
    words = {horizon: label(horizon, "Horizon") for horizon in Horizon}
    horizon = demand_choice(request, "horizon", words, asked)
    found: Found = await house.analysis.get("/allocation", horizon=horizon or Horizon.short)
    return found


def _chosen(request: Request, asked: Form[Any], rows: list[Found]) -> list[Found]:
    which = demand_choice(request, "which", WHICH, asked)
    words = asked.value("q").lower().split()
    return [
        one
        for one in rows
        if WHICH.get(which, bool)(one)
        and all(word in f"{one['name']} {one['occupation_code']}".lower() for word in words)
    ]


def _ids(part: list[Found], found: Found) -> list[str]:
    """The programmes and providers that the page names."""
    rows = [row for one in part for row in (*one["allotments"], *one["added_seats"])]
    rows += found["supplements"]
    return ids_in([one["programme_id"] for one in rows], [one["provider_actor_id"] for one in rows])
