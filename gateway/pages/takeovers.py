"""Takeovers: a post takes care of what lost its owner; the thing itself gets its new owner."""

import asyncio
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from fastapi import Request, Response
from pydantic import BaseModel

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Things, ids_in
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.lookback import Lookback, times_of
from gateway.pages import post_choices
from gateway.pages.holdings import things_by_id
from gateway.pages.known_names import labels_then
from gateway.pages.listing import files, listed, number_of
from gateway.pages.saving import saved
from gateway.pages.untaken import Left, Untaken, untaken_of
from services.actors.contract.contact import ContactDraft
from services.actors.contract.joining import JoiningDraft
from services.actors.contract.leadership import LeaderAssignmentDraft
from services.actors.contract.pledge import PledgeDraft
from services.actors.contract.takeover import LeftNoun, TakeoverDone, TakeoverDraft
from services.analysis.contract.challenge import ChallengeDraft
from services.analysis.contract.scanning import SignalDraft, TrendDraft
from services.councils.contract.council import CouncilDraft
from services.councils.contract.decision import ActionItemDraft, DecisionDraft
from services.councils.contract.initiative import InitiativeDraft, StepDraft
from services.councils.contract.interview import InterviewDraft
from services.councils.contract.need import NeedDraft
from services.councils.contract.project import ProjectDraft
from services.councils.contract.project_learning import (
    ProjectContinuationDraft,
    ProjectDeviationDraft,
)
from services.councils.contract.project_work import ProjectActivityDraft
from services.councils.contract.session_plan import SessionPlanDraft
from services.kit import clock
from services.kit.errors import Conflict, Forbidden, NotFound, Rejected, Stale, Unavailable

area = Area("takeovers")
FILTERS = ("owner_post_id", "noun", "open", "overdue", "as_of")
ALSO = ("kvar",)
SIZE = 50
BACK = frozenset({"actors.left", "people.left", "posts.show"})


class Owned(NamedTuple):
    """Where a noun's things say which post owns them."""

    service: str
    things: str
    draft: type[BaseModel]
    field: str = "owner_post_id"
    verb: str = ""  # where what has been stays whose it was, and only the rest changes hands


class OwnedThing(NamedTuple):
    """A thing that says which post owns it."""

    place: Owned
    things: Things
    thing: Found

    @property
    def owner(self) -> str | None:
        """The post that owns it."""
        found: str | None = self.thing[self.place.field]
        return found


OWNED = {
    LeftNoun.action_item: Owned("councils", "action_items", ActionItemDraft),
    LeftNoun.challenge: Owned("analysis", "challenges", ChallengeDraft),
    LeftNoun.contact: Owned("actors", "contacts", ContactDraft),
    LeftNoun.council: Owned("councils", "councils", CouncilDraft, "process_leader_post_id"),
    LeftNoun.decision: Owned("councils", "decisions", DecisionDraft),
    LeftNoun.initiative: Owned("councils", "initiatives", InitiativeDraft),
    LeftNoun.interview: Owned("councils", "interviews", InterviewDraft, "interviewer_post_id"),
    LeftNoun.joining: Owned("actors", "joinings", JoiningDraft),
    LeftNoun.leader_assignment: Owned(
        "actors", "leader_assignments", LeaderAssignmentDraft, "post_id", "hand-over"
    ),
    LeftNoun.need: Owned("councils", "needs", NeedDraft),
    LeftNoun.pledge: Owned("actors", "pledges", PledgeDraft),
    LeftNoun.project: Owned("councils", "projects", ProjectDraft, "leader_post_id"),
    LeftNoun.project_activity: Owned("councils", "project_activities", ProjectActivityDraft),
    LeftNoun.project_continuation: Owned(
        "councils", "project_continuations", ProjectContinuationDraft, "carrier_post_id"
    ),
    LeftNoun.project_deviation: Owned("councils", "project_deviations", ProjectDeviationDraft),
    LeftNoun.session_plan: Owned(
        "councils", "session_plans", SessionPlanDraft, "facilitator_post_id"
    ),
    LeftNoun.signal: Owned("analysis", "signals", SignalDraft),
    LeftNoun.step: Owned("councils", "steps", StepDraft),
    LeftNoun.takeover: Owned("actors", "takeovers", TakeoverDraft),
    LeftNoun.trend: Owned("analysis", "trends", TrendDraft),
}


