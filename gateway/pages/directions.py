"""Directions: what strategic councils ask of others, who has answered, and who is waited for."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import PAGE, Found, Listing, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import choices, need_choices
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.swedish import day
from services.councils.contract.council import CouncilLevel
from services.councils.contract.decision import Evidence
from services.councils.contract.direction import (
    MOST_PRIORITIES,
    WAITING,
    DirectionDraft,
    ReplyState,
)
from services.councils.contract.need import Horizon
from services.kit import clock

area = Area("directions")
FILTERS = (
    "council_id", "to_council_id", "state", "horizon", "year", "evidence", "answer_from",
    "answer_until", "as_of",
)  # fmt: skip
MOST_DECISIONS, LONGEST = 100, 100


@area.show("/inriktningar", "list")
async def list_directions(request: Request, house: Services) -> Response:
    """All directions, the latest to be answered first, narrowed by the filters."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.directions, FILTERS, sort="-answer_by"),
        choices.options(house.councils.councils, "name"),
    )
    return page(
        request, "directions/list.html", shown=shown, councils=councils, called=dict(councils),
        states=ReplyState, evidence=Evidence, horizons=Horizon,
    )  # fmt: skip


files(area, "/inriktningar", lambda house: house.councils.directions, FILTERS)


@area.show("/inriktningar/agenda", "agenda")
async def yearly_agenda(request: Request, house: Services) -> Response:
    """Which directions each strategic council has on each year's agenda, and who has none.

    The years that have any, and those that one is to be decided for.
    """
    directions, councils = await house.councils.whole(
        house.councils.directions.asked(sort="title", limit=PAGE),
        house.councils.councils.asked(level=CouncilLevel.strategic.value, sort="name", limit=PAGE),
    )
    found, this_year = directions["items"], clock.today().year
    told = {one["year"] for one in found if one["year"]}
    years = sorted({*told, this_year, this_year + 1}, reverse=True)
    return page(
        request, "directions/agenda.html",
        years=[(year, _agenda_of(year, found, councils["items"])) for year in years],
        without=[one for one in found if not one["year"]],
    )  # fmt: skip


def _agenda_of(
    year: int, directions: list[Found], councils: list[Found]
) -> list[tuple[str, str, list[Found]]]:
    """The councils that were there in the year, or have something on its agenda, with that."""
    theirs: dict[str, list[Found]] = {}
    for one in directions:
        if one["year"] == year:
            theirs.setdefault(one["council_id"], []).append(one)
    called = {one["id"]: one["name"] for one in councils if _there_in(year, one)}
    called |= {whose: some[0]["council_name"] for whose, some in theirs.items()}
    return [(whose, name, theirs.get(whose, [])) for whose, name in called.items()]


def _there_in(year: int, council: Found) -> bool:
    """Whether a council was at work some day of a year, as far as its days are known."""
    began, ended = council["starts_on"] or "", council["closed_on"] or council["ends_on"]
    return began[:4] <= str(year) and (ended is None or ended[:4] >= str(year))


@area.show("/branschrad/{id}/inriktningar", "council")
async def of_council(request: Request, house: Services, id: str) -> Response:
    """What one council is asked, and what it asks of others."""
    councils, latest = house.councils, {"sort": "-answer_by", "limit": 50, "count": "true"}
    council, got, sent = await councils.batch(
        councils.councils.at(id),
        councils.directions.asked(to_council_id=id, **latest),
        councils.directions.asked(council_id=id, **latest),
    )
    sides = [[one["council_id"], *one["waiting_council_ids"]] for one in got["items"]]
    sides += [one["council_ids"] for one in sent["items"]]
    labels = await house.analysis.labels(ids_in(*sides))
    return page(
        request, "directions/council.html", council=council, got=Listing.of(got),
        sent=Listing.of(sent), labels=labels, name=choices.name_in,
    )  # fmt: skip


