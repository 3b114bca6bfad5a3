"""Actors: who there is, on what level and how far come, and all that hangs on each of them."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from fastapi import Request, Response

from gateway import saved_filters
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.here import Here
from gateway.html import go, page, visitor_of
from gateway.lookback import DAY, Lookback, times_of
from gateway.pages import choices
from gateway.pages.contacts import dialog_of
from gateway.pages.council_parts import in_council
from gateway.pages.holdings import FOREVER, holders_of
from gateway.pages.initiatives_then import then_of
from gateway.pages.known_names import labels_then
from gateway.pages.listing import NUMBER, Shown, as_file, listed
from gateway.pages.mandate_parties import parties_of
from gateway.pages.readiness import prepared_of
from gateway.pages.saving import saved
from gateway.whom import staff
from services.actors.contract import actor as codes
from services.actors.contract.actor import ActorDraft
from services.actors.contract.priority import PriorityState
from services.actors.contract.readiness import ReadinessState
from services.kit import clock
from services.kit.errors import Forbidden, Malformed, Unavailable
from services.kit.store import Record

area = Area("actors")
FILTERS = ("kind", "level", "status", "readiness", "priority",
           "municipality_code", "sni", NUMBER, "as_of")  # fmt: skip
PAGE = "actors.list"
# What a saved filter keeps: all that narrows and orders the list, but not the day it is about.
OF_COUNCIL = ("council_id", "council_part")
SAVED = frozenset({*FILTERS, *OF_COUNCIL, "q", "sort"} - {DAY})
MOST = 100
JSON, SNI = "application/json", "sni_codes"


@area.show("/aktorer", "list")
async def list_actors(request: Request, house: Services) -> Response:
    """All actors, narrowed by the filters, as they are or were on a day."""
    narrowed = await in_council(request, house)
    shown = listed(request, house.actors.actors, FILTERS, also=OF_COUNCIL, **narrowed)
    return await selection(request, house, "rows", shown)


async def selection(
    request: Request, house: House, view: str, reading: Awaitable[Shown]
) -> Response:
    """The filters, and what they find in one of the ways to see it."""
    shown, ours, used, councils, own = await asyncio.gather(
        reading,
        choices.municipalities(request),
        house.actors.get("/actors/municipality-counts"),
        choices.options(house.councils.councils, "name"),
        _own_filters(request),
    )
    told = [*used["items"], *(one for one in shown.rows if "municipality_code" in one)]
    standing = [one["municipality_code"] for one in told]
    municipalities, places = await choices.in_use(house, ours, standing)
    here = Here.of(request.url.path, request.url.query)
    return page(
        request, "actors/list.html", view=view, shown=shown, municipalities=municipalities,
        places=places, ours=[code for code, _ in ours], codes=codes,
        judges=staff(visitor_of(request)),
        states=ReadinessState, chosen_states=PriorityState, councils=councils, own=own,
        chosen=saved_filters.query_in(here, SAVED),
    )  # fmt: skip


async def _own_filters(request: Request) -> list[Record]:
    async with request.app.state.database.reading() as db:
        return await saved_filters.own(db, visitor_of(request).account_id, PAGE)


@area.show("/aktorer.{kind}", "file")
async def actors_file(request: Request, house: Services, kind: str) -> Response:
    """The same list as a file."""
    narrowed = await in_council(request, house)
    return await as_file(request, house.actors.actors, kind, FILTERS, also=OF_COUNCIL, **narrowed)


@area.show("/aktorer/popolo.json", "popolo")
async def actors_popolo(house: Services) -> Response:
    """The whole registry with its history, in the open standard."""
    reply = await house.actors.send("GET", "/export/popolo")
    if reply.status >= 400:  # noqa: PLR2004
        raise reply.problem()
    file = {"Content-Disposition": 'attachment; filename="popolo.json"'}
    return Response(reply.body, headers=file | {"Cache-Control": "no-store"}, media_type=JSON)


@area.begin("/aktorer/ny", "new")
async def new_actor(request: Request, house: Services) -> Response:
    """An empty form."""
    return await _form_page(request, house, Form.begun(request, ActorDraft))


@area.take("/aktorer/ny", "new")
async def register_actor(request: Request, house: Services) -> Response:
    """Store it; actors that are probably the same are shown first, and nothing is stored yet."""
    form = await _posted(request)
    alike, said = list[Found](), "Aktören är sparad."
    if form.draft and not form.ticked("another"):
        try:
            alike = await _alike(house, form.draft.name, form.draft.org_number)
        except Unavailable:
            said += " Om den redan fanns gick inte att ta reda på just då."
    if alike:
        form.fail("another", "likely_same")
    else:
        made = await saved(form, house.actors.actors.make(form.sent, once=form.once))
        if made:
            return go(request, "actors.show", id=made["id"], notice=said)
    has_it = await _having_number(house, form)
    return await _form_page(request, house, form, status=422, alike=alike, has_it=has_it)


@area.show("/aktorer/liknande", "alike")
async def alike_actors(request: Request, house: Services) -> Response:
    """The actors that a name or a number may mean, while it is written."""
    form = Form.asked(request)
    alike = await _alike(house, form.value("name"), form.value(NUMBER))
    return page(request, "actors/alike.html", form=form, alike=alike)


async def _posted(request: Request, kept: Found | None = None) -> Form[ActorDraft]:
    """A form that was sent, with industry codes written as people do: 16.23, 31."""
    form = await Form.received(request, ActorDraft)
    if SNI in form.values:
        written = " ".join(form.values[SNI]).replace(".", "").replace(",", " ").split()
        form.values[SNI] = list(dict.fromkeys(written))
    form.take_in(ActorDraft, kept)
    return form


async def _alike(house: House, name: str, org_number: str | None) -> list[Found]:
    """Search before create."""
    if not (name or org_number):
        return []
    try:
        found: dict[str, list[Found]] = await house.actors.get(
            "/actors/likely-same", name=name, org_number=org_number
        )
    except Malformed:
        return []
    return found["items"]


async def _having_number(house: House, form: Form[ActorDraft]) -> Found | None:
    """The actor that has the number which was refused, however it was written."""
    if NUMBER not in form.wrong:
        return None
    written = "".join(filter(str.isdigit, form.value(NUMBER)))[-10:]
    asked = house.actors.actors.asked(org_number=f"{written[:6]}-{written[6:]}", limit=1)
    (found,) = await house.actors.batch(asked)
    return next(iter(found["items"]), None)


async def _form_page(
    request: Request,
    house: House,
    form: Form[ActorDraft],
    *,
    status: int = 200,
    actor: Found | None = None,
    alike: list[Found] | None = None,
    has_it: Found | None = None,
) -> Response:
    ours = await choices.municipalities(request)
    municipalities = await choices.everywhere(house, ours, form.value("municipality_code"))
    return page(
        request, "actors/form.html", status=status, form=form, actor=actor, alike=alike or [],
        municipalities=municipalities, ours=ours, staff=staff(visitor_of(request)),
        has_it=has_it,
    )  # fmt: skip


@area.show("/aktorer/{id}", "show")
async def show_actor(request: Request, house: Services, id: str) -> Response:
    """One actor on the day asked for: its standings, posts, relations, and its part in the work."""
    look, actors = times_of(request), house.actors
    day, times, known = look.day, look.times, look.known
    actor = await actors.actors.one(id, **times)
    if actor["id"] != id:
        return go(request, "actors.show", id=actor["id"], **times)
    family = [id, *actor["merged_ids"]]
    mapped, work, dialog, prepared = await asyncio.gather(
        actors.whole(
            actors.standings.asked(actor_id=id, sort="valid_from", limit=MOST, **known),
            actors.posts.asked(actor_id=id, sort="title", limit=MOST, **times),
            actors.relations.asked(actor_id=id, sort="valid_from", limit=MOST, **times),
            actors.programmes.asked(provider_actor_id=id, sort="name", limit=MOST, **known),
            actors.mandates.asked(actor_id=id, limit=MOST, **times),
            actors.role_trials.asked(actor_id=id, limit=MOST, **times),
            actors.actors.asked(merged_into_id=id, sort="name", limit=MOST, **known),
            actors.leader_assignments.asked(
                actor_id=id, as_of=day or clock.today(), limit=MOST, **known
            ),
        ),
        _work_of(house, family, look),
        dialog_of(house, id, look),
        prepared_of(request, house, id, day),
    )
    standings, posts, relations, programmes, mandates, trials, merged, leads = mapped
    wanted = ids_in(
        prepared.post_ids,
        [one["post_id"] for one in leads["items"]],
        [relation["actor_id"] for relation in relations["items"]],
        [relation["other_actor_id"] for relation in relations["items"]],
        holders_of(posts["items"]),
        [seat["council_id"] for seat in (work or {}).get("seats", ())],
    )
    labels, municipalities, parties = await asyncio.gather(
        labels_then(house, wanted, look),
        choices.municipalities(request),
        parties_of(house, mandates["items"], look),
    )
    places = await choices.places(house, municipalities, [actor["municipality_code"]])
    return page(
        request, "actors/show.html", actor=actor, standings=standings["items"][::-1],
        standing_now=standing_on(standings["items"], day or clock.today().isoformat()),
        posts=posts["items"], relations=relations["items"], programmes=programmes["items"],
        work=work, dialog=dialog, prepared=prepared, labels=labels, places=places, day=day,
        mine=set(map(str, visitor_of(request).caller.post_ids)),
        today=day or clock.today().isoformat(), name=choices.name_in,
        mandates=parties, trials=trials["items"], merged=merged["items"], leads=leads["items"],
        family=family, former={one["id"]: one["name"] for one in merged["items"]},
    )  # fmt: skip


def standing_on(standings: list[Found], day: str) -> str | None:
    """Which of an actor's standings is its own on a day."""
    for one in standings:
        for span in one["counting_periods"]:
            if span["valid_from"] <= day < (span["valid_to"] or FOREVER):
                return str(one["id"])
    return None


