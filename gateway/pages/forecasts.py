"""Forecasts: what occupations may come to, by what method, and what came true."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.misread import asked_of, demand_choice, demand_known
from gateway.pages import choices, figures
from gateway.pages.figures import Where
from gateway.pages.listing import SIZE, file_of, file_query, number_of
from gateway.pages.occupations import occupations_named
from gateway.swedish.codes import label
from services.analysis.contract.forecast import ForecastMethod, ForecastOrder
from services.kit.errors import Malformed, NotFound, Rejected

area = Area("forecasts")
FIELDS = ("q", "sort", "area")
OCCUPATION = re.compile(r"[0-9]{4}")
NOTHING_KNOWN = "Det finns inga siffror om platsen att göra en prognos på."
SORTS: Mapping[str, Callable[[Found], Any]] = {
    "people": lambda one: (-float(one["origin_value"] or 0), one["occupation_code"]),
    "leaving": lambda one: (
        -float(one["leaving"].get("share_leaving") or 0),
        one["occupation_code"],
    ),
}
COLUMNS: Mapping[str, Callable[[Found, Found], Any]] = {
    "SSYK": lambda one, _: one["occupation_code"],
    "Yrke": lambda one, _: one["occupation_name"],
    "Område": lambda one, _: one["area_name"] or one["area_code"],
    "Nivå": lambda one, _: label(one["area_level"], "AreaLevel"),
    "Senaste år": lambda one, _: one["origin_period"],
    "Senaste antal": lambda one, _: _number(one["origin_value"]),
    "År": lambda _, year: year["period"],
    "Prognos": lambda _, year: _number(year.get("value")),
    "Lägst": lambda _, year: _number(year.get("low")),
    "Högst": lambda _, year: _number(year.get("high")),
    "Intervallets nivå": lambda one, _: float(one["level"]),
    "Metod": lambda _, year: label(year["method"], "ForecastMethod") if "method" in year else None,
    "Varför ingen prognos": lambda _, year: (
        label(year["reason"], "NoForecast") if "reason" in year else None
    ),
    "Slutar av ålder per år": lambda one, _: _decimal(one["leaving"].get("area_leaving_yearly")),
    "Ögonblicksbild": lambda one, _: one["content_hash"],
}


class Shown(NamedTuple):
    """One occupation's forecast, as a chart and a table show it."""

    lines: list[tuple[str, list[tuple[int, float]]]]
    forecast: list[tuple[int, float, float, float]]
    breaks: list[Found]
    years: list[Found]

    @property
    def broken(self) -> list[int]:
        """The years that begin another way of counting."""
        return [int(one["period"]) for one in self.breaks]


@area.show("/analys/prognoser", "list")
async def list_forecasts(request: Request, house: Services) -> Response:
    """Every occupation of a place with what it may come to, and what came true before."""
    asked = asked_of(request)
    demand_known(request, asked, (*FIELDS, "page"))
    where = await _where(request, house)
    here = {"area_code": _area_of(where)}
    analysis = house.analysis
    told, leaving, scores = await analysis.batch(
        analysis.forecasts.asked(**here),
        analysis.replacements.asked(**here),
        # Sums are of all; one by one they are on each occupation's page.
        analysis.forecast_scores.asked(**here, occupation_code="0000"),
    )
    rows = _chosen(request, asked, _with_leaving(told["items"], leaving["items"]))
    number = number_of(request)
    part = rows[(number - 1) * SIZE : number * SIZE]
    return page(
        request, "analysis/forecasts.html", asked=asked, where=where, told=told, scores=scores,
        found=part, total=len(rows), number=number, more=len(rows) > number * SIZE,
        area_code=_area_of(where),
    )  # fmt: skip


@area.show("/analys/prognoser.{kind}", "file")
async def as_file(request: Request, house: Services, kind: str) -> Response:
    """The same forecasts as a file: a row for each year."""
    file_query(request, kind, FIELDS)
    where = await _where(request, house)
    analysis, here = house.analysis, {"area_code": _area_of(where)}
    told, leaving = await analysis.batch(
        analysis.forecasts.asked(**here), analysis.replacements.asked(**here)
    )
    rows = _with_leaving(told["items"], leaving["items"])
    return _file("prognoser", kind, _chosen(request, asked_of(request), rows))


@area.show("/analys/prognoser/{code}.{kind}", "occupation_file")
async def occupation_as_file(request: Request, house: Services, code: str, kind: str) -> Response:
    """One occupation's forecast as a file."""
    file_query(request, kind, ("area",))
    where = await _where(request, house)
    here = {"area_code": _area_of(where), "occupation_code": _occupation(code)}
    analysis = house.analysis
    told, leaving = await analysis.batch(
        analysis.forecasts.asked(**here), analysis.replacements.asked(**here)
    )
    return _file(f"prognos-{code}", kind, _with_leaving(told["items"], leaving["items"]))


