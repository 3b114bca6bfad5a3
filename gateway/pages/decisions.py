"""Decisions: what one rests on, changed while it may be, and replaced once it may not."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices, post_choices, verdict_basis
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved
from gateway.posted import fields_of
from gateway.swedish import clock_of
from services.councils.contract.council import CouncilLevel
from services.councils.contract.decision import BasisKind, DecisionDraft, Evidence
from services.councils.contract.meeting import MeetingStatus, MinutesState
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

area = Area("decisions")
FILTERS = (
    "council_id", "owner_post_id", "ownerless", "evidence", "equality_check_lacking", "superseded",
    "open", "review_until", "decided_from", "decided_until",
)  # fmt: skip


@area.show("/beslut", "list")
async def list_decisions(request: Request, house: Services) -> Response:
    """All decisions, narrowed by the filters, the latest first."""
    shown, councils, posts = await asyncio.gather(
        listed(request, house.councils.decisions, FILTERS, sort="-decided_on"),
        choices.options(house.councils.councils, "name"),
        post_choices.posts(house, Form.asked(request)),
    )
    labels = await house.analysis.labels(ids_in([one["owner_post_id"] for one in shown.rows]))
    return page(
        request, "decisions/list.html", shown=shown, councils=councils, names=dict(councils),
        posts=posts, labels=labels, evidence=Evidence,
    )  # fmt: skip


files(area, "/beslut", lambda house: house.councils.decisions, FILTERS)


@area.show("/beslut/{id}", "show")
async def show_decision(request: Request, house: Services, id: str) -> Response:
    """One decision."""
    councils = house.councils
    decision, initiatives, directions, reviews = await councils.whole(
        councils.decisions.at(id),
        councils.initiatives.asked(decision_id=id, limit=50),
        councils.directions.asked(decision_id=id, limit=50),
        councils.decision_reviews.asked(decision_id=id, limit=50),
    )
    wanted = ids_in(
        decision["council_id"], decision["meeting_id"], decision["owner_post_id"],
        decision["need_ids"], decision["supersedes_id"], decision["superseded_by_id"],
        [one["id"] for one in decision["basis"]],
    )  # fmt: skip
    labels, (meeting, council) = await asyncio.gather(
        house.analysis.labels(wanted),
        councils.batch(
            councils.meetings.at(decision["meeting_id"]),
            councils.councils.at(decision["council_id"]),
        ),
    )
    return page(
        request, "meetings/decision.html", decision=decision, initiatives=initiatives["items"],
        labels=labels, name=choices.name_in, locked=_locked(meeting),
        directions=directions["items"],
        reviews=Listing.of(reviews),
        directs=council["level"] == CouncilLevel.strategic and not council["closed_on"],
        sources=await _sources_of(house, decision["basis"]),
    )  # fmt: skip


async def _sources_of(house: House, basis: list[Found]) -> dict[str, str]:
    """Where each indicator of a basis is shown: with its source; nothing where analysis is away."""
    ids = ids_in([one["id"] for one in basis if one["kind"] == BasisKind.indicator])
    try:
        found = await house.analysis.indicators.whole(id=ids) if ids else []
    except (Forbidden, Unavailable):
        return {}
    return {one["id"]: one["source_id"] for one in found}


def _locked(meeting: Found) -> bool:
    return bool(meeting["minutes_state"] == MinutesState.approved)


async def _choices_of(house: House, meeting: Found, form: Form[Any], *named: str) -> dict[str, Any]:
    """What the fields of a decision of a meeting may be chosen from, and needs it names already."""
    needs, items, posts = await asyncio.gather(
        choices.living_needs(house, named, council_id=meeting["council_id"]),
        house.councils.agenda_items.whole(sort="position", meeting_id=meeting["id"]),
        post_choices.posts(house, form),
    )
    agenda = (one for item in items for one in item["need_ids"])
    return {
        "needs": await choices.with_needs(house, needs, (), agenda),
        "items": [(item["id"], item["title"]) for item in items],
        "posts": posts,
        "basis_kinds": BasisKind,
        "judged": await verdict_basis.told(house, list(named)),
    }


@area.show("/beslut/{id}/andra", "edit")
async def edit_decision(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored, while the minutes are not approved."""
    decision, meeting = await _with_meeting(house, id)
    if _locked(meeting):
        said = "Protokollet är justerat. Ersätt beslutet i stället."
        return go(request, "decisions.show", id=id, notice=said)
    return await _edit_page(
        request, house, decision, meeting, Form.showing(DecisionDraft, decision)
    )