async def _work_of(house: House, ids: list[str], look: Lookback) -> dict[str, Any] | None:
    """What an actor leads, sits in and has been asked, by any id it has or had.

    None where councils does not answer.
    """
    councils = house.councils
    try:
        led, seats, initiatives, projects = await councils.whole(
            councils.councils.asked(leader_actor_id=ids, sort="name", limit=MOST, **look.times),
            councils.seats.asked(actor_id=ids, sort="-valid_from", limit=MOST, **look.times),
            councils.initiatives.asked(actor_id=ids, limit=MOST, **look.known),
            councils.projects.asked(actor_id=ids, limit=MOST, **look.known),
        )
    except Unavailable:
        return None
    try:
        interviews = await councils.interviews.whole(sort="-held_on", actor_id=ids, **look.known)
    except Forbidden:
        interviews = []
    until = look.day or FOREVER
    return {
        # A council that had not begun on the day was not led then.
        "led": [council for council in led["items"] if council["phase"]],
        "seats": seats["items"],
        "initiatives": then_of(initiatives["items"], look.day),
        # How far a project had come on a day is not told, so none is shown for one.
        "projects": [] if look.day else projects["items"],
        "interviews": [one for one in interviews if one["held_on"] <= until],
    }


@area.show("/aktorer/{id}/andra", "edit")
async def edit_actor(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    actor = await house.actors.actors.one(id)
    form = Form.showing(ActorDraft, actor, keep_former_name=True)
    return await _form_page(request, house, form, actor=actor)


@area.take("/aktorer/{id}/andra", "edit")
async def revise_actor(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the actor meanwhile."""
    actor = await house.actors.actors.one(id)
    form = await _posted(request, actor)
    keeps = {"keep_former_name": form.ticked("keep_former_name")}
    said = form.sent if isinstance(form.sent, dict) else form.sent.model_dump(mode="json")
    if await saved(form, house.actors.actors.replace(id, said | keeps, version=form.version)):
        renamed = form.draft and form.draft.name != actor["name"] and keeps["keep_former_name"]
        kept = " Det förra namnet står bland Andra namn." if renamed else ""
        return go(request, "actors.show", id=id, notice=f"Ändringen är sparad.{kept}")
    has_it = await _having_number(house, form)
    return await _form_page(request, house, form, status=422, actor=actor, has_it=has_it)
