"""Process leaders' assignments: which post leads what, from when until when, with what share."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import Lookback, times_of
from gateway.pages import actor_choices, choices, post_choices
from gateway.pages.holdings import names, things_by_id
from gateway.pages.known_names import TODAY
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved, taken_away
from services.actors.contract.leadership import LeaderAssignmentDraft, LeaderHandover
from services.actors.contract.post import PostFunction
from services.kit import clock

area = Area("leader_assignments")
FILTERS = (
    "post_id", "actor_id", "industry", "funder_actor_id", "funding_known", "in_force", "as_of",
)  # fmt: skip
MEANS = ("funder_actor_id", "funded_percent")
BEGUN = ("post_id", "actor_id", "industry")


@area.show("/processledare", "list")
async def list_assignments(request: Request, house: Services) -> Response:
    """All assignments, narrowed by the filters, the latest first."""
    look = times_of(request)
    shown, actors, posts = await asyncio.gather(
        listed(request, house.actors.leader_assignments, FILTERS),
        actor_choices.actors(house, Form.asked(request)),
        leaders(house, Form.asked(request), look),
    )
    around = await around_of(house, shown.rows, look)
    return page(
        request, "leader_assignments/list.html", shown=shown, actors=actors, leaders=posts,
        **around,
    )  # fmt: skip


files(area, "/processledare", lambda house: house.actors.leader_assignments, FILTERS)


async def leaders(house: House, form: Form[Any], look: Lookback = TODAY) -> choices.Options:
    """The process leaders' posts, with their actors' names."""
    return await post_choices.posts(house, form, function=PostFunction.process_leader, look=look)


async def around_of(house: House, assignments: list[Found], look: Lookback) -> dict[str, Any]:
    """The posts of some assignments, and what the actors in them are called, as a page looks."""
    whom = ids_in(*([one["actor_id"], one["funder_actor_id"]] for one in assignments))
    posts, actors = await asyncio.gather(
        things_by_id(
            house.actors.posts, ids_in([one["post_id"] for one in assignments]), look.times
        ),
        things_by_id(house.actors.actors, whom, look.known),
    )
    return {"posts": posts, "called": names(actors)}


@area.begin("/processledare/nytt", "new")
async def new_assignment(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a post, an actor or an industry."""
    begun: dict[str, Any] = {name: request.query_params.get(name) or None for name in BEGUN}
    form = Form.begun(request, LeaderAssignmentDraft, valid_from=clock.today(), **begun)
    return await _form_page(request, house, form)


@area.take("/processledare/nytt", "new")
async def assign(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, LeaderAssignmentDraft)
    made = await saved(form, house.actors.leader_assignments.make(form.sent, once=form.once))
    if made:
        return go(request, "leader_assignments.show", id=made["id"], notice="Uppdraget är sparat.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[Any],
    *,
    status: int = 200,
    assignment: Found | None = None,
    template: str = "form",
) -> Response:
    actors, posts = await choices.several(actor_choices.actors(house, form), leaders(house, form))
    chosen = form.value("post_id")
    if chosen and chosen not in dict(posts):
        posts = choices.kept(posts, chosen, await house.analysis.labels([chosen]))
    return page(
        request, f"leader_assignments/{template}.html", status=status, form=form,
        assignment=assignment, actors=actors, leaders=posts,
    )  # fmt: skip


@area.show("/processledare/{id}", "show")
async def show_assignment(request: Request, house: Services, id: str) -> Response:
    """One assignment: who leads what, with what share, and what else the post leads."""
    look = times_of(request)
    assignment = await house.actors.leader_assignments.one(id, **look.times)
    beside = await house.actors.leader_assignments.whole(
        post_id=assignment["post_id"], as_of=look.day or clock.today(), **look.known
    )
    around = await around_of(house, [assignment, *beside], look)
    return page(
        request, "leader_assignments/show.html", assignment=assignment,
        beside=[one for one in beside if one["id"] != id], **around,
    )  # fmt: skip


@area.show("/processledare/{id}/lamna-over", "hand_over")
async def ask_who_leads(request: Request, house: Services, id: str) -> Response:
    """Who leads it from a day on, and with which means: as now, to begin with."""
    found = await house.actors.leader_assignments.one(id)
    begun = {name: found[name] for name in ("post_id", *MEANS)}
    form = Form.empty(LeaderHandover, valid_from=clock.today(), **begun)
    form.version = found["version"]
    return await _form_page(request, house, form, assignment=found, template="hand_over")


@area.take("/processledare/{id}/lamna-over", "hand_over")
async def hand_over(request: Request, house: Services, id: str) -> Response:
    """It goes on from that day; only the means that were changed are sent."""
    found = await house.actors.leader_assignments.one(id)
    form = await Form.posted(request, LeaderHandover)
    sent: Any = form.sent
    if form.draft:
        told = form.draft.model_dump(mode="json")
        sent = {key: one for key, one in told.items() if key not in MEANS or one != found[key]}
    handing = house.actors.leader_assignments.act(
        id, "hand-over", sent, once=form.once, version=form.version
    )
    if done := await saved(form, handing):
        return go(
            request, "leader_assignments.show", id=done["id"], notice="Uppdraget är överlämnat."
        )
    return await _form_page(
        request, house, form, status=422, assignment=found, template="hand_over"
    )


@area.show("/processledare/{id}/andra", "edit")
async def edit_assignment(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    found = await house.actors.leader_assignments.one(id)
    form = Form.showing(LeaderAssignmentDraft, found)
    return await _form_page(request, house, form, assignment=found)


@area.take("/processledare/{id}/andra", "edit")
async def revise_assignment(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    found = await house.actors.leader_assignments.one(id)
    form = await Form.posted(request, LeaderAssignmentDraft, kept=found)
    sending = house.actors.leader_assignments.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "leader_assignments.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, assignment=found)


@area.show("/processledare/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go: what has been is given an end instead."""
    found = await house.actors.leader_assignments.one(id)
    form = Form.showing(LeaderAssignmentDraft, found)
    around = await around_of(house, [found], times_of(request))
    return page(request, "leader_assignments/remove.html", form=form, assignment=found, **around)


@area.take("/processledare/{id}/ta-bort", "remove")
async def remove_assignment(request: Request, house: Services, id: str) -> Response:
    """It never was: it was written by mistake."""
    form: Form[Any] = await Form.posted(request, LeaderAssignmentDraft)
    removing = house.actors.leader_assignments.remove(id, version=form.version)
    away, said = await taken_away(removing, "Uppdraget")
    if away:
        return go(request, "leader_assignments.list", notice=said)
    return go(request, "leader_assignments.show", id=id, notice=said)
