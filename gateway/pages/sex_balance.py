"""Women and men in occupations: how differently they are spread, where, and what has changed."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import page
from gateway.misread import asked_of, demand_choice, demand_known
from gateway.pages import choices, figures
from gateway.pages.figures import Where
from gateway.pages.listing import SIZE, file_of, file_query, number_of
from gateway.pages.occupations import wanted_now
from gateway.swedish.codes import label
from services.analysis.contract.equality import SexChange
from services.analysis.contract.indicator import Sex

area = Area("sex_balance")
FIELDS = ("q", "which", "sort", "area")
CHANGED = (SexChange.more_even, SexChange.less_even)
WHICH: Mapping[str, Callable[[Found], bool]] = {
    "uneven": lambda one: one["smaller_sex"] is not None,
    "women": lambda one: one["smaller_sex"] == Sex.women,
    "men": lambda one: one["smaller_sex"] == Sex.men,
    "changed": lambda one: one["change"] in CHANGED,
}
SORTS: Mapping[str, Callable[[Found], Any]] = {
    "people": lambda one: (-_people(one), one["occupation_code"]),
    "name": lambda one: (_name(one).lower(), one["occupation_code"]),
}
COLUMNS: Mapping[str, Callable[[Found], Any]] = {
    "SSYK": lambda one: one["occupation_code"],
    "Yrke": lambda one: one["occupation_name"],
    "Kvinnor": lambda one: _number(one["women"]),
    "Män": lambda one: _number(one["men"]),
    "Andel kvinnor": lambda one: _share(one["women_share"]),
    "Andel kvinnor tidigare": lambda one: _share(one["earlier_women_share"]),
    "Förändring": lambda one: label(one["change"], "SexChange"),
}


@area.show("/analys/konsfordelning", "show")
async def show(request: Request, house: Services) -> Response:
    """The index over years beside the country's, and every occupation with its balance."""
    asked = asked_of(request)
    demand_known(request, asked, (*FIELDS, "page"))
    where = await _where(request, house, asked)
    (index, nation, shares), wanted = await asyncio.gather(_told(house, where), wanted_now(house))
    own = longest(index["items"])
    beside = longest([one for one in nation["items"] if one["indicator_key"] in _alike(own)])
    rows = _chosen(request, asked, shares["items"])
    number = number_of(request)
    part = rows[(number - 1) * SIZE : number * SIZE]
    return page(
        request, "analysis/sex_balance.html", asked=asked, where=where, shares=shares,
        wanted=wanted, index=own, lines=_lines(where, [own, beside]), found=part,
        total=len(rows), number=number, more=len(rows) > number * SIZE,
        breaks=[int(one["period"]) for one in (*own, *beside) if _is_broken(one)],
        beside=beside, citations=index["citations"],
    )  # fmt: skip


@area.show("/analys/konsfordelning.{kind}", "file")
async def as_file(request: Request, house: Services, kind: str) -> Response:
    """The same occupations as a file."""
    file_query(request, kind, FIELDS)
    where = await _where(request, house, asked_of(request))
    _, _, shares = await _told(house, where)
    rows = _chosen(request, asked_of(request), shares["items"])
    told = [{name: of(one) for name, of in COLUMNS.items()} for one in rows]
    return file_of("konsfordelning", kind, list(COLUMNS), told)


async def _where(request: Request, house: House, asked: Form[Any]) -> Where:
    where = await figures.where_of(
        house, asked.value("area"), await choices.municipalities(request)
    )
    demand_choice(request, "area", dict(where.options), asked)
    return where


async def _told(house: House, where: Where) -> Sequence[Found]:
    """The place's index over years, the country's, and the place's occupations."""
    analysis, here = house.analysis, {"area_code": where.areas, "together": "true"}
    found: Sequence[Found] = await analysis.batch(
        analysis.segregation.asked(**here, series="true"),
        analysis.segregation.asked(area_code=figures.NATION, series="true"),
        analysis.occupation_shares.asked(**here),
    )
    return found


def _alike(index: Sequence[Found]) -> Sequence[str]:
    """The indicators that an index can be laid beside: the same, or of the same register."""
    keys = [str(one["indicator_key"]) for one in index[:1]]
    return figures.EMPLOYED if set(keys) & set(figures.EMPLOYED) else keys


def _is_broken(one: Found) -> bool:
    return bool(one["after_break"]) and one["period"].isdigit()


def longest(index: Sequence[Found]) -> list[Found]:
    """The periods of the finest place, by the indicator that knows most of them.

    Of those employed, as the occupations are; of others only where nothing tells of them.
    """
    employed = [one for one in index if one["indicator_key"] in figures.EMPLOYED]
    by_key: dict[str, list[Found]] = {}
    for one in employed or index:
        by_key.setdefault(one["indicator_key"], []).append(one)

    def worth(several: list[Found]) -> tuple[int, int]:
        level = figures.LEVELS.index(several[0]["area_level"])
        return -level, sum(one["value"] is not None for one in several)

    return max(by_key.values(), key=worth, default=[])


def _lines(where: Where, several: Sequence[Sequence[Found]]) -> dict[str, list[tuple[int, float]]]:
    """A line of percentages over years for each place."""
    found: dict[str, list[tuple[int, float]]] = {}
    for one in (one for index in several for one in index):
        if one["value"] is not None and one["period"].isdigit():
            point = int(one["period"]), round(100 * float(one["value"]), 1)
            line = found.setdefault(where.place(one), [])
            if point not in line:
                line.append(point)
    return found


def _chosen(request: Request, asked: Form[Any], rows: list[Found]) -> list[Found]:
    """The occupations that the filters leave, in the order asked for."""
    which = demand_choice(request, "which", WHICH, asked)
    sort = demand_choice(request, "sort", SORTS, asked)
    words = asked.value("q").lower().split()
    found = [
        one
        for one in rows
        if WHICH.get(which, bool)(one) and all(word in _name(one).lower() for word in words)
    ]
    return sorted(found, key=SORTS[sort]) if sort in SORTS else found


def _name(one: Found) -> str:
    return f"{one['occupation_name'] or 'SSYK'} {one['occupation_code']}"


def _people(one: Found) -> int:
    return sum(int(one[sex]) for sex in ("women", "men") if one[sex] is not None)


def _number(value: str | None) -> int | None:
    return None if value is None else int(float(value))


def _share(value: str | None) -> float | None:
    return None if value is None else float(value)
