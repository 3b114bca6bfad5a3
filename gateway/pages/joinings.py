"""Joinings: actors that a need points at, each asked, answering, and connected or not."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.lookback import Lookback, times_of
from gateway.pages import actor_choices, choices, post_choices
from gateway.pages.groundless import groundless
from gateway.pages.known_names import TODAY, labels_then
from gateway.pages.listing import files, listed
from gateway.pages.pointing import pointed_at
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from services.actors.contract import joining as codes
from services.actors.contract.joining import CONNECTIONS, JoiningDraft
from services.kit import clock
from services.kit.errors import Forbidden, Rejected, Stale, Unavailable

area = Area("joinings")
FILTERS = ("state", "open", "overdue", "actor_id", "owner_post_id", "as_of")
THROUGH = {"seat_id": "Plats i", "initiative_id": "Initiativ", "pledge_id": "Bidrag"}
AROUND = ("need_id", "actor_id", "owner_post_id")


@area.show("/pakopplingar", "list")
async def list_joinings(request: Request, house: Services) -> Response:
    """All joinings, the soonest due first, narrowed by the filters."""
    shown, actors, posts = await asyncio.gather(
        listed(request, house.actors.joinings, FILTERS),
        actor_choices.actors(house, Form.asked(request)),
        post_choices.posts(house, Form.asked(request), look=times_of(request)),
    )
    labels, lost = await asyncio.gather(
        labels_then(
            house, ids_in(*([o[n] for o in shown.rows] for n in AROUND)), times_of(request)
        ),
        groundless(request, house, shown.rows),
    )
    return page(
        request, "joinings/list.html", shown=shown, actors=actors, posts=posts, labels=labels,
        codes=codes, name=choices.name_in, lost=lost,
    )  # fmt: skip


files(area, "/pakopplingar", lambda house: house.actors.joinings, FILTERS)


@area.show("/behov/{id}/koppla-pa", "find")
async def find_actors(request: Request, house: Services, id: str) -> Response:
    """Whom a need points at, and why; a person chooses."""
    form = Form.asked(request)
    found = await pointed_at(request, house, id, form.value("q"))
    return page(request, "joinings/find.html", found=found, need=found.need, asked=form)


@area.begin("/pakopplingar/ny", "new")
async def new_joining(request: Request, house: Services) -> Response:
    """A form begun from a need and an actor, owned by a post of one's own."""
    begun = {name: request.query_params.get(name) or None for name in ("need_id", "actor_id")}
    mine = sorted(map(str, visitor_of(request).caller.post_ids))
    form = Form.begun(
        request, JoiningDraft, **begun, why=request.query_params.get("why"),
        proposed_on=clock.today(), owner_post_id=next(iter(mine), None),
    )  # fmt: skip
    return await _form_page(request, house, form)


@area.take("/pakopplingar/ny", "new")
async def propose(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, JoiningDraft)
    made = await saved(form, house.actors.joinings.make(form.sent, once=form.once))
    if made:
        return go(request, "joinings.show", id=made["id"], notice="Påkopplingen är sparad.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[Any],
    *,
    status: int = 200,
    joining: Found | None = None,
) -> Response:
    actor = joining["actor_id"] if joining else None
    actors, posts, ways = await asyncio.gather(
        actor_choices.actors(house, form, there=joining is None),
        post_choices.posts(house, form),
        _ways(house, actor),
    )
    need = form.value("need_id") or (joining["need_id"] if joining else "")
    labels = await house.analysis.labels(ids_in(need or None, actor, *_chosen(form, ways)))
    ways = {n: choices.kept(o, form.value(n), labels) for n, o in ways.items()}
    return page(
        request, "joinings/form.html", status=status, form=form, joining=joining, actors=actors,
        posts=posts, ways=ways, need=need, labels=labels, name=choices.name_in,
    )  # fmt: skip


def _chosen(form: Form[Any], ways: dict[str, choices.Options]) -> list[list[str]]:
    return [form.chosen(name) for name in ways]


