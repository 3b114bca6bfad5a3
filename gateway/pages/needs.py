"""Needs: what is lacking, how far it has come, and what may be done about it."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area, named_in
from gateway.clients.house import House, Services
from gateway.clients.service import Listing, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import answer_choices, choices, occupation_field, post_choices
from gateway.pages.breaks import shown_breaks
from gateway.pages.holdings import providers_of
from gateway.pages.listing import as_file, listed
from gateway.pages.need_family import why_not
from gateway.pages.saving import saved
from gateway.pages.thread_steps import steps_of
from gateway.shapes import Occupation
from gateway.swedish.places import places_of
from services.councils.contract import need as codes
from services.councils.contract.need import OPEN_NEEDS, NeedDraft, NeedDropped, NeedMet
from services.kit.errors import Conflict, Forbidden, Unavailable

area = Area("needs")
FILTERS = (
    "status", "area", "horizon", "urgency", "municipality_code", "council_id", "occupation_code",
    "ownerless", "owner_post_id",
)  # fmt: skip
OCCUPATION, MOST_SHOWN = "occupation_code", 10


@area.show("/behov", "list")
async def list_needs(request: Request, house: Services) -> Response:
    """All needs, narrowed by the filters."""
    narrowed = await occupation_field.filtered(request, house)
    shown, councils, municipalities, owners = await asyncio.gather(
        listed(request, house.councils.needs, FILTERS, **narrowed),
        choices.options(house.councils.councils, "name"),
        choices.municipalities(request),
        choices.chosen(house, request.query_params.get("owner_post_id", "")),
    )
    return page(
        request, "needs/list.html", shown=shown, councils=councils, names=dict(councils),
        municipalities=municipalities, owners=owners, codes=codes,
    )  # fmt: skip


@area.show("/behov.{kind}", "file")
async def needs_file(request: Request, house: Services, kind: str) -> Response:
    """The same list as a file."""
    narrowed = await occupation_field.filtered(request, house)
    return await as_file(request, house.councils.needs, kind, FILTERS, **narrowed)


@area.begin("/behov/nytt", "new")
async def new_need(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a council."""
    asked = {name: request.query_params.get(name) for name in ("council_id", "occupation_code")}
    begun = {name: value for name, value in asked.items() if value}
    form = Form.begun(request, NeedDraft, urgency=codes.Urgency.normal, **begun)
    return await _form_page(request, house, form)