@area.show("/overtaganden", "list")
async def list_takeovers(request: Request, house: Services) -> Response:
    """What nobody has taken yet, and what somebody has, narrowed by the filters."""
    shown, posts, untaken = await asyncio.gather(
        listed(request, house.actors.takeovers, FILTERS, also=ALSO),
        post_choices.posts(house, Form.asked(request), look=times_of(request)),
        _waiting(house, times_of(request)),
    )
    rows = _narrowed(request, untaken.rows if untaken else [])
    part = min(number_of(request, "kvar"), max(1, -(-len(rows) // SIZE)))
    waiting = rows[(part - 1) * SIZE : part * SIZE]
    left = ids_in(*(list(one.by.values()) for one in waiting))
    labels = await labels_then(house, [*_around(shown.rows), *left], times_of(request))
    return page(
        request, "takeovers/list.html", shown=shown, posts=posts, labels=labels, nouns=LeftNoun,
        mine=_mine(request), untaken=untaken, waiting=waiting, count=len(rows), part=part,
        size=SIZE,
    )  # fmt: skip


def _narrowed(request: Request, rows: list[Left]) -> list[Left]:
    """Only of the nouns that are asked for; the other filters are of what somebody has taken."""
    nouns = [one for one in request.query_params.getlist("noun") if one]
    return [one for one in rows if not nouns or one.loss.noun in nouns]


async def _waiting(house: House, look: Lookback) -> Untaken | None:
    """What nobody has taken is of today, or is to be taken by a day to come; not of what was."""
    if look.moment or (look.day and look.day < clock.today().isoformat()):
        return None
    return await untaken_of(house, date.fromisoformat(look.day) if look.day else clock.today())


files(area, "/overtaganden", lambda house: house.actors.takeovers, FILTERS, also=ALSO)


def _around(takeovers: list[Found]) -> list[str]:
    return ids_in(
        *([one["owner_post_id"], one["left_actor_id"], one["left_post_id"]] for one in takeovers)
    )


def _mine(request: Request) -> set[str]:
    return set(map(str, visitor_of(request).caller.post_ids))


@area.begin("/overtaganden/nytt", "new")
async def ask_who(request: Request, house: Services) -> Response:
    """Which post is to take care of it, and until when."""
    asked = {name: request.query_params.get(name) for name in TakeoverDraft.model_fields}
    given = {name: one for name, one in asked.items() if one and _is_readable(name, one)}
    form = Form.begun(request, TakeoverDraft, **given)
    form.next = request.query_params.get("next", "")
    return await _form_page(request, house, form)


def _is_readable(name: str, text: str) -> bool:
    """Whether a part of the address is what it should be: an address can be changed by hand."""
    with suppress(ValueError):
        return not name.endswith("_id") or bool(UUID(text))
    return False


@area.take("/overtaganden/nytt", "new")
async def take_over(request: Request, house: Services) -> Response:
    """The post takes it, and owns the thing itself where that is possible; in one step."""
    form = await Form.posted(request, TakeoverDraft, taken_on=clock.today())
    owned = await _owned(house, form.draft)
    if owned and form.draft and owned.owner == str(form.draft.owner_post_id):
        return _back(request, form, "Befattningen har det redan.")
    if owned and form.draft and owned.owner not in {None, str(form.draft.left_post_id)}:
        await _demand_vacant(house, form, owned)
    made = await saved(form, house.actors.takeovers.make(form.sent, once=form.once))
    if not made or not form.draft:
        return await _form_page(request, house, form, status=422)
    said = "Befattningen tar hand om det."
    if owned and await _settled(house, owned, made):
        said = "Befattningen har tagit över det."
    return _back(request, form, said)


async def move(house: House, takeover: Found) -> None:
    """The thing itself gets its new owner, where it says which post owns it."""
    owned = await _owned(house, TakeoverDraft.model_validate(_draft_of(takeover)))
    if owned and owned.owner == takeover["left_post_id"]:
        await _settled(house, owned, takeover)


def _draft_of(takeover: Found) -> Found:
    return {name: takeover[name] for name in TakeoverDraft.model_fields}


async def _settled(house: House, owned: OwnedThing, takeover: Found) -> bool:
    """Whether the thing has its new owner, so that nobody takes care of it beside them."""
    if not await _moved(owned, takeover["owner_post_id"]):
        return False
    with suppress(Conflict, Unavailable):  # the form was sent twice
        done = TakeoverDone(done_on=clock.today())
        await house.actors.takeovers.act(takeover["id"], "complete", done, once=uuid4().hex)
    return True


async def _owned(house: House, draft: TakeoverDraft | None) -> OwnedThing | None:
    """The thing itself, where it says which post owns it and it is a post that left it."""
    place = OWNED.get(draft.noun) if draft and draft.left_actor_id is None else None
    if draft is None or place is None:
        return None
    with suppress(Forbidden, NotFound, Unavailable):
        things: Things = getattr(getattr(house, place.service), place.things)
        return OwnedThing(place, things, await things.one(draft.thing_id))
    return None


async def _demand_vacant(house: House, form: Form[TakeoverDraft], owned: OwnedThing) -> None:
    """What a vacant post owns is left by it; what another post owns is nobody's to take."""
    post = (await things_by_id(house.actors.posts, ids_in([owned.owner]))).get(owned.owner or "")
    if form.draft and form.draft.left_post_id is None and post and post["vacant"]:
        form.draft = form.draft.model_copy(update={"left_post_id": UUID(post["id"])})
        return
    form.fail("thing_id", "taken")
    form.draft = None


async def _moved(owned: OwnedThing, owner: str) -> bool:
    """Whether the thing has its new owner now.

    Not where it is locked: a decision whose minutes are approved stays as it is, and the post
    takes care of it all the same.
    """
    place, thing = owned.place, owned.thing
    values = {name: thing[name] for name in place.draft.model_fields if name in thing}
    try:
        if place.verb:
            handed = {place.field: owner, "valid_from": clock.today()}
            once, version = uuid4().hex, thing["version"]
            await owned.things.act(thing["id"], place.verb, handed, once=once, version=version)
        else:
            sent = values | {place.field: owner}
            await owned.things.replace(thing["id"], sent, version=thing["version"])
    except (Conflict, Forbidden, NotFound, Rejected, Stale, Unavailable):
        return False
    return True


def _back(request: Request, form: Form[Any], said: str) -> Response:
    name, _, id_ = form.next.partition(" ")
    if name == "takeovers.list":
        return go(request, name, notice=said)
    if name in BACK and id_:
        return go(request, name, id=id_, notice=said)
    return go(request, "overview.start", notice=said)


async def _form_page(
    request: Request, house: House, form: Form[TakeoverDraft], *, status: int = 200
) -> Response:
    left = ids_in([form.value("left_actor_id"), form.value("left_post_id")])
    posts, labels = await asyncio.gather(
        post_choices.posts(house, form), house.analysis.labels(left)
    )
    return page(
        request, "takeovers/form.html", status=status, form=form, posts=posts, labels=labels,
        left=left,
    )  # fmt: skip


@area.take("/overtaganden/{id}/klart", "done")
async def done(request: Request, house: Services, id: str) -> Response:
    """It has an owner again, or needs none."""
    form = await Form.posted(request, TakeoverDone, done_on=clock.today())
    said = "Övertagandet är klart."
    try:
        await house.actors.takeovers.act(id, "complete", form.sent, once=form.once)
    except Conflict:
        said = "Övertagandet var redan klart."
    return _back(request, form, said)