@area.take("/beslut/{id}/andra", "edit")
async def revise_decision(request: Request, house: Services, id: str) -> Response:
    """New values."""
    decision, meeting = await _with_meeting(house, id)
    form = await verdict_basis.posted(request, house, kept=decision)
    sending = house.councils.decisions.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "decisions.show", id=id, notice="Ändringen är sparad.")
    return await _edit_page(request, house, decision, meeting, form, status=422)


async def _with_meeting(house: House, id: str) -> tuple[Found, Found]:
    decision = await house.councils.decisions.one(id)
    return decision, await house.councils.meetings.one(decision["meeting_id"])


async def _edit_page(
    request: Request,
    house: House,
    decision: Found,
    meeting: Found,
    form: Form[DecisionDraft],
    *,
    status: int = 200,
) -> Response:
    chosen = await _choices_of(house, meeting, form, *decision["need_ids"])
    return page(
        request, "meetings/decision_form.html", status=status, form=form, decision=decision,
        meetings=[], **chosen,
    )  # fmt: skip


@area.show("/beslut/{id}/ersatt", "replace")
async def ask_replaced(request: Request, house: Services, id: str) -> Response:
    """A form that begins with the old decision; the newest meeting that was held decides."""
    decision, meeting = await _with_meeting(house, id)
    if decision["superseded_by_id"]:
        said = "Beslutet är redan ersatt. Här är det som gäller."
        return go(request, "decisions.show", id=decision["superseded_by_id"], notice=said)
    meetings = await _deciding(house, meeting)
    form = Form.empty(DecisionDraft, **_carried_over(decision), meeting_id=meetings[0]["id"])
    return await _replace_page(request, house, decision, meetings, form)


def _carried_over(decision: Found) -> Found:
    """What a new decision begins with: no days that have passed, no point of the old agenda."""
    kept = ("text", "need_ids", "basis", "equality_check", "owner_post_id")
    coming = {
        name: decision[name]
        for name in ("review_on", "due_on")
        if (decision[name] or "") >= clock.today().isoformat()
    }
    return {name: decision[name] for name in kept} | coming


@area.take("/beslut/{id}/ersatt", "replace")
async def replace_decision(request: Request, house: Services, id: str) -> Response:
    """A new decision in place of the old one, made on its meeting's day unless another is told."""
    decision, meeting = await _with_meeting(house, id)
    meetings = await _deciding(house, meeting)
    sent = {name: texts[-1].strip() for name, texts in (await fields_of(request)).items()}
    days = {one["id"]: clock_of(one["starts_at"]).date() for one in meetings}
    fixed: dict[str, Any] = {"council_id": decision["council_id"], "supersedes_id": id}
    if not sent.get("decided_on") and sent.get("meeting_id") in days:
        fixed["decided_on"] = days[sent["meeting_id"]]
    form = await verdict_basis.posted(request, house, **fixed)
    made = await saved(form, house.councils.decisions.make(form.sent, once=form.once))
    if made:
        said = "Det nya beslutet är sparat och ersätter det gamla."
        return go(request, "decisions.show", id=made["id"], notice=said)
    return await _replace_page(request, house, decision, meetings, form, status=422)


async def _deciding(house: House, own: Found) -> list[Found]:
    """Meetings that may replace what one decided: those held since, not locked; and itself."""
    found = await house.councils.meetings.whole(
        sort="-starts_at", council_id=own["council_id"],
        minutes_state=MinutesState.draft.value, starts_until=clock.today(),
    )  # fmt: skip
    first = clock_of(own["starts_at"])
    later = [
        one
        for one in found
        if one["status"] != MeetingStatus.cancelled
        and one["id"] != own["id"]
        and clock_of(one["starts_at"]) >= first
    ]
    return [*later, own]


async def _replace_page(
    request: Request,
    house: House,
    decision: Found,
    meetings: list[Found],
    form: Form[DecisionDraft],
    *,
    status: int = 200,
) -> Response:
    chosen = await _choices_of(house, meetings[-1], form, *decision["need_ids"])
    return page(
        request, "meetings/decision_form.html", status=status, form=form, decision=decision,
        meetings=choices.meetings(meetings), **chosen | {"items": []},
    )  # fmt: skip