async def _ways(
    house: House, actor_id: str | None, look: Lookback = TODAY
) -> dict[str, choices.Options]:
    """The seats, initiatives and pledges that an actor may be connected by."""
    if actor_id is None:
        return {}
    actor = await house.actors.actors.one(actor_id)
    family = [actor["id"], *actor["merged_ids"]]
    promised = await house.actors.pledges.whole(actor_id=actor["id"])
    pledges = [(one["id"], one["what"]) for one in promised]
    councils = house.councils
    try:
        seats, initiatives = await councils.whole(
            councils.seats.asked(actor_id=family), councils.initiatives.asked(actor_id=family)
        )
        led = await labels_then(house, ids_in([one["council_id"] for one in seats["items"]]), look)
    except (Unavailable, Forbidden):
        return {"seat_id": [], "initiative_id": [], "pledge_id": pledges}
    sits = [(one["id"], choices.name_in(led, one["council_id"])) for one in seats["items"]]
    takes_part = [(one["id"], one["title"]) for one in initiatives["items"]]
    return dict(zip(CONNECTIONS, (sits, takes_part, pledges), strict=True))


@area.show("/pakopplingar/{id}", "show")
async def show_joining(request: Request, house: Services, id: str) -> Response:
    """One joining: for which need and why, its steps, and the gate to a council."""
    look = times_of(request)
    joining = await house.actors.joinings.one(id, **look.times)
    ids = [joining[name] for name in AROUND]
    labels, ways, lost = await asyncio.gather(
        labels_then(house, ids, look),
        _ways(house, joining["actor_id"], look),
        groundless(request, house, [joining]),
    )
    through = [
        (THROUGH[name], dict(ways[name]).get(joining[name], "Syns inte här"))
        for name in CONNECTIONS
        if joining[name]
    ]
    return page(
        request, "joinings/show.html", joining=joining, labels=labels, through=through,
        name=choices.name_in, lost=lost.get(joining["id"]),
    )  # fmt: skip


@area.show("/pakopplingar/{id}/andra", "edit")
async def edit_joining(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored; the next step is written here."""
    one = await house.actors.joinings.one(id)
    return await _form_page(request, house, Form.showing(JoiningDraft, one), joining=one)


@area.take("/pakopplingar/{id}/andra", "edit")
async def revise_joining(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the joining meanwhile."""
    one = await house.actors.joinings.one(id)
    fixed = {name: one[name] for name in ("need_id", "actor_id")}
    form = await Form.posted(request, JoiningDraft, kept=one, **fixed)
    if await saved(form, house.actors.joinings.replace(id, form.sent, version=form.version)):
        return go(request, "joinings.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, joining=one)


@area.take("/pakopplingar/{id}/avsluta", "lapse")
async def lapse(request: Request, house: Services, id: str) -> Response:
    """Nobody asks any more, for what it stood on is over; what the actor answered stays."""
    form: Form[Any] = await Form.posted(request, JoiningDraft)
    one = await house.actors.joinings.one(id)
    if not one["open"]:
        return go(request, "joinings.show", id=id, notice="Påkopplingen var redan avslutad.")
    lost = (await groundless(request, house, [one])).get(one["id"])
    if lost is None:
        return go(request, "joinings.edit", id=id)
    values = {name: one[name] for name in JoiningDraft.model_fields}
    why = " ".join(filter(None, (one["reasons"], lost)))
    over = {"lapsed_on": clock.today().isoformat(), "reasons": why}
    try:
        await house.actors.joinings.replace(id, values | over, version=form.version)
    except (Rejected, Stale):
        said = "Påkopplingen har ändrats under tiden. Läs igenom den och försök igen."
        return go(request, "joinings.show", id=id, notice=said)
    return go(request, "joinings.show", id=id, notice="Påkopplingen är avslutad.")


asks_first(
    area,
    "/pakopplingar/{id}/ta-bort",
    "remove",
    lambda house: house.actors.joinings,
    JoiningDraft,
    what="påkopplingen",
    told=("actor_id", "need_id"),
    back="joinings.edit",
)


@area.take("/pakopplingar/{id}/ta-bort", "remove")
async def remove_joining(request: Request, house: Services, id: str) -> Response:
    """It never was: it was written by mistake."""
    form: Form[Any] = await Form.posted(request, JoiningDraft)
    removing = house.actors.joinings.remove(id, version=form.version)
    away, said = await taken_away(removing, "Påkopplingen")
    if away:
        return go(request, "joinings.list", notice=said)
    return go(request, "joinings.show", id=id, notice=said)
