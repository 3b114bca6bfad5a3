"""Indicators: one thing that is measured, year by year and place by place, with how to cite it."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import page
from gateway.misread import asked_of, demand_choice, demand_known, demand_read, misread_at
from gateway.pages import choices, figures
from gateway.pages.analysis import OCCUPATION
from gateway.pages.figures import Where
from gateway.pages.listing import KINDS
from services.analysis.contract.indicator import JSON_STAT
from services.kit.errors import NotFound

area = Area("indicators")
FIELDS = ("area", "occupation_code", "each")
FILES = {"csv": KINDS["csv"], "xlsx": KINDS["xlsx"], "json": JSON_STAT}
COUNTED = ("persons", "job_ads", "seats")
MUNICIPALITY = "municipality"
# No indicator that anybody describes: it is worked out of those that tell of women and men.
INDEX = "segregation"


class Asked(NamedTuple):
    """What an address asks: a form of it, the place, and the occupation if any."""

    form: Form[Any]
    where: Where
    occupation: str

    @property
    def places(self) -> dict[str, object]:
        """The place, its county and the country."""
        areas = dict.fromkeys([*self.where.areas, *self.where.counties, figures.NATION])
        return {"area_code": [*areas], "together": "true"}

    @property
    def around(self) -> dict[str, object]:
        """The place beside its county and the country."""
        return self.places | self.about

    def local(self, key: str) -> dict[str, object]:
        """An indicator in each of our municipalities."""
        return {"indicator": key, "area_code": self.where.municipalities} | self.about

    @property
    def about(self) -> dict[str, object]:
        """The occupation, if one is asked about."""
        return {"occupation_code": self.occupation} if self.occupation else {}


@area.show("/analys/indikatorer", "list")
async def list_indicators(request: Request, house: Services) -> Response:
    """Everything that is measured of whole places, beside the county and the country."""
    asked = await _asked(request, house)
    analysis = house.analysis
    known, told = await analysis.batch(
        analysis.indicators.asked(sort="name", limit=200), analysis.figures.asked(**asked.around)
    )
    return page(
        request, "indicators/list.html", asked=asked.form, where=asked.where,
        beside=figures.beside(asked.where, figures.unrepeated(told["items"])),
        indicators=known["items"], citations=told["citations"],
    )  # fmt: skip


@area.show("/analys/indikatorer/{key}", "show")
async def show_indicator(request: Request, house: Services, key: str) -> Response:
    """One indicator over its years, and in each of our municipalities."""
    asked = await _asked(request, house)
    analysis, base = house.analysis, figures.SHARE_OF.get(key, key)
    questions = [
        analysis.indicators.asked(key=base),
        analysis.indicators.asked(sort="name", limit=200),
    ]
    indicators, every = (one["items"] for one in await analysis.batch(*questions))
    if not indicators:
        raise NotFound("there is no such indicator")
    series, here = await analysis.batch(
        analysis.figures.asked(indicator=key, series="true", **asked.around),
        analysis.figures.asked(**asked.local(key)),
    )
    told, places = series["items"], _municipal(here["items"])
    return page(
        request, "indicators/show.html", key=key, indicator=indicators[0], asked=asked.form,
        where=asked.where, name=_name(key, indicators[0], told), citations=series["citations"],
        table=_table(asked.where, told), trend=figures.trend(_finest(told)),
        mapped=_counts(places), places=dict(_named(asked.where)), local=places,
        others=[one for one in every if one["source_id"] == indicators[0]["source_id"]],
        occupation=asked.occupation,
    )  # fmt: skip


@area.show("/analys/indikatorfiler/{key}.{kind}", "file")
async def as_file(request: Request, house: Services, key: str, kind: str) -> Response:
    """The same figures as a file: CSV, Excel or JSON-stat 2.0; `each`: those on the map."""
    if kind not in FILES:
        raise NotFound("there is no such file")
    asked = await _asked(request, house)
    each = demand_choice(request, "each", (MUNICIPALITY,))
    demand_read(request)
    analysis = house.analysis
    path, query = analysis.figures.path, {"indicator": key, "series": "true"} | asked.around
    if each:
        query = asked.local(key)
    elif key == INDEX:
        path, query = analysis.segregation.path, {"series": "true"} | asked.places
    reply = await analysis.send("GET", path, query=query, headers={"accept": FILES[kind]})
    if reply.status != 200:  # noqa: PLR2004
        raise reply.problem()
    told = {"Content-Disposition": f'attachment; filename="{key}.{kind}"'}
    return Response(
        reply.body, headers=told | {"Cache-Control": "no-store"}, media_type=FILES[kind]
    )


async def _asked(request: Request, house: House) -> Asked:
    form = asked_of(request)
    demand_known(request, form, FIELDS)
    known = await choices.municipalities(request)
    where = await figures.where_of(house, form.value("area"), known)
    demand_choice(request, "area", dict(where.options), form)
    occupation = form.value("occupation_code").strip()
    if occupation and not OCCUPATION.fullmatch(occupation):
        misread_at(request, "occupation_code")
        occupation = ""
    return Asked(form, where, occupation)


def _name(key: str, indicator: Found, told: Sequence[Found]) -> str:
    return str(next((one["indicator_name"] for one in told), indicator["name"] if key else ""))


def _named(where: Where) -> Iterable[tuple[str, str]]:
    return ((code, name) for code, name in where.options if code in where.municipalities)


def _municipal(told: Sequence[Found]) -> list[Found]:
    """Figures that are true for a municipality; those of a coarser place are none of its own."""
    return [one for one in told if one["area_level"] == MUNICIPALITY and one["area_code"]]


def _counts(told: Sequence[Found]) -> dict[str, int | None] | None:
    """Numbers for the map; None where they are no numbers of things."""
    if not told or told[0]["unit"] not in COUNTED:
        return None
    return {
        one["area_code"]: None if one["value"] is None else round(float(one["value"]))
        for one in told
    }


def _finest(told: Sequence[Found]) -> list[Found]:
    """The series of the finest place alone: a line of a county would dwarf it."""
    level = min((one["area_level"] for one in told), key=figures.LEVELS.index, default="")
    return [one for one in told if one["area_level"] == level]


def _table(where: Where, told: Sequence[Found]) -> dict[str, Any]:
    """Periods as rows, the newest first, with a cell for each place, the finest first."""
    levels = {where.place(one): figures.LEVELS.index(one["area_level"]) for one in told}
    rows: dict[str, dict[str, Found]] = {}
    for one in told:
        rows.setdefault(one["period"], {})[where.place(one)] = one
    return {
        "places": sorted(levels, key=lambda name: levels[name]),
        "rows": [(period, rows[period]) for period in sorted(rows, reverse=True)],
    }