@area.show("/analys/prognoser/{code}", "show")
async def show_forecast(request: Request, house: Services, code: str) -> Response:
    """One occupation: what it may come to, who leaves by age, how it was chosen, what came true."""
    asked, wanted = asked_of(request), _occupation(code)
    demand_known(request, asked, ("area",))
    where = await _where(request, house)
    here = {"area_code": _area_of(where), "occupation_code": wanted}
    analysis = house.analysis
    (told, scores, leaving), named = await asyncio.gather(
        analysis.batch(
            analysis.forecasts.asked(**here),
            analysis.forecast_scores.asked(**here),
            analysis.replacements.asked(**here),
        ),
        occupations_named(house, [wanted]),
    )
    one = next(iter(told["items"]), None)
    leavers = next(iter(leaving["items"]), None)
    return page(
        request, "analysis/forecast.html", asked=asked, where=where, code=wanted, told=told,
        name=named[0].name or f"SSYK {wanted}", one=one, shown=_shown(one) if one else None,
        scores=scores, leaving=leavers, newcomers=_newcomers(one, leavers),
        trials=_trials(one) if one else [], area_code=_area_of(where),
    )  # fmt: skip


@area.take("/analys/prognoser", "make")
async def make_forecasts(request: Request, house: Services) -> Response:
    """Forecast all occupations of a place; once of the same figures."""
    form = await Form.received(request, ForecastOrder)
    chosen, code = form.value("area"), form.value("occupation")
    try:
        done = await house.analysis.post("/forecasts", {"area_code": form.value("area_code")})
        notice = "Prognoserna är gjorda." if done["made"] else "Prognoserna var redan gjorda."
    except (Malformed, Rejected):
        notice = NOTHING_KNOWN
    back = {"area": chosen} if chosen else {}
    if OCCUPATION.fullmatch(code):
        return go(request, "forecasts.show", code=code, notice=notice, **back)
    return go(request, "forecasts.list", notice=notice, **back)


def _occupation(code: str) -> str:
    if not OCCUPATION.fullmatch(code):
        raise NotFound("an occupation has four digits")
    return code


async def _where(request: Request, house: House) -> Where:
    asked = asked_of(request)
    known = await choices.municipalities(request)
    where = await figures.where_of(house, asked.value("area"), known)
    demand_choice(request, "area", dict(where.options), asked)
    return where


def _area_of(where: Where) -> str:
    """The place chosen; around all our municipalities their county, or the country."""
    if where.chosen:
        return where.chosen
    return where.counties[0] if len(where.counties) == 1 else figures.NATION


def _chosen(request: Request, asked: Form[Any], rows: list[Found]) -> list[Found]:
    """The occupations that words find, in the order asked for."""
    sort = demand_choice(request, "sort", SORTS, asked)
    words = asked.value("q").lower().split()
    found = [one for one in rows if all(word in _name(one).lower() for word in words)]
    return sorted(found, key=SORTS[sort] if sort in SORTS else lambda one: _name(one).lower())


def _with_leaving(rows: list[Found], leaving: list[Found]) -> list[Found]:
    """Forecasts beside how many leave by age; of the same place, or not at all."""
    by_code = {(one["occupation_code"], one["area_code"]): one for one in leaving}
    return [
        one | {"leaving": by_code.get((one["occupation_code"], one["area_code"]), {})}
        for one in rows
    ]


def _name(one: Found) -> str:
    return f"{one['occupation_name'] or 'SSYK'} {one['occupation_code']}"


def _years(one: Found) -> list[Found]:
    """Each year ahead: what is expected, or why nothing is."""
    return sorted([*one["points"], *one["unsaid_years"]], key=lambda year: int(year["horizon"]))


def _shown(one: Found) -> Shown:
    history = [year for year in one["history"] if year["value"] is not None]
    line = [(int(year["period"]), float(year["value"])) for year in history]
    ahead = [
        (int(year["period"]), float(year["low"]), float(year["value"]), float(year["high"]))
        for year in one["points"]
    ]
    # The chart goes on from the year that the forecast was made from, also where newer are known.
    known = [point for point in line if point[0] <= int(one["origin_period"])]
    broken = [year for year in history[1:] if year["after_break"]]
    return Shown([("Antal", known)] if known else [], ahead, broken, _years(one))


def _trials(one: Found) -> list[Found]:
    """How each method did, year by year ahead, the chosen first."""
    order = list(ForecastMethod)
    return sorted(
        one["trials"],
        key=lambda row: (int(row["horizon"]), not row["chosen"], order.index(row["method"])),
    )


def _newcomers(one: Found | None, leaving: Found | None) -> Found | None:
    """How many are needed anew until the last year told of: those who leave, and the change."""
    if not (one and one["points"] and leaving and leaving["area_leaving_yearly"]):
        return None
    if leaving["area_code"] != one["area_code"]:
        return None
    last = one["points"][-1]
    change = float(last["value"]) - float(one["origin_value"])
    leavers = float(leaving["area_leaving_yearly"]) * int(last["horizon"])
    return {"period": last["period"], "change": change, "leaving": leavers,
            "all": max(0.0, change + leavers)}  # fmt: skip


def _file(name: str, kind: str, rows: Sequence[Found]) -> Response:
    told = [
        {column: of(one, year) for column, of in COLUMNS.items()}
        for one in rows
        for year in _years(one)
    ]
    return file_of(name, kind, list(COLUMNS), told)


def _decimal(value: str | None) -> float | None:
    return None if value is None else float(value)


def _number(value: str | None) -> int | None:
    return None if value is None else int(float(value))
