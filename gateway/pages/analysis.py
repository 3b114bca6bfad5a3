"""Analysis: what registers say of occupations here, from which source, and how old it is."""

import asyncio
import re
from collections import Counter
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, is_htmx, page
from gateway.misread import demand_choice
from gateway.pages import choices, figures, occupation_field
from gateway.pages.figures import Where
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import SIZE, files, number_of
from gateway.pages.occupations import codes_in, occupation_of, occupations_named, wanted_now
from gateway.shapes import Occupation
from services.analysis.contract.source import FILE_KINDS
from services.kit.errors import Forbidden, Malformed, NotFound, Unavailable

area = Area("analysis")
MOST, SSYK = 200, "ssyk2012"
IN_LIST = ("employed", "women_share", "age_60_share", "job_ads")
LOCAL = ("job_ads",)
EVERY_SEX = {"sex": ["all", "women", "men"]}
EACH_SEX = {"sex": ["women", "men"]}
EVERY, FIELD = "all", re.compile(r"[a-z_.]{1,60}")
Question = dict[str, Any]
OCCUPATION = re.compile(r"[0-9]{4}")
# How many days old a register's figures may be before there should be newer ones.
LATEST_DAYS = {"daily": 3, "monthly": 45, "quarterly": 120, "twice_a_year": 230, "yearly": 400}


class Occupations(NamedTuple):
    """A part of the list of occupations. `asked`: searched for or all, not what needs name."""

    shown: list[Occupation]
    total: int
    number: int = 1
    more: bool = False
    asked: bool = False


@area.show("/analys", "list")
async def list_analysis(request: Request, house: Services) -> Response:
    """Occupations that are needed, asked for, or all, with figures; and every source."""
    analysis, asked = house.analysis, Form.asked(request)
    demand_choice(request, "which", (EVERY,), asked)
    (sources, indicators), wanted, where = await asyncio.gather(
        analysis.whole(
            analysis.sources.asked(sort="name", limit=MOST), analysis.indicators.asked(limit=MOST)
        ),
        wanted_now(house),
        _where(request, house, asked),
    )
    found = await _occupations(request, house, wanted)
    told, snapshots = await asyncio.gather(
        _figures_in_list(house, indicators["items"], where, found.shown),
        things_by_id(
            analysis.snapshots, ids_in([one["latest_snapshot_id"] for one in sources["items"]])
        ),
    )
    return page(
        request, "analysis/list.html", asked=asked, where=where, found=found,
        told=told, wanted=wanted, sources=sources["items"], snapshots=snapshots, late=_is_late,
    )  # fmt: skip


async def _occupations(request: Request, house: House, wanted: Counter[str]) -> Occupations:
    """Those that words find, or all; where neither is asked for, those that open needs name."""
    words = " ".join(request.query_params.get("q", "").split())[:200]
    if not words and request.query_params.get("which") != EVERY:
        named = await occupations_named(house, codes_in(wanted))
        return Occupations(named, len(named))
    number = number_of(request)
    try:
        found = await house.analysis.occupations.list(
            q=words, page=number, limit=SIZE, count="true"
        )
    except Malformed:
        return Occupations([], 0, asked=True)
    shown = [occupation_of(one) for one in found.items]
    return Occupations(shown, found.count or 0, number, more=found.more, asked=True)


@area.show("/analys/yrken", "choices")
async def suggest_occupations(request: Request, house: Services) -> Response:
    """What may be meant by what is written in a field of occupations, while it is written."""
    field = request.query_params.get("field", "occupation_code")
    if not (is_htmx(request) and FIELD.fullmatch(field)):
        return go(request, "analysis.list")
    choice = await occupation_field.suggested(house, request.query_params.getlist(field))
    several = "several" in request.query_params
    return page(
        request, "analysis/choices.html", form=Form.empty(None), field=field, choice=choice,
        several=several,
    )  # fmt: skip


files(area, "/analys/kallor", lambda house: house.analysis.sources, ())


async def _where(request: Request, house: House, asked: Form[Any]) -> Where:
    known = await choices.municipalities(request)
    where = await figures.where_of(house, asked.value("area"), known)
    demand_choice(request, "area", dict(where.options), asked)
    return where


async def _figures_in_list(
    house: House, indicators: list[Found], where: Where, occupations: list[Occupation]
) -> dict[tuple[str, str], Found]:
    """The newest figures by occupation and indicator, for the place asked about."""
    known = figures.of_occupations(indicators)
    keys = [key for key in IN_LIST if key in known]
    if not (keys and occupations):
        return {}
    found = await house.analysis.figures.list(
        indicator=keys, occupation_code=[one.code for one in occupations],
        area_code=where.areas, together="true",
    )  # fmt: skip
    return {(one["occupation_code"], one["indicator_key"]): one for one in found.items}


