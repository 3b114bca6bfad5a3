"""Councils: lists, one council with everything in it, its seats and phases."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Listing, ids_among, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import actor_choices, choices, occupation_field, post_choices
from gateway.pages.contacts import coached_in
from gateway.pages.council_surroundings import clock_of, heirs_of, met_later, with_signals
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.mandate_parties import mandates_of_council
from gateway.pages.saving import saved
from gateway.swedish.codes import options_of
from services.councils.contract import council as codes
from services.councils.contract.council import (
    FOLLOWS,
    CouncilDraft,
    CouncilMove,
    CouncilPhase,
    SeatDraft,
    SeatRole,
)
from services.councils.contract.fast_track import FastTrackDraft
from services.kit import clock

area = Area("councils")
FILTERS = (
    "kind", "phase", "level", "industry", "policy_source", "open", "ends_until",
    "process_leader_post_id",
)  # fmt: skip
SIGNALLED = "signal.occupation_code"
HURRY = "Akut brist: rådet sammankallas innan alla är bedömda."


@area.show("/branschrad", "list")
async def list_councils(request: Request, house: Services) -> Response:
    """All councils, and the industries that have none left."""
    shown, vacuums, leaders = await asyncio.gather(
        listed(request, house.councils.councils, FILTERS),
        house.councils.get("/councils/vacuum"),
        choices.chosen(house, request.query_params.get("process_leader_post_id", "")),
    )
    return page(
        request, "councils/list.html", shown=shown, vacuums=vacuums["items"], codes=codes,
        leaders=leaders,
    )  # fmt: skip


files(area, "/branschrad", lambda house: house.councils.councils, FILTERS)


@area.begin("/branschrad/nytt", "new")
async def new_council(request: Request, house: Services) -> Response:
    """An empty form, perhaps founding an old council anew, or filling a function of the model."""
    asked = request.query_params
    begun: dict[str, Any] = {"starts_on": clock.today()}
    begun |= {name: asked[name] for name in ("kind", "level") if name in asked}
    if predecessor := request.query_params.get("predecessor_id"):
        old = await house.councils.councils.one(predecessor)
        kept = ("name", "kind", "level", "industry", "purpose")
        begun |= {name: old[name] for name in kept} | {"predecessor_id": predecessor}
    return await _form_page(request, house, Form.begun(request, CouncilDraft, **begun))


@area.take("/branschrad/nytt", "new")
async def found_council(request: Request, house: Services) -> Response:
    """Found it."""
    form = await Form.posted(request, CouncilDraft)
    made = await saved(form, house.councils.councils.make(form.sent, once=form.once))
    if made:
        return go(request, "councils.show", id=made["id"], notice="Rådet är sparat.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[Any],
    *,
    status: int = 200,
    council: dict[str, Any] | None = None,
    late: Listing | None = None,
) -> Response:
    actors, posts, before, above = await asyncio.gather(
        actor_choices.actors(house, form, most=actor_choices.FEW),
        post_choices.posts(house, form),
        things_by_id(house.councils.councils, ids_among([form.value("predecessor_id")])),
        choices.councils(house, form.value("parent_id")),
    )
    # A council is closed after it began.
    first = [one for one in options_of(CouncilPhase) if one[0] != CouncilPhase.closed]
    own = council["id"] if council else None
    return page(
        request, "councils/form.html", status=status, form=form, council=council, phases=first,
        actors=actors, posts=posts, before=next(iter(before.values()), None), late=late,
        above=[one for one in above if one[0] != own],
    )  # fmt: skip


@area.begin("/branschrad/tillfalligt", "fast_track")
async def ask_fast_track(request: Request, house: Services) -> Response:
    """One page for everything a temporary council needs to begin."""
    form = Form.begun(request, FastTrackDraft, **await _of_need(request, house))
    form.values["signal.signalled_on"] = [clock.today().isoformat()]
    form.values["meeting.title"] = ["Första mötet"]
    form.values["readiness_exception"] = [HURRY]
    return await _fast_track_page(request, house, form)


async def _of_need(request: Request, house: House) -> dict[str, Any]:
    """What a need says of the alarm; its words stay where a withdrawn consent finds them."""
    asked = request.query_params.get("need_id")
    if not asked:
        return {}
    need = await house.councils.needs.one(asked)
    signal = {"occupation_code": need["occupation_code"], "headcount": need["headcount_per_year"]}
    known = {name: value for name, value in signal.items() if value}
    return {"need_id": need["id"], "signal": known}


@area.take("/branschrad/tillfalligt", "fast_track")
async def fast_track(request: Request, house: Services) -> Response:
    """Council, need, seats and first meeting in one step, or nothing at all."""
    form = await occupation_field.posted(request, house, FastTrackDraft, SIGNALLED)
    sending = house.councils.post("/councils/fast-track", form.sent, once=form.once)
    if made := await saved(form, sending):
        said = "Rådet är igång: behov, platser och första mötet finns."
        return go(request, "councils.show", id=made["council_id"], notice=said)
    return await _fast_track_page(request, house, form, status=422)


async def _fast_track_page(
    request: Request, house: House, form: Form[Any], *, status: int = 200
) -> Response:
    need_id = next(iter(ids_among([form.value("need_id")])), None)
    actors, posts, municipalities, labels, _ = await asyncio.gather(
        actor_choices.actors(house, form, most=actor_choices.FEW),
        post_choices.posts(house, form),
        choices.municipalities(request),
        house.analysis.labels(ids_in(need_id)),
        occupation_field.shown(house, form, SIGNALLED),
    )
    return page(
        request, "councils/fast_track.html", status=status, form=form, actors=actors,
        posts=posts, municipalities=municipalities, need_id=need_id, labels=labels,
        name=choices.name_in,
    )  # fmt: skip


@area.show("/branschrad/{id}", "show")
async def show_council(request: Request, house: Services, id: str) -> Response:
    """One council."""
    return await _show(request, house, id)


async def _show(
    request: Request,
    house: House,
    id: str,
    *,
    seat_form: Form[Any] | None = None,
    status: int = 200,
) -> Response:
    councils = house.councils
    (
        council,
        balance,
        phases,
        seats,
        meetings,
        needs,
        initiatives,
        projects,
        decisions,
        actions,
    ) = await councils.batch(
        councils.councils.at(id),
        councils.councils.at(id, "/balance"),
        councils.councils.at(id, "/phases?limit=200"),
        councils.seats.asked(council_id=id, limit=200),
        councils.meetings.asked(council_id=id, sort="nearness", limit=20, count="true"),
        councils.needs.asked(council_id=id, limit=50, count="true"),
        councils.initiatives.asked(council_id=id, limit=50, count="true"),
        councils.projects.asked(council_id=id, limit=50, count="true"),
        councils.decisions.asked(council_id=id, sort="-decided_on", limit=20, count="true"),
        councils.action_items.asked(
            council_id=id, open="true", sort="due_on", limit=50, count="true"
        ),
    )
    await councils.finish(phases, seats)
    seat_form = seat_form or Form.empty(SeatDraft, valid_from=clock.today(), role=SeatRole.member)
    chosen = [seat_form.value("actor_id"), seat_form.value("post_id")]
    wanted = ids_in(
        chosen,
        council["leader_actor_ids"], council["convened_by_actor_id"], council["predecessor_id"],
        council["process_leader_post_id"], council["successor_ids"],
        [council["parent_id"]], council["child_ids"],
        [seat["actor_id"] for seat in seats["items"]],
        [seat["post_id"] for seat in seats["items"]],
        [item["owner_post_id"] for item in actions["items"]],
    )  # fmt: skip
    sitting = ids_in([seat["actor_id"] for seat in seats["items"]])
    labels, actors, posts, time, mandates, heirs, coached = await asyncio.gather(
        house.analysis.labels(wanted),
        actor_choices.actors(house, seat_form),
        post_choices.posts(house, seat_form),
        clock_of(house, council),
        mandates_of_council(house, council),
        heirs_of(house, seats["items"]),
        coached_in(house, sitting),
    )
    return page(
        request, "councils/show.html", status=status, council=council, balance=balance,
        phases=phases["items"],
        seats=seats["items"], heirs=heirs, meetings=Listing.of(meetings),
        needs=await with_signals(house, council, Listing.of(needs), time),
        initiatives=Listing.of(initiatives), projects=Listing.of(projects),
        decisions=Listing.of(decisions), actions=Listing.of(actions),
        time=time, mandates=mandates, labels=labels, name=choices.name_in, today=clock.today(),
        actors=actors, posts=choices.kept(posts, chosen[1], labels), seat_form=seat_form,
        coached=coached,
    )  # fmt: skip


@area.show("/branschrad/{id}/andra", "edit")
async def edit_council(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    council = await house.councils.councils.one(id)
    form = Form.showing(CouncilDraft, council)
    return await _form_page(request, house, form, council=council)


@area.take("/branschrad/{id}/andra", "edit")
async def revise_council(request: Request, house: Services, id: str) -> Response:
    """New values; the phase has its own page."""
    council = await house.councils.councils.one(id)
    form = await Form.posted(request, CouncilDraft, kept=council, phase=None)
    sending = house.councils.councils.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "councils.show", id=id, notice="Ändringen är sparad.")
    late = await met_later(house, id, form)
    return await _form_page(request, house, form, status=422, council=council, late=late)


@area.take("/branschrad/{id}/platser", "add_seat")
async def add_seat(request: Request, house: Services, id: str) -> Response:
    """One more seat."""
    form = await Form.posted(request, SeatDraft, council_id=id)
    if await saved(form, house.councils.seats.make(form.sent, once=form.once)):
        return go(request, "councils.show", id=id, notice="Platsen är tillagd.")
    return await _show(request, house, id, seat_form=form, status=422)


@area.show("/branschrad/{id}/fas", "move")
async def ask_move(request: Request, house: Services, id: str) -> Response:
    """Into which phase, and when."""
    council = await house.councils.councils.one(id)
    if council["closed_on"]:
        return page(request, "councils/is_closed.html", council=council, what="Ändra fas")
    return _move_page(request, Form.empty(CouncilMove, on=clock.today()), council)


def _move_page(
    request: Request, form: Form[CouncilMove], council: dict[str, Any], *, status: int = 200
) -> Response:
    """Only the phases that may follow; what was chosen stays to be seen where it may no more."""
    now = CouncilPhase(council["phase"])
    shown = {*FOLLOWS[now], form.value("phase")}
    phases = [(value, told) for value, told in options_of(CouncilPhase) if value in shown]
    return page(
        request, "councils/move.html", status=status, form=form, council=council, phases=phases
    )


@area.take("/branschrad/{id}/fas", "move")
async def move(request: Request, house: Services, id: str) -> Response:
    """The council goes into another phase."""
    form = await Form.posted(request, CouncilMove)
    sending = house.councils.councils.act(id, "move", form.sent, once=form.once)
    if await saved(form, sending):
        return go(request, "councils.show", id=id, notice="Fasen är ändrad.")
    return _move_page(request, form, await house.councils.councils.one(id), status=422)
