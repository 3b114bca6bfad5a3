"""Mandates: who may carry what on whose behalf and until when, and what comes after."""

import asyncio
from typing import Any
from uuid import uuid4

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import actor_choices, choices, post_choices
from gateway.pages.carried_issues import carried_of
from gateway.pages.endorsements import endorsed
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.mandate_parties import parties_of
from gateway.pages.relation_ratings import one_now
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.swedish import sentence
from services.actors.contract import mandate as codes
from services.actors.contract.mandate import HOLDERS, MandateDraft
from services.kit import clock
from services.kit.errors import Conflict

area = Area("mandates")
FILTERS = ("state", "issuer_actor_id", "actor_id", "renewed", "as_of")
BEGUN = ("issuer_actor_id", *HOLDERS)


@area.show("/mandat", "list")
async def list_mandates(request: Request, house: Services) -> Response:
    """All mandates, narrowed by the filters, with who holds each."""
    shown, actors = await asyncio.gather(
        listed(request, house.actors.mandates, FILTERS),
        actor_choices.actors(house, Form.asked(request)),
    )
    parties = await parties_of(house, shown.rows, times_of(request))
    return page(
        request, "mandates/list.html", shown=shown, actors=actors, parties=parties, codes=codes
    )


files(area, "/mandat", lambda house: house.actors.mandates, FILTERS)


@area.begin("/mandat/nytt", "new")
async def new_mandate(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from an issuer or a holder."""
    begun: dict[str, Any] = {name: request.query_params.get(name) or None for name in BEGUN}
    form = Form.begun(request, MandateDraft, valid_from=clock.today(), **begun)
    return await _form_page(request, house, form)


@area.take("/mandat/nytt", "new")
async def give_mandate(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, MandateDraft)
    made = await saved(form, house.actors.mandates.make(form.sent, once=form.once))
    if made:
        return go(request, "mandates.show", id=made["id"], notice="Mandatet är sparat.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[MandateDraft],
    *,
    status: int = 200,
    mandate: Found | None = None,
) -> Response:
    actors, posts, councils = await choices.several(
        actor_choices.actors(house, form),
        post_choices.posts(house, form),
        choices.councils(house, form.value("holder_council_id")),
    )
    chosen = form.value("holder_council_id")
    unseen = [(chosen, "Ett råd som inte visas")] if chosen not in {"", *dict(councils)} else []
    return page(
        request, "mandates/form.html", status=status, form=form, mandate=mandate, actors=actors,
        posts=posts, councils=councils + unseen,
    )  # fmt: skip


@area.show("/mandat/{id}", "show")
async def show_mandate(request: Request, house: Services, id: str) -> Response:
    """One mandate: what it covers, its parties, and how the municipalities stand to it."""
    mandates = house.actors.mandates
    look = times_of(request)
    mandate = await mandates.one(id, **look.times)
    near = ids_in(mandate["predecessor_id"], mandate["successor_id"])
    parties, sides, told, issues, beside = await asyncio.gather(
        parties_of(house, [mandate], look),
        _sides(house, mandate),
        endorsed(request, house, id),
        house.actors.carried_issues.whole(mandate_id=id, **look.times),
        mandates.list(id=near, limit=2, **look.times) if near else _nothing(),
    )
    return page(
        request, "mandates/show.html", mandate=mandate, parties=parties, told=told,
        one_now=sides[0] if len(sides) > 1 and one_now(sides) else None,
        beside={one["id"]: one for one in beside.items} if beside else {},
        carried=await carried_of(house, issues, look),
    )  # fmt: skip


async def _sides(house: House, mandate: Found) -> list[Found]:
    """The actors that give and hold a mandate, as they live on."""
    ids = ids_in([mandate["issuer_actor_id"], mandate["holder_actor_id"]])
    found = await things_by_id(house.actors.actors, ids) if len(ids) > 1 else {}
    return [found[one] for one in ids if one in found]


async def _nothing() -> None:
    """What is beside a mandate that neither renews nor is renewed."""


@area.show("/mandat/{id}/andra", "edit")
async def edit_mandate(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    mandate = await house.actors.mandates.one(id)
    return await _form_page(request, house, Form.showing(MandateDraft, mandate), mandate=mandate)


@area.take("/mandat/{id}/andra", "edit")
async def revise_mandate(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the mandate meanwhile."""
    mandate = await house.actors.mandates.one(id)
    form = await Form.posted(request, MandateDraft, kept=mandate)
    sending = house.actors.mandates.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "mandates.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, mandate=mandate)


@area.take("/mandat/{id}/fornya", "renew")
async def renew_mandate(request: Request, house: Services, id: str) -> Response:
    """The next mandate with the same content, open for what its own decision says."""
    try:
        new = await house.actors.mandates.act(id, "renew", once=uuid4().hex)
    except Conflict as problem:
        return go(request, "mandates.show", id=id, notice=sentence(problem.errors[0].code))
    said = "Nästa mandat är gjort. Skriv beslutsdag och dokument när beslutet är fattat."
    return go(request, "mandates.edit", id=new["id"], notice=said)


asks_first(
    area,
    "/mandat/{id}/ta-bort",
    "remove",
    lambda house: house.actors.mandates,
    MandateDraft,
    what="mandatet",
    told=("scope", "valid_from"),
    back="mandates.edit",
)


@area.take("/mandat/{id}/ta-bort", "remove")
async def remove_mandate(request: Request, house: Services, id: str) -> Response:
    """The mandate never was: it was written by mistake."""
    form: Form[Any] = await Form.posted(request, MandateDraft)
    removing = house.actors.mandates.remove(id, version=form.version)
    away, said = await taken_away(
        removing,
        "Mandatet",
        held="Mandatet har förankringar, burna frågor eller ett senare mandat. Det ligger kvar.",
    )
    if away:
        return go(request, "mandates.list", notice=said)
    return go(request, "mandates.show", id=id, notice=said)
