"""Ratings of relations: how each side finds it, written down day by day, put right, taken away."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.holdings import things_by_id
from gateway.pages.saving import saved, taken_away
from services.actors.contract.relation_rating import RelationRatingDraft
from services.kit import clock

area = Area("relation_ratings")
SIDES = ("actor_id", "other_actor_id")


async def sides_of(house: House, relation: Found) -> list[Found]:
    """The two actors of a relation, as they live today."""
    found = await things_by_id(house.actors.actors, [relation[side] for side in SIDES])
    return [found[relation[side]] for side in SIDES]


def one_now(sides: list[Found]) -> bool:
    """Whether the two were merged into one, which has no relation to itself."""
    return bool(sides[0]["id"] == sides[1]["id"])


@area.begin("/relationer/{id}/skattningar/ny", "new")
async def new_rating(request: Request, house: Services, id: str) -> Response:
    """An empty form for today."""
    form = Form.begun(request, RelationRatingDraft, rated_on=clock.today())
    return await _form_page(request, house, id, form)


@area.take("/relationer/{id}/skattningar/ny", "new")
async def rate(request: Request, house: Services, id: str) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, RelationRatingDraft, relation_id=id)
    if await saved(form, house.actors.relation_ratings.make(form.sent, once=form.once)):
        return go(request, "relations.show", id=id, notice="Skattningen är sparad.")
    return await _form_page(request, house, id, form, status=422)


@area.show("/skattningar/{id}/andra", "edit")
async def edit_rating(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    rating = await house.actors.relation_ratings.one(id)
    form = Form.showing(RelationRatingDraft, rating)
    return await _form_page(request, house, rating["relation_id"], form, rating=rating)


@area.take("/skattningar/{id}/andra", "edit")
async def revise_rating(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    rating = await house.actors.relation_ratings.one(id)
    form = await Form.posted(request, RelationRatingDraft, kept=rating)
    sending = house.actors.relation_ratings.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "relations.show", id=rating["relation_id"], notice="Sparat.")
    relation = rating["relation_id"]
    return await _form_page(request, house, relation, form, status=422, rating=rating)


async def _form_page(
    request: Request,
    house: House,
    relation_id: str,
    form: Form[RelationRatingDraft],
    *,
    status: int = 200,
    rating: Found | None = None,
) -> Response:
    relation = await house.actors.relations.one(relation_id)
    sides = await sides_of(house, relation)
    if one_now(sides):
        return go(request, "relations.show", id=relation_id)
    # Who rated before it was merged keeps what it said.
    own = rating["rater_actor_id"] if rating else None
    raters = [(own if own in one["merged_ids"] else one["id"], one["name"]) for one in sides]
    return page(
        request, "relations/rating.html", status=status, form=form, relation=relation,
        sides=sides, rating=rating, raters=raters,
    )  # fmt: skip


@area.show("/skattningar/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go."""
    rating = await house.actors.relation_ratings.one(id)
    relation = await house.actors.relations.one(rating["relation_id"])
    sides, by = await sides_of(house, relation), rating["rater_actor_id"]
    rater = next((one["name"] for one in sides if by in (one["id"], *one["merged_ids"])), "")
    form = Form.showing(RelationRatingDraft, rating)
    return page(
        request, "relations/remove_rating.html", form=form, rating=rating, relation=relation,
        sides=sides, rater=rater,
    )  # fmt: skip


@area.take("/skattningar/{id}/ta-bort", "remove")
async def remove_rating(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake."""
    form: Form[Any] = await Form.posted(request, RelationRatingDraft)
    removing = house.actors.relation_ratings.remove(id, version=form.version)
    _away, said = await taken_away(removing, "Skattningen")
    # The page said whose it was: what is away tells nothing more.
    if relation := form.value("relation_id"):
        return go(request, "relations.show", id=relation, notice=said)
    return go(request, "actors.list", notice=said)