def _is_late(source: Found) -> bool:
    """Whether a register should have newer figures than those that were fetched."""
    most = LATEST_DAYS.get(source["update_rhythm"])
    return most is not None and source["age_days"] is not None and source["age_days"] > most


@area.show("/analys/kallor/{id}", "source")
async def show_source(request: Request, house: Services, id: str) -> Response:
    """One source: what it is, what it measures, and every snapshot of it."""
    analysis = house.analysis
    source, snapshots, indicators, quarantine = await analysis.whole(
        analysis.sources.at(id),
        analysis.snapshots.asked(source_id=id, sort="-fetched_at", limit=MOST),
        analysis.indicators.asked(source_id=id, limit=MOST),
        analysis.sources.at(id, "/quarantine"),
    )
    successor = await things_by_id(analysis.sources, ids_in(source["successor_id"]))
    return page(
        request, "analysis/source.html", source=source, snapshots=snapshots["items"],
        indicators=indicators["items"], late=_is_late(source),
        quarantine=quarantine, successor=successor.get(source["successor_id"]),
        FILE_KINDS=FILE_KINDS,
    )  # fmt: skip


@area.show("/analys/yrken/{code}", "occupation")
async def show_occupation(request: Request, house: Services, code: str) -> Response:
    """One occupation: its figures place by place, over years and by age, and the work on it."""
    if not OCCUPATION.fullmatch(code):
        raise NotFound("an occupation has four digits")
    asked = Form.asked(request)
    indicators, where = await asyncio.gather(
        house.analysis.indicators.whole(), _where(request, house, asked)
    )
    (known, records, shares, *told), work = await asyncio.gather(
        _told_of(house, code, indicators, where), _work_on(house, code)
    )
    now, series, aged, local = told
    if not (known or now or records or any(work or ())):
        raise NotFound("nothing is known of such an occupation")
    local_places, local_none = figures.places(where, local, "municipality")
    return page(
        request, "analysis/occupation.html", code=code, occupation=known[0] if known else None,
        asked=asked, where=where, beside=figures.beside(where, now),
        trend=figures.trend(series), aged=aged, ages=figures.ages(aged),
        local=local, local_places=local_places, local_none=local_none,
        records=records, work=work, shares=shares,
        by_programme={one["programme_id"]: one for one in shares["items"]},
        has_sources=bool(indicators),
    )  # fmt: skip


async def _told_of(house: House, code: str, indicators: list[Found], where: Where) -> list[Any]:
    """Its code, what is told in words, women in what leads to it, and its figures.

    These: now, by year, by age, by municipality.
    """
    analysis = house.analysis
    groups = _questions(code, indicators, where)
    asked = [analysis.figures.asked(**one) for group in groups for one in group]
    names = analysis.codes.asked(system=SSYK, code=code), analysis.occupations.asked(code=code)
    here = {"occupation_code": code, "area_code": where.areas}
    words, shares = analysis.records.asked(**here), analysis.programme_shares.asked(**here)
    named, known, said, women, *answers = await analysis.batch(*names, words, shares, *asked)
    left = iter(answers)
    told = [[one for _ in group for one in next(left)["items"]] for group in groups]
    return [named["items"] or known["items"], said["items"], women, *told]


def _questions(code: str, indicators: list[Found], where: Where) -> list[list[Question]]:
    """What is asked of the figures, group by group; nothing where there is no such indicator."""
    keys = {one["key"] for one in indicators}
    here = {"occupation_code": code, "area_code": where.areas, "together": "true"}
    around = {"occupation_code": code, "area_code": [*where.counties, figures.NATION]}
    local = {"occupation_code": code, "area_code": where.municipalities}
    groups = (
        (figures.of_occupations(indicators), (here | EVERY_SEX, around | EVERY_SEX)),
        ([key for key in figures.SERIES if key in keys], (here | EVERY_SEX | {"series": "true"},)),
        (figures.by_age(indicators), (here | EACH_SEX | {"by_age": "true"},)),
        ([key for key in LOCAL if key in keys and where.municipalities], (local,)),
    )
    return [[one | {"indicator": k} for one in asked if k] for k, asked in groups]


async def _work_on(house: House, code: str) -> tuple[list[Found], list[Found]] | None:
    """Needs that name an occupation and programmes that lead to it; None: nobody can say."""
    try:
        needs, programmes = await asyncio.gather(
            house.councils.needs.whole(occupation_code=code),
            house.actors.programmes.whole(occupation_code=code),
        )
    except (Unavailable, Forbidden):
        return None
    return needs, programmes