@area.take("/behov/nytt", "new")
async def report_need(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await occupation_field.posted(request, house, NeedDraft, OCCUPATION)
    made = await saved(form, house.councils.needs.make(form.sent, once=form.once))
    if made:
        return go(request, "needs.show", id=made["id"], notice="Behovet är sparat.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[NeedDraft],
    *,
    status: int = 200,
    need: dict[str, Any] | None = None,
) -> Response:
    councils, posts, municipalities, answers, _ = await asyncio.gather(
        choices.councils(house, form.value("council_id")),
        post_choices.posts(house, form),
        choices.municipalities(request),
        answer_choices.answers(house, form),
        occupation_field.shown(house, form, OCCUPATION),
    )
    return page(
        request,
        "needs/form.html",
        status=status,
        form=form,
        need=need,
        councils=councils,
        posts=posts,
        municipalities=municipalities,
        answers=answers,
    )


@area.show("/behov/{id}", "show")
async def show_need(request: Request, house: Services, id: str) -> Response:
    """One need: its thread, what is known of it, and what can be done next."""
    councils = house.councils
    (need, initiatives, decisions, points, outcomes, merged), known = await asyncio.gather(
        councils.whole(
            councils.needs.at(id),
            councils.initiatives.asked(need_id=id, limit=50),
            councils.decisions.asked(need_id=id, limit=50),
            councils.agenda_items.asked(need_id=id, sort="-created_at", limit=50),
            councils.outcomes.asked(need_id=id, sort="-happened_on", limit=50),
            councils.needs.asked(merged_into_id=id, sort="created_at", limit=50),
        ),
        _known_of(house, id),
    )
    thread, verdicts = known
    wanted = (
        ids_in(
            need["council_id"], need["owner_post_id"], need["merged_into_id"],
            need["split_from_id"], need["split_into_ids"], need["meeting_ids"],
            [point["meeting_id"] for point in points["items"]],
            [initiative["lead_actor_id"] for initiative in initiatives["items"]],
            *(verdict["shared_need_ids"] for verdict in verdicts or ()),
            [more["programme_id"] for one in verdicts or () for more in one["supplements"]],
        )
    )  # fmt: skip
    code = need[OCCUPATION]
    answers, (programmes, joinings), municipalities = await asyncio.gather(
        _answers_of(house, need["answer_ids"]),
        _in_registry(house, id, code),
        choices.municipalities(request),
    )
    joined = ([one["actor_id"], one["owner_post_id"]] for one in joinings or ())
    (labels, occupations), providers = await asyncio.gather(
        house.analysis.known(ids_in(wanted, *joined), ids_in(code)),
        providers_of(house.actors, programmes.items if programmes else ()),
    )
    there = (code for one in (programmes.items if programmes else ()) for code in places_of(one))
    codes_there = [*need["municipality_codes"], *ids_in(need["reported_by"]), *there]
    places = await choices.places(house, municipalities, codes_there)
    return page(
        request,
        "needs/show.html",
        need=need,
        initiatives=initiatives["items"],
        decisions=decisions["items"],
        inherited=_inherited(need, thread, decisions["items"]),
        points=points["items"],
        merged=merged["items"],
        answers=answers,
        thread=thread,
        outcomes=outcomes["items"],
        steps=steps_of(thread, outcomes["items"]),
        breaks=shown_breaks(thread["breaks"]) if thread else [],
        verdicts=verdicts,
        labels=labels,
        occupation=Occupation(code, occupations.get(code, "")) if code else None,
        places=[places.get(code, code) for code in need["municipality_codes"]],
        name=choices.name_in,
        is_open=need["status"] in OPEN_NEEDS,
        programmes=programmes,
        providers=providers,
        joinings=joinings,
        municipalities=places,
    )


def _inherited(
    need: dict[str, Any], thread: dict[str, Any] | None, own: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What was decided for the need that this one is a part of, as its thread has it."""
    if not need["split_from_id"] or thread is None:
        return []
    mine = {decision["id"] for decision in own}
    decided = (step for step in thread["steps"] if step["stage"] == "decision")
    return [step for step in decided if step["thing"]["id"] not in mine and step["thing"]["name"]]


async def _in_registry(
    house: House, id: str, code: str | None
) -> tuple[Listing | None, list[Any] | None]:
    """The first programmes that lead to an occupation, and the need's joinings; None: unknown."""
    actors, first = house.actors, {"sort": "name", "limit": MOST_SHOWN, "count": "true"}
    asked = [actors.joinings.asked(need_id=id, sort="proposed_on", limit=50)]
    if code:
        asked.append(actors.programmes.asked(occupation_code=code, **first))
    try:
        joinings, *programmes = await actors.batch(*asked)
    except (Unavailable, Forbidden):
        return None, None
    listing = Listing.of(programmes[0]) if programmes else Listing([], more=False, count=0)
    return listing, joinings["items"]


async def _answers_of(house: House, ids: list[str]) -> list[dict[str, Any]]:
    """The answers a need came from; none for those who may not read interviews."""
    if not ids:
        return []
    try:
        return await house.councils.answers.whole(sort="created_at", id=ids)
    except Forbidden:
        return []


async def _known_of(house: House, id: str) -> tuple[Any, Any]:
    """What analysis knows of a need; nothing where it is away."""
    try:
        thread, verdicts = await house.analysis.batch(
            house.analysis.threads.asked(need_id=id), house.analysis.verdicts.asked(need_id=id)
        )
    except (Unavailable, Forbidden):
        return None, None
    threads = thread["items"]
    return (threads[0] if threads else None), verdicts["items"]


@area.show("/behov/{id}/andra", "edit")
async def edit_need(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    need = await house.councils.needs.one(id)
    return await _form_page(request, house, Form.showing(NeedDraft, need), need=need)


@area.take("/behov/{id}/andra", "edit")
async def revise_need(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the need meanwhile."""
    need = await house.councils.needs.one(id)
    form = await occupation_field.posted(request, house, NeedDraft, OCCUPATION, kept=need)
    sending = house.councils.needs.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "needs.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, need=need)


STEPS = {
    "prioritera": ("prioritise", "Behovet är prioriterat."),
    "borja": ("start", "Arbetet med behovet har börjat."),
    "oppna": ("reopen", "Behovet är öppet igen."),
    "skilj": ("part", "Behovet är ett eget igen, med det som det sade."),
    "foga": ("rejoin", "Delningen är ångrad. Delarna lever vidare i behovet."),
}


@area.take("/behov/{id}/steg/{verb}", "step")
async def step(request: Request, house: Services, id: str, verb: str) -> Response:
    """One step on, or back."""
    action, said = named_in(STEPS, verb)
    try:
        await house.councils.needs.act(id, action)
    except Conflict as problem:
        said = why_not(problem)
    return go(request, "needs.show", id=id, notice=said)


@area.show("/behov/{id}/uppfyllt", "meet")
async def ask_met(request: Request, house: Services, id: str) -> Response:
    """What shows that the need is met."""
    return await _closing(request, house, id, Form.empty(NeedMet), "meet")


@area.take("/behov/{id}/uppfyllt", "meet")
async def meet(request: Request, house: Services, id: str) -> Response:
    """Met, with evidence."""
    form = await Form.posted(request, NeedMet)
    return await _close(request, house, id, form, "meet")


@area.show("/behov/{id}/avskriv", "drop")
async def ask_dropped(request: Request, house: Services, id: str) -> Response:
    """Why the need is dropped."""
    return await _closing(request, house, id, Form.empty(NeedDropped), "drop")


@area.take("/behov/{id}/avskriv", "drop")
async def drop(request: Request, house: Services, id: str) -> Response:
    """Dropped, with a reason."""
    form = await Form.posted(request, NeedDropped)
    return await _close(request, house, id, form, "drop")


async def _closing(
    request: Request, house: House, id: str, form: Form[Any], verb: str, *, status: int = 200
) -> Response:
    need = await house.councils.needs.one(id)
    return page(request, "needs/close.html", status=status, form=form, need=need, verb=verb)


async def _close(request: Request, house: House, id: str, form: Form[Any], verb: str) -> Response:
    sending = house.councils.needs.act(id, verb, form.sent, once=form.once)
    if await saved(form, sending):
        said = "Behovet är uppfyllt." if verb == "meet" else "Behovet är avskrivet."
        return go(request, "needs.show", id=id, notice=said, undo=f"/behov/{id}/steg/oppna")
    return await _closing(request, house, id, form, verb, status=422)
