"""Relations: how an actor belongs together with others, since when, and how well it goes."""

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import actor_choices
from gateway.pages.joint_work import joint_work
from gateway.pages.relation_ratings import one_now, sides_of
from gateway.pages.saving import saved
from gateway.swedish.relations import agreement, together
from services.actors.contract.relation import RelationDraft, RelationState
from services.kit import clock

area = Area("relations")
MOST = 200


@area.begin("/aktorer/{id}/relationer/ny", "new")
async def new_relation(request: Request, house: Services, id: str) -> Response:
    """An empty form from one actor."""
    form = Form.begun(request, RelationDraft, valid_from=clock.today(), state=RelationState.new)
    return await _form_page(request, house, await house.actors.actors.one(id), form)


@area.take("/aktorer/{id}/relationer/ny", "new")
async def relate(request: Request, house: Services, id: str) -> Response:
    """Store it, or show the form again."""
    actor = await house.actors.actors.one(id)
    form = await Form.posted(request, RelationDraft, actor_id=id)
    made = await saved(form, house.actors.relations.make(form.sent, once=form.once))
    if made:
        return go(request, "actors.show", id=id, notice="Relationen är sparad.")
    return await _form_page(request, house, actor, form, status=422)


@area.show("/relationer/{id}", "show")
async def show_relation(request: Request, house: Services, id: str) -> Response:
    """One relation: its age, how it carries, how each side rates it, and what they do together."""
    look, actors = times_of(request), house.actors
    relation, ratings = await actors.whole(
        actors.relations.at(id, **look.times),
        actors.relation_ratings.asked(relation_id=id, limit=MOST, **look.times),
    )
    sides = await sides_of(house, relation)
    one = one_now(sides)
    work = None if one else await joint_work(house, sides[0], sides[1], look)
    marks = [relation["actor_mark"], relation["other_actor_mark"]]
    days = [relation["actor_rated_on"], relation["other_actor_rated_on"]]
    return page(
        request, "relations/show.html", relation=relation, sides=sides, one_now=one, day=look.day,
        today=look.day or clock.today().isoformat(), ratings=ratings["items"],
        called={key: one["name"] for one in sides for key in (one["id"], *one["merged_ids"])},
        newest=list(zip(sides, marks, days, strict=True)),
        work=together(work) if work else None,
        agreed=agreement([(one["name"], mark) for one, mark in zip(sides, marks, strict=True)]),
    )  # fmt: skip


@area.show("/relationer/{id}/andra", "edit")
async def edit_relation(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored; its last day ends it."""
    relation = await house.actors.relations.one(id)
    sides = await sides_of(house, relation)
    if one_now(sides):
        return go(request, "relations.show", id=id)
    form = Form.showing(RelationDraft, relation)
    return await _form_page(request, house, sides[0], form, relation=relation)


@area.take("/relationer/{id}/andra", "edit")
async def revise_relation(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the relation meanwhile."""
    relation = await house.actors.relations.one(id)
    form = await Form.posted(request, RelationDraft, kept=relation)
    sending = house.actors.relations.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "relations.show", id=id, notice="Sparat.")
    actor = await house.actors.actors.one(relation["actor_id"])
    return await _form_page(request, house, actor, form, status=422, relation=relation)


async def _form_page(
    request: Request,
    house: House,
    actor: Found,
    form: Form[RelationDraft],
    *,
    status: int = 200,
    relation: Found | None = None,
) -> Response:
    others = await actor_choices.actors(house, form)
    return page(
        request, "actors/relation.html", status=status, form=form, actor=actor,
        relation=relation, actors=others.but(actor["id"]),
    )  # fmt: skip
