"""Decision reviews: what came of a decision, written where its day has come."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from services.councils.contract.decision_review import DecisionReviewDraft
from services.kit import clock

area = Area("decision_reviews")


@area.show("/beslut/{id}/folj-upp", "new")
async def new_review(request: Request, house: Services, id: str) -> Response:
    """What came of it; today, unless another day is told."""
    form = Form.empty(DecisionReviewDraft, reviewed_on=clock.today())
    return await _new_page(request, house, id, form)


@area.take("/beslut/{id}/folj-upp", "new")
async def make_review(request: Request, house: Services, id: str) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, DecisionReviewDraft, decision_id=id)
    made = await saved(form, house.councils.decision_reviews.make(form.sent, once=form.once))
    if made:
        return go(request, "decisions.show", id=id, notice="Uppföljningen är sparad.")
    return await _new_page(request, house, id, form, status=422)


async def _new_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    decision = await house.councils.decisions.one(id)
    return _page(request, decision, form, status=status)


def _page(
    request: Request,
    decision: Found,
    form: Form[Any],
    *,
    review: Found | None = None,
    status: int = 200,
) -> Response:
    return page(
        request, "decision_reviews/form.html", status=status, form=form, decision=decision,
        review=review,
    )  # fmt: skip


@area.show("/uppfoljningar/{id}/andra", "edit")
async def edit_review(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    review, decision = await _with_decision(house, id)
    return _page(request, decision, Form.showing(DecisionReviewDraft, review), review=review)


@area.take("/uppfoljningar/{id}/andra", "edit")
async def revise_review(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    review, decision = await _with_decision(house, id)
    form = await Form.posted(request, DecisionReviewDraft, kept=review)
    sending = house.councils.decision_reviews.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "decisions.show", id=decision["id"], notice="Ändringen är sparad.")
    return _page(request, decision, form, review=review, status=422)


async def _with_decision(house: House, id: str) -> tuple[Found, Found]:
    review = await house.councils.decision_reviews.one(id)
    return review, await house.councils.decisions.one(review["decision_id"])


asks_first(
    area, "/uppfoljningar/{id}/ta-bort", "remove", lambda house: house.councils.decision_reviews,
    DecisionReviewDraft, what="uppföljningen", told=("decision_id", "reviewed_on", "finding"),
    back="decision_reviews.edit",
)  # fmt: skip


@area.take("/uppfoljningar/{id}/ta-bort", "remove")
async def remove_review(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake: the decision waits for the day that it waited for before."""
    review = await house.councils.decision_reviews.one(id)
    form: Form[Any] = await Form.posted(request, DecisionReviewDraft)
    removing = house.councils.decision_reviews.remove(id, version=form.version)
    _, said = await taken_away(removing, "Uppföljningen")
    return go(request, "decisions.show", id=review["decision_id"], notice=said)
