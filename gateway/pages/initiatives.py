"""Initiatives: what is done about needs, step by step, and what came of it."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area, named_in
from gateway.clients.house import House, Services
from gateway.clients.service import ids_in
from gateway.forms import Form
from gateway.html import go, go_to, page
from gateway.lookback import times_of
from gateway.pages import (
    actor_choices,
    choices,
    initiative_views,
    need_choices,
    post_choices,
)
from gateway.pages.checklists import section_of
from gateway.pages.headcounts import funnel_of
from gateway.pages.initiative_board import board_at, undoing
from gateway.pages.initiatives_then import parts_then, steps_then, whole_then
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.pages.sheets import in_words
from gateway.pages.thing_choices import things
from services.councils.contract.initiative import (
    INITIATIVE_ENDS,
    InitiativeDecided,
    InitiativeDraft,
    InitiativeFinished,
    InitiativeStarted,
    InitiativeStopped,
)
from services.kit import clock
from services.kit.errors import Conflict

area = Area("initiatives")
HELD = (
    "Initiativet är beslutat, eller har steg eller annat, så det står kvar. Stoppa det i stället."
)
FILTERS = initiative_views.NARROWED


@area.show("/initiativ", "list")
async def list_initiatives(request: Request, house: Services) -> Response:
    """All initiatives."""
    shown, offered = await asyncio.gather(
        listed(request, house.councils.initiatives, FILTERS),
        initiative_views.offered(request, house),
    )
    labels = await house.analysis.labels(ids_in([row["lead_actor_id"] for row in shown.rows]))
    return page(request, "initiatives/list.html", shown=shown, labels=labels, **offered)


# What a page that proposes something may say of it. Nobody has decided about what is described.
PROPOSED = ("intake_id", "lead_actor_id", "decision_id", "title", "description", "horizon")

files(area, "/initiativ", lambda house: house.councils.initiatives, FILTERS,
      worded=in_words(initiative_views.COLUMNS))  # fmt: skip


@area.begin("/initiativ/nytt", "new")
async def new_initiative(request: Request, house: Services) -> Response:
    """A form, begun from a need, a decision and who gives more of what, where they are named."""
    asked, begun = request.query_params, dict[str, Any]()
    if need_id := asked.get("need_id"):
        need = await house.councils.needs.one(need_id)
        begun |= {
            "need_ids": [need["id"]],
            "title": need["statement"][:200],
            "horizon": need["horizon"],
            "council_id": need["council_id"],
            "owner_post_id": need["owner_post_id"],
        }
    begun |= {name: asked[name] for name in PROPOSED if asked.get(name)}
    if "decision_id" not in begun and "description" not in begun:
        begun["decision_id"] = await choices.decided_about(house, begun.get("need_ids", []))
    return await _form_page(request, house, Form.begun(request, InitiativeDraft, **begun))


@area.take("/initiativ/nytt", "new")
async def propose_initiative(request: Request, house: Services) -> Response:
    """Store the proposal."""
    form = await Form.posted(request, InitiativeDraft)
    made = await saved(form, house.councils.initiatives.make(form.sent, once=form.once))
    if made:
        return go(request, "initiatives.show", id=made["id"], notice="Initiativet är sparat.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[Any],
    *,
    status: int = 200,
    initiative: dict[str, Any] | None = None,
) -> Response:
    found = await choices.several(
        actor_choices.actors(house, form, most=actor_choices.FEW),
        choices.councils(house, form.value("council_id")),
        post_choices.posts(house, form),
        need_choices.needs(house, form),
        things(house, form, "intake_id"),
        things(house, form, "decision_id", form.value("council_id")),
    )
    names = ("actors", "councils", "posts", "needs", "intakes", "decisions")
    options: dict[str, Any] = dict(zip(names, found, strict=True))
    return page(
        request, "initiatives/form.html", status=status, form=form, initiative=initiative,
        **options,
    )  # fmt: skip


@area.show("/initiativ/{id}", "show")
async def show_initiative(request: Request, house: Services, id: str) -> Response:
    """One initiative, on the day asked for."""
    councils, look = house.councils, times_of(request)
    its = {"initiative_id": id, "limit": 100} | look.known
    initiative, steps, outcomes, lines, headcounts = await councils.whole(
        councils.initiatives.at(id, **look.known),
        councils.steps.asked(sort="position", **its),
        councils.outcomes.asked(**its),
        councils.budget_lines.asked(sort="created_at", **its),
        councils.headcounts.asked(**its),
    )
    initiative, there = whole_then(initiative, look.day)
    came = parts_then(outcomes["items"], "happened_on", look.day)
    counted = parts_then(headcounts["items"], "counted_on", look.day)
    intake = await choices.intake_of(house, initiative)
    wanted = ids_in(
        intake and intake["programme_id"], initiative["need_ids"],
        initiative["lead_actor_id"], initiative["owner_post_id"],
        initiative["council_id"], initiative["decision_id"], initiative["programme_id"],
        [partner["actor_id"] for partner in initiative["partners"]],
        *([step["owner_post_id"], step["supplier_actor_id"]] for step in steps["items"]),
        [line["financier_actor_id"] for line in lines["items"]],
    )  # fmt: skip
    labels, section = await asyncio.gather(
        house.analysis.labels(wanted), section_of(house, look, initiative_id=id)
    )
    return page(
        request,
        "initiatives/show.html",
        initiative=initiative,
        there=there,
        steps=steps_then(steps["items"], look.day),
        outcomes=came,
        lines=lines["items"],
        headcounts=counted,
        funnel=funnel_of(intake, counted, came),
        intake=intake,
        labels=labels,
        name=choices.name_in,
        **section,
        today=look.on,
    )


@area.show("/initiativ/{id}/andra", "edit")
async def edit_initiative(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    initiative = await house.councils.initiatives.one(id)
    if initiative["status"] in INITIATIVE_ENDS:
        return page(request, "initiatives/closed.html", initiative=initiative)
    form = Form.showing(InitiativeDraft, initiative)
    return await _form_page(request, house, form, initiative=initiative)


@area.take("/initiativ/{id}/andra", "edit")
async def revise_initiative(request: Request, house: Services, id: str) -> Response:
    """New values."""
    initiative = await house.councils.initiatives.one(id)
    form = await Form.posted(request, InitiativeDraft, kept=initiative)
    sending = house.councils.initiatives.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "initiatives.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, initiative=initiative)


@area.take("/initiativ/{id}/ateruppta", "resume")
async def resume(request: Request, house: Services, id: str) -> Response:
    """Go on with what was closed."""
    try:
        await house.councils.initiatives.act(id, "resume")
        said = "Initiativet fortsätter."
    except Conflict:
        said = "Läget hade redan ändrats. Här är det som gäller nu."
    return go(request, "initiatives.show", id=id, notice=said)


asks_first(
    area, "/initiativ/{id}/ta-bort", "remove", lambda house: house.councils.initiatives,
    InitiativeDraft, what="initiativet", told=("title",), back="initiatives.show",
)  # fmt: skip


@area.take("/initiativ/{id}/ta-bort", "remove")
async def remove_initiative(request: Request, house: Services, id: str) -> Response:
    """It was proposed by mistake: nothing hangs on it."""
    form: Form[Any] = await Form.posted(request, InitiativeDraft)
    removing = house.councils.initiatives.remove(id, version=form.version)
    away, said = await taken_away(removing, "Initiativet", held=HELD)
    if away:
        return go(request, "initiatives.list", notice=said)
    return go(request, "initiatives.show", id=id, notice=said)


VERBS: dict[str, tuple[str, type[Any], str, str]] = {
    "besluta": ("decide", InitiativeDecided, "Besluta om initiativet", "Initiativet är beslutat."),
    "starta": ("start", InitiativeStarted, "Starta initiativet", "Initiativet har startat."),
    "avsluta": ("finish", InitiativeFinished, "Avsluta initiativet", "Initiativet är klart."),
    "stoppa": ("stop", InitiativeStopped, "Stoppa initiativet", "Initiativet är stoppat."),
}


@area.show("/initiativ/{id}/{verb}", "move")
async def ask_move(request: Request, house: Services, id: str, verb: str) -> Response:
    """What a step on needs to know."""
    _, kind, *_ = named_in(VERBS, verb)
    day, initiative = clock.today(), await house.councils.initiatives.one(id)
    known = {name: initiative[name] for name in ("decision_id", "equality_check")}
    if kind is InitiativeDecided and not known["decision_id"]:
        known["decision_id"] = await choices.decided_about(house, initiative["need_ids"])
    form = Form.empty(kind, decided_on=day, started_on=day, closed_on=day, **known)
    return await _move_page(request, house, id, verb, form)


@area.take("/initiativ/{id}/{verb}", "move")
async def move(request: Request, house: Services, id: str, verb: str) -> Response:
    """A step on."""
    action, kind, _, said = named_in(VERBS, verb)
    board = request.query_params.get("board")
    form = await Form.posted(request, kind)
    sending = house.councils.initiatives.act(id, action, form.sent, once=form.once)
    if turned := await saved(form, sending):
        undo = undoing(request, turned, board)
        if board:
            return go_to(request, board_at(request, board, id), notice=said, undo=undo)
        return go(request, "initiatives.show", id=id, notice=said, undo=undo)
    return await _move_page(request, house, id, verb, form, status=422)


async def _move_page(
    request: Request, house: House, id: str, verb: str, form: Form[Any], *, status: int = 200
) -> Response:
    councils = house.councils
    initiative, left = await councils.batch(
        councils.initiatives.at(id),
        councils.steps.asked(initiative_id=id, done="false", sort="position", limit=100),
    )
    decisions = await things(house, form, "decision_id", initiative["council_id"] or "")
    title = named_in(VERBS, verb)[2]
    return page(
        request, "initiatives/move.html", status=status, form=form, initiative=initiative,
        left=left["items"] if verb in ("avsluta", "stoppa") else [], verb=verb, heading=title,
        decisions=decisions, board=request.query_params.get("board"),
        board_at=board_at(request, request.query_params.get("board", "")),
    )  # fmt: skip
