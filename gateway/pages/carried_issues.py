"""Carried issues: what ambassadors carry where, and what is answered."""

import asyncio
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import Lookback, times_of
from gateway.pages import actor_choices, choices, need_choices, post_choices, removed
from gateway.pages.known_names import TODAY, labels_then
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.pages.thing_choices import things
from services.actors.contract.carried_issue import CarriedIssueDraft
from services.councils.contract.need import OPEN_NEEDS
from services.kit import clock

area = Area("carried_issues")
FILTERS = (
    "ambassador_post_id", "mandate_id", "actor_id", "answered", "carried_from", "carried_until",
    "as_of",
)  # fmt: skip
AROUND = ("ambassador_post_id", "mandate_id", "need_id", "to_actor_id", "to_council_id")
BEGUN = ("mandate_id", "ambassador_post_id", "need_id")


class Carried(NamedTuple):
    """Some carried issues, and the names around them."""

    rows: list[Found]
    labels: dict[str, Found]


async def carried_of(house: House, issues: list[Found], look: Lookback = TODAY) -> Carried:
    """Issues with what they name."""
    named = ids_in(*([one[name] for one in issues] for name in AROUND))
    labels = await labels_then(house, named, look)
    return Carried(issues, await removed.told(house, labels, issues))


@area.show("/burna-fragor", "list")
async def list_issues(request: Request, house: Services) -> Response:
    """All carried issues, the latest first, narrowed by the filters."""
    shown, actors, posts, mandates = await asyncio.gather(
        listed(request, house.actors.carried_issues, FILTERS),
        actor_choices.actors(house, Form.asked(request)),
        post_choices.posts(house, Form.asked(request), look=times_of(request)),
        things(house, Form.asked(request), "mandate_id"),
    )
    carried = await carried_of(house, shown.rows, times_of(request))
    return page(
        request, "carried_issues/list.html", shown=shown, actors=actors, posts=posts,
        mandates=mandates, labels=carried.labels,
    )  # fmt: skip


files(area, "/burna-fragor", lambda house: house.actors.carried_issues, FILTERS)


@area.begin("/burna-fragor/ny", "new")
async def new_issue(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a mandate, a post or a need."""
    begun = {name: request.query_params.get(name) or None for name in BEGUN}
    form = Form.begun(request, CarriedIssueDraft, carried_on=clock.today(), **begun)
    return await _form_page(request, house, form)


@area.take("/burna-fragor/ny", "new")
async def carry(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, CarriedIssueDraft)
    made = await saved(form, house.actors.carried_issues.make(form.sent, once=form.once))
    if made:
        return _home(request, made, "Den burna frågan är sparad.")
    return await _form_page(request, house, form, status=422)


def _home(request: Request, issue: Found, said: str) -> Response:
    """To the page of its mandate, or of its ambassador's post."""
    if issue["mandate_id"]:
        return go(request, "mandates.show", id=issue["mandate_id"], notice=said)
    return go(request, "posts.show", id=issue["ambassador_post_id"], notice=said)


async def _form_page(
    request: Request,
    house: House,
    form: Form[Any],
    *,
    status: int = 200,
    issue: Found | None = None,
) -> Response:
    actors, posts, mandates, councils, needs = await asyncio.gather(
        actor_choices.actors(house, form),
        post_choices.posts(house, form),
        things(house, form, "mandate_id"),
        choices.councils(house, form.value("to_council_id")),
        need_choices.needs(house, form, OPEN_NEEDS),
    )
    chosen = [form.value(name) for name in ("need_id", "to_council_id") if form.value(name)]
    labels = await house.analysis.labels(chosen) if chosen else {}
    labels = await removed.told(house, labels, [{"need_id": form.value("need_id") or None}])
    return page(
        request, "carried_issues/form.html", status=status, form=form, issue=issue, actors=actors,
        posts=posts, mandates=mandates,
        councils=choices.kept(councils, form.value("to_council_id"), labels),
        needs=choices.kept(needs, form.value("need_id"), labels),
    )  # fmt: skip


@area.show("/burna-fragor/{id}/andra", "edit")
async def edit_issue(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored; the reply is written here."""
    one = await house.actors.carried_issues.one(id)
    return await _form_page(request, house, Form.showing(CarriedIssueDraft, one), issue=one)


@area.take("/burna-fragor/{id}/andra", "edit")
async def revise_issue(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    one = await house.actors.carried_issues.one(id)
    form = await Form.posted(request, CarriedIssueDraft, kept=one)
    sending = house.actors.carried_issues.replace(id, form.sent, version=form.version)
    if done := await saved(form, sending):
        return _home(request, done, "Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, issue=one)


asks_first(
    area,
    "/burna-fragor/{id}/ta-bort",
    "remove",
    lambda house: house.actors.carried_issues,
    CarriedIssueDraft,
    what="den burna frågan",
    told=("issue", "carried_on"),
    back="carried_issues.edit",
)


@area.take("/burna-fragor/{id}/ta-bort", "remove")
async def remove_issue(request: Request, house: Services, id: str) -> Response:
    """It was never carried: it was written by mistake."""
    form: Form[Any] = await Form.posted(request, CarriedIssueDraft)
    removing = house.actors.carried_issues.remove(id, version=form.version)
    _away, said = await taken_away(removing, "Frågan")
    return go(request, "carried_issues.list", notice=said)
