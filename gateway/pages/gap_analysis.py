"""Gap analysis: what interviewed companies say, by area and question, and from year to year."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import page
from gateway.misread import asked_of, demand_known, misread
from gateway.pages import choices, map_choices
from gateway.pages.listing import file_of, file_query, wanted
from gateway.swedish.codes import label
from services.councils.contract.need import Area as Of
from services.kit.errors import Malformed, NotFound

area = Area("gap_analysis")
PATH = "/gap-analysis"
NARROWS = ("dialogue_map_id", "council_id", "industry", "held_from", "held_to")
NOTHING: Found = {"interview_count": 0, "items": [], "answers": [], "between": [], "sides": []}
ROUNDS = "/gap-analysis/rounds"
OF_ROUNDS = (*NARROWS, "other_map_id", "other_from", "other_to")
SIDES = ("before", "after")
COLUMNS: Mapping[str, Callable[[Found], Any]] = {
    "Område": lambda one: label(one["area"], "Area").capitalize(),
    "Fråga": lambda one: one["text"],
    "Tillfrågade": lambda one: one["asked"],
    "Svarade": lambda one: one["answered"],
    "Obesvarad": lambda one: one["asked"] - one["answered"],
    "Nuläge": lambda one: one["with_present"],
    "Önskat läge": lambda one: one["with_desired"],
    "Glapp": lambda one: one["with_gap"],
    "Medel av 5": lambda one: one["mean_score"],
    "Behov": lambda one: one["need_count"],
}


@area.show("/gapanalys", "show")
async def show(request: Request, house: Services) -> Response:
    """Every question with how many said what; each leads to what was said."""
    form, found = await _asked(request, house)
    needs = ids_in(*(one["need_ids"] for one in found["between"]))
    chosen, labels = await asyncio.gather(_choices(house), house.analysis.labels(needs))
    return page(
        request, "interviews/gaps.html", form=form, found=found, areas=_by_area(found["items"]),
        labels=labels, **chosen,
    )  # fmt: skip


async def _choices(house: House) -> dict[str, Any]:
    """What the filters offer: maps of all times, councils and their industries."""
    maps, councils = await asyncio.gather(
        map_choices.editions(house), house.councils.councils.whole(sort="name")
    )
    named = [(one["id"], one["name"]) for one in councils]
    return {"maps": maps, "councils": named, "industries": _industries(councils)}


@area.show("/gapanalys/jamfor", "compare")
async def compare(request: Request, house: Services) -> Response:
    """Two rounds of interviews beside each other, by days or by maps."""
    form, found = await _asked(request, house, ROUNDS, OF_ROUNDS)
    told = form.values and not form.wrong
    return page(
        request, "interviews/rounds.html", form=form, found=found if told else None,
        areas=_by_area(found["items"]), **await _choices(house),
    )  # fmt: skip


@area.show("/gapanalys/jamfor.{kind}", "compare_file")
async def compare_file(request: Request, house: Services, kind: str) -> Response:
    """The same rows as a file."""
    found = await house.councils.get(ROUNDS, **file_query(request, kind, OF_ROUNDS))
    shared = list(COLUMNS)[2:-1]
    rows = [
        {name: COLUMNS[name](one) for name in list(COLUMNS)[:2]}
        | {f"{name}, {word}": COLUMNS[name](one[side]) for name in shared
           for side, word in zip(SIDES, ("före", "efter"), strict=True)}
        for one in found["items"]
    ]  # fmt: skip
    names = [f"{name}, {word}" for name in shared for word in ("före", "efter")]
    return file_of("jamforelse", kind, [*list(COLUMNS)[:2], *names], rows)


@area.show("/gapanalys/fragor/{key}", "question")
async def question(request: Request, house: Services, key: str) -> Response:
    """What each company said to a question, and how it was answered each year."""
    form, found = await _asked(request, house, question_key=key)
    one = next((item for item in found["items"] if item["question_key"] == key), None)
    if one is None and not form.wrong:
        raise NotFound("the map has no such question")
    labels = await house.analysis.labels(ids_in([said["actor_id"] for said in found["answers"]]))
    return page(
        request, "interviews/gap.html", question=one, found=found, labels=labels,
        name=choices.name_in, form=form,
    )  # fmt: skip


@area.show("/gapanalys.{kind}", "file")
async def as_file(request: Request, house: Services, kind: str) -> Response:
    """The same rows as a file."""
    found = await house.councils.get(PATH, **file_query(request, kind, NARROWS))
    rows = [{name: of(one) for name, of in COLUMNS.items()} for one in found["items"]]
    return file_of("gapanalys", kind, list(COLUMNS), rows)


async def _asked(
    request: Request, house: House, path: str = PATH, names: Sequence[str] = NARROWS, **more: object
) -> tuple[Form[Any], Found]:
    form, found = asked_of(request), NOTHING
    demand_known(request, form, names)
    try:
        found = await house.councils.get(path, **wanted(request, names), **more)
    except Malformed as problem:
        form.blame(problem)
    if form.wrong:
        misread(request, form)
        found = NOTHING
    return form, found


def _by_area(items: list[Found]) -> list[tuple[str, list[Found]]]:
    return [(code, [one for one in items if one["area"] == code]) for code in Of]


def _industries(councils: list[Found]) -> choices.Options:
    named = {one["industry"].lower(): one["industry"] for one in councils if one["industry"]}
    return [(name, name) for name in sorted(named.values(), key=str.lower)]