@area.begin("/inriktningar/ny", "new")
async def new_direction(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a decision, whose text it begins with."""
    form = Form.begun(
        request, DirectionDraft, decision_id=request.query_params.get("decision_id") or None
    )
    decided = await _decisions(house)
    if chosen := decided.get(form.value("decision_id")):
        form.values["text"] = [chosen["text"]]
    return await _form_page(request, house, form, decided)


@area.take("/inriktningar/ny", "new")
async def make_direction(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, DirectionDraft)
    made = await saved(form, house.councils.directions.make(form.sent, once=form.once))
    if made:
        said = "Inriktningen är skickad. De råd som ska svara ser den på sin översikt."
        return go(request, "directions.show", id=made["id"], notice=said)
    return await _form_page(request, house, form, await _decisions(house), status=422)


async def _decisions(house: House) -> dict[str, Found]:
    """The standing decisions of open strategic councils, the latest first, by their ids."""
    strategic = {"level": CouncilLevel.strategic.value, "open": "true"}
    ids = ids_in([one["id"] for one in await house.councils.councils.whole(**strategic)])
    if not ids:
        return {}
    found = await house.councils.decisions.list(
        council_id=ids, superseded="false", sort="-decided_on", limit=MOST_DECISIONS
    )
    return {one["id"]: one for one in found.items}


async def _form_page(
    request: Request,
    house: House,
    form: Form[DirectionDraft],
    decided: dict[str, Found],
    *,
    status: int = 200,
    direction: Found | None = None,
) -> Response:
    councils, needs = await asyncio.gather(
        house.councils.councils.whole(sort="name"), need_choices.needs(house, form)
    )
    called = {one["id"]: one["name"] for one in councils}
    own = direction["council_id"] if direction else None
    own = own or decided.get(form.value("decision_id"), {}).get("council_id")
    kept = {*form.chosen("council_ids")}
    asked = [
        (one["id"], one["name"])
        for one in councils
        if one["id"] in kept or (not one["closed_on"] and one["id"] != own)
    ]
    options = [(key, _called(one, called)) for key, one in decided.items()]
    return page(
        request, "directions/form.html", status=status, form=form, direction=direction,
        decisions=options, councils=asked, needs=needs, places=MOST_PRIORITIES,
    )  # fmt: skip


def _called(decision: Found, councils: dict[str, str]) -> str:
    whose = councils.get(decision["council_id"], "ett råd")
    return f"{day(decision['decided_on'])}, {whose}: {decision['text'][:LONGEST]}"


@area.show("/inriktningar/{id}", "show")
async def show_direction(request: Request, house: Services, id: str) -> Response:
    """One direction: what comes first, what is left out, and who answered what."""
    councils, times = house.councils, times_of(request).times
    direction, had_come, answers, lifts = await councils.batch(
        councils.directions.at(id, **times),
        councils.directions.asked(id=id, limit=1, **times),
        councils.direction_answers.asked(direction_id=id, limit=100, **times),
        councils.escalations.asked(direction_id=id, limit=1),
    )
    labels = await house.analysis.labels(
        ids_in(
            [direction["council_id"], direction["decision_id"]],
            direction["council_ids"], direction["need_ids"],
        )
    )  # fmt: skip
    return page(
        request, "directions/show.html", direction=direction, labels=labels,
        answers={one["council_id"]: one for one in answers["items"]}, name=choices.name_in,
        leads=bool(lifts["items"]), had_come=bool(had_come["items"]),
        late=direction["state"] == ReplyState.overdue, waits=direction["state"] in WAITING,
    )  # fmt: skip


@area.show("/inriktningar/{id}/andra", "edit")
async def edit_direction(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    direction = await house.councils.directions.one(id)
    form = Form.showing(DirectionDraft, direction, change_reason="")
    return await _form_page(request, house, form, {}, direction=direction)


@area.take("/inriktningar/{id}/andra", "edit")
async def revise_direction(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    direction = await house.councils.directions.one(id)
    fixed = {"decision_id": direction["decision_id"]}
    form = await Form.posted(request, DirectionDraft, kept=direction, **fixed)
    sending = house.councils.directions.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "directions.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, {}, status=422, direction=direction)


asks_first(
    area,
    "/inriktningar/{id}/ta-bort",
    "remove",
    lambda house: house.councils.directions,
    DirectionDraft,
    what="inriktningen",
    told=("council_id", "title"),
    back="directions.show",
)


@area.take("/inriktningar/{id}/ta-bort", "remove")
async def remove_direction(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake, and nobody has answered."""
    form: Form[Any] = await Form.posted(request, DirectionDraft)
    removing = house.councils.directions.remove(id, version=form.version)
    held = "Ett svar bygger på inriktningen, så den står kvar: ett råds, eller svaret på ett lyft."
    away, said = await taken_away(removing, "Inriktningen", held=held)
    if away:
        return go(request, "directions.list", notice=said)
    return go(request, "directions.show", id=id, notice=said)
