"""Escalations: what councils lift to a higher level, and what they are answered."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices, need_choices
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.swedish import day
from services.councils.contract.council import CouncilLevel
from services.councils.contract.direction import WAITING, ReplyState
from services.councils.contract.escalation import (
    EscalationAnswer,
    EscalationDraft,
    EscalationKind,
    EscalationReply,
)
from services.kit import clock

area = Area("escalations")
FILTERS = (
    "council_id", "to_council_id", "kind", "state", "answer", "answer_from", "answer_until",
)  # fmt: skip
MOST, LONGEST = 100, 100
SIDES = ("council_id", "to_council_id")


@area.show("/lyft", "list")
async def list_escalations(request: Request, house: Services) -> Response:
    """All that is lifted, the latest to be answered first, narrowed by the filters."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.escalations, FILTERS, sort="-answer_by"),
        choices.options(house.councils.councils, "name"),
    )
    return page(
        request, "escalations/list.html", shown=shown, councils=councils, called=dict(councils),
        states=ReplyState, kinds=EscalationKind, replies=EscalationReply,
    )  # fmt: skip


files(area, "/lyft", lambda house: house.councils.escalations, FILTERS)


@area.show("/branschrad/{id}/lyft", "council")
async def of_council(request: Request, house: Services, id: str) -> Response:
    """What is lifted to one council, and what it has lifted itself."""
    councils, latest = house.councils, {"sort": "-answer_by", "limit": 50, "count": "true"}
    council, got, sent = await councils.batch(
        councils.councils.at(id),
        councils.escalations.asked(to_council_id=id, **latest),
        councils.escalations.asked(council_id=id, **latest),
    )
    sides = [one[side] for one in (*got["items"], *sent["items"]) for side in SIDES]
    labels = await house.analysis.labels(ids_in(sides))
    return page(
        request, "escalations/council.html", council=council, got=Listing.of(got),
        sent=Listing.of(sent), labels=labels, name=choices.name_in,
        lifts=council["level"] != CouncilLevel.strategic,
    )  # fmt: skip


@area.begin("/lyft/nytt", "new")
async def new_escalation(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a council or a need."""
    said = {name: request.query_params.get(name) or None for name in ("council_id", "need_ids")}
    begun = {name: value for name, value in said.items() if value}
    form = Form.begun(request, EscalationDraft, raised_on=clock.today(), **begun)
    return await _form_page(request, house, form)


@area.take("/lyft/nytt", "new")
async def make_escalation(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, EscalationDraft)
    made = await saved(form, house.councils.escalations.make(form.sent, once=form.once))
    if made:
        said = "Lyftet är skickat. Rådet som ska svara ser det på sin översikt."
        return go(request, "escalations.show", id=made["id"], notice=said)
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[EscalationDraft],
    *,
    status: int = 200,
    escalation: Found | None = None,
) -> Response:
    found, needs = await asyncio.gather(
        house.councils.councils.whole(sort="name"), need_choices.needs(house, form)
    )
    chosen = {form.value(side) for side in SIDES}
    there = [one for one in found if not one["closed_on"] or one["id"] in chosen]
    lowest, highest = CouncilLevel.operative, CouncilLevel.strategic
    return page(
        request, "escalations/form.html", status=status, form=form, escalation=escalation,
        needs=needs, called={one["id"]: one["name"] for one in found},
        councils=_named(one for one in there if one["level"] != highest),
        higher=_named(one for one in there if one["level"] != lowest),
    )  # fmt: skip


def _named(councils: Any) -> choices.Options:
    return [(one["id"], one["name"]) for one in councils]


@area.show("/lyft/{id}", "show")
async def show_escalation(request: Request, house: Services, id: str) -> Response:
    """One escalation, and its answer."""
    one = await house.councils.escalations.one(id)
    ids = [one[name] for name in (*SIDES, "decision_id")]
    led, labels = await asyncio.gather(
        things_by_id(house.councils.directions, ids_in([one["direction_id"]])),
        house.analysis.labels(ids_in(ids, one["need_ids"])),
    )
    return page(
        request, "escalations/show.html", escalation=one, labels=labels, name=choices.name_in,
        direction=led.get(one["direction_id"]), waits=one["state"] in WAITING,
    )  # fmt: skip


@area.show("/lyft/{id}/svara", "answer")
async def ask_answer(request: Request, house: Services, id: str) -> Response:
    """An empty form; where there is an answer, that to be changed."""
    one = await house.councils.escalations.one(id)
    begun = {} if one["answer"] else {"answered_on": clock.today()}
    return await _answer_page(request, house, Form.showing(EscalationAnswer, one, **begun), one)


@area.take("/lyft/{id}/svara", "answer")
async def answer(request: Request, house: Services, id: str) -> Response:
    """It is stored, unless somebody answered meanwhile."""
    one = await house.councils.escalations.one(id)
    form = await Form.posted(request, EscalationAnswer, kept=one)
    sending = house.councils.escalations.act(
        id, "answer", form.sent, once=form.once, version=form.version
    )
    if await saved(form, sending):
        return go(request, "escalations.show", id=id, notice="Svaret är sparat.")
    return await _answer_page(request, house, form, one, status=422)


async def _answer_page(
    request: Request, house: House, form: Form[Any], one: Found, *, status: int = 200
) -> Response:
    councils, own = house.councils, {"council_id": one["to_council_id"], "limit": MOST}
    decided, led = await councils.batch(
        councils.decisions.asked(sort="-decided_on", **own),
        councils.directions.asked(sort="-created_at", **own),
    )
    decisions = [
        (d["id"], f"{day(d['decided_on'])}: {d['text'][:LONGEST]}") for d in decided["items"]
    ]
    directions = [(d["id"], d["title"]) for d in led["items"]]
    labels = await house.analysis.labels([one[side] for side in SIDES])
    return page(
        request, "escalations/answer.html", status=status, form=form, escalation=one,
        decisions=choices.kept(decisions, form.value("decision_id"), labels),
        directions=choices.kept(directions, form.value("direction_id"), labels),
        labels=labels, name=choices.name_in,
    )  # fmt: skip


@area.show("/lyft/{id}/andra", "edit")
async def edit_escalation(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    one = await house.councils.escalations.one(id)
    form = Form.showing(EscalationDraft, one)
    return await _form_page(request, house, form, escalation=one)


@area.take("/lyft/{id}/andra", "edit")
async def revise_escalation(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    one = await house.councils.escalations.one(id)
    form = await Form.posted(request, EscalationDraft, kept=one, council_id=one["council_id"])
    sending = house.councils.escalations.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "escalations.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, escalation=one)


asks_first(
    area,
    "/lyft/{id}/ta-bort",
    "remove",
    lambda house: house.councils.escalations,
    EscalationDraft,
    what="lyftet",
    told=("council_id", "title"),
    back="escalations.show",
)


@area.take("/lyft/{id}/ta-bort", "remove")
async def remove_escalation(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake, and nobody has answered."""
    form: Form[Any] = await Form.posted(request, EscalationDraft)
    removing = house.councils.escalations.remove(id, version=form.version)
    away, said = await taken_away(removing, "Lyftet", held="Lyftet är besvarat och står kvar.")
    if away:
        return go(request, "escalations.list", notice=said)
    return go(request, "escalations.show", id=id, notice=said)
