"""Session plans: how a meeting is led so that all are heard, and afterwards who was."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_among, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices, post_choices
from gateway.pages.holdings import names, things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved, taken_away
from services.councils.contract.balance import SeatSide
from services.councils.contract.session_plan import SessionPlanDraft
from services.kit import clock
from services.kit.errors import Unavailable

area = Area("session_plans")
FILTERS = ("council_id", "facilitator_post_id", "method_id", "told")


@area.show("/motesupplagg", "list")
async def list_plans(request: Request, house: Services) -> Response:
    """All session plans, narrowed by the filters, the newest first."""
    form = Form.asked(request)
    shown, councils, posts, methods = await asyncio.gather(
        listed(request, house.councils.session_plans, FILTERS),
        choices.options(house.councils.councils, "name"),
        post_choices.posts(house, form),
        _methods(house, form.value("method_id")),
    )
    meetings, labels = await asyncio.gather(
        things_by_id(house.councils.meetings, ids_in([one["meeting_id"] for one in shown.rows])),
        house.analysis.labels(ids_in([one["facilitator_post_id"] for one in shown.rows])),
    )
    return page(
        request, "session_plans/list.html", shown=shown, councils=councils,
        called=dict(councils), posts=posts, methods=methods, meetings=meetings, labels=labels,
    )  # fmt: skip


async def _methods(house: House, *chosen: str) -> choices.Options:
    """Methods that are taken up, and those chosen before they were retired."""
    taken, kept = await asyncio.gather(
        choices.options(house.actors.methods, "name", retired="false"), _named(house, chosen)
    )
    return list((kept | dict(taken)).items())


async def _named(house: House, ids: Any) -> dict[str, str]:
    """What some methods are called; nothing where the library is away."""
    try:
        return names(await things_by_id(house.actors.methods, ids_among(ids)))
    except Unavailable:
        return {}


files(area, "/motesupplagg", lambda house: house.councils.session_plans, FILTERS)


@area.begin("/motesupplagg/nytt", "new")
async def new_plan(request: Request, house: Services) -> Response:
    """An empty form, begun from a meeting."""
    meeting = request.query_params.get("meeting_id") or None
    form = Form.begun(request, SessionPlanDraft, meeting_id=meeting)
    return await _form_page(request, house, form)


@area.take("/motesupplagg/nytt", "new")
async def make_plan(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, SessionPlanDraft)
    made = await saved(form, house.councils.session_plans.make(form.sent, once=form.once))
    if made:
        return go(request, "session_plans.show", id=made["id"], notice="Upplägget är sparat.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[SessionPlanDraft],
    *,
    status: int = 200,
    plan: Found | None = None,
) -> Response:
    asked = ids_among([plan["meeting_id"] if plan else form.value("meeting_id")])
    known, posts, methods = await asyncio.gather(
        things_by_id(house.councils.meetings, asked),
        post_choices.posts(house, form),
        _methods(house, *form.chosen("method_ids")),
    )
    meeting = next(iter(known.values()), None)
    planned = [] if meeting else choices.meetings(await _coming(house))
    today = clock.today().isoformat()
    return page(
        request, "session_plans/form.html", status=status, form=form, plan=plan, meeting=meeting,
        planned=planned, posts=posts, methods=methods, sides=SeatSide,
        over=bool(meeting and meeting["starts_at"][:10] <= today),
    )  # fmt: skip


async def _coming(house: House) -> list[Found]:
    """The meetings that may be chosen where none is begun from."""
    found: list[Found] = await house.councils.meetings.whole(
        sort="starts_at", status="planned", starts_from=clock.today()
    )
    return found


@area.show("/motesupplagg/{id}", "show")
async def show_plan(request: Request, house: Services, id: str) -> Response:
    """One plan: part by part, with which methods, and who was heard."""
    plan = await house.councils.session_plans.one(id)
    meeting, methods = await asyncio.gather(
        house.councils.meetings.one(plan["meeting_id"]), _named(house, plan["method_ids"])
    )
    labels = await house.analysis.labels(ids_in([plan["facilitator_post_id"]]))
    return page(
        request, "session_plans/show.html", plan=plan, meeting=meeting, methods=methods,
        labels=labels, over=meeting["starts_at"][:10] <= clock.today().isoformat(),
    )  # fmt: skip


@area.show("/motesupplagg/{id}/andra", "edit")
async def edit_plan(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored; afterwards who was heard is told here."""
    plan = await house.councils.session_plans.one(id)
    return await _form_page(request, house, Form.showing(SessionPlanDraft, plan), plan=plan)


@area.take("/motesupplagg/{id}/andra", "edit")
async def revise_plan(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    plan = await house.councils.session_plans.one(id)
    form = await Form.posted(request, SessionPlanDraft, kept=plan)
    sending = house.councils.session_plans.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "session_plans.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, plan=plan)


@area.show("/motesupplagg/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go."""
    plan = await house.councils.session_plans.one(id)
    meeting = await house.councils.meetings.one(plan["meeting_id"])
    form = Form.showing(SessionPlanDraft, plan)
    return page(request, "session_plans/remove.html", form=form, plan=plan, meeting=meeting)


@area.take("/motesupplagg/{id}/ta-bort", "remove")
async def remove_plan(request: Request, house: Services, id: str) -> Response:
    """The meeting has no plan any more; its minutes are as they were."""
    form: Form[Any] = await Form.posted(request, SessionPlanDraft)
    removing = house.councils.session_plans.remove(id, version=form.version)
    away, said = await taken_away(removing, "Upplägget")
    if away:
        return go(request, "session_plans.list", notice=said)
    return go(request, "session_plans.show", id=id, notice=said)
