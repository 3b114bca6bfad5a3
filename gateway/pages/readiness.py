"""Readiness: an actor's will, drive and ability as assessed, and what it gains and has promised."""

import asyncio
from datetime import date
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.lookback import times_of
from gateway.pages import post_choices
from gateway.pages.saving import saved
from gateway.swedish import HARD_SPACE, counted
from gateway.whom import staff
from services.actors.contract.readiness import ReadinessDraft, ReadinessState
from services.kit import clock
from services.kit.errors import Unavailable

area = Area("readiness")
MOST = 100
TURN, TWO_YEARS = 31, 24
MARKS = [("1", "1, saknas"), ("2", "2, svag"), ("3", "3, viss"), ("4", "4, god"), ("5", "5, stark")]


class Prepared(NamedTuple):
    """What is known of an actor's readiness, and what was decided about it.

    `assessed` and `decided` are None for those who may not know.
    """

    assessed: list[Found] | None
    decided: list[Found] | None
    gains: list[Found]
    pledges: list[Found]
    active_in: list[Found]
    age: str

    @property
    def state(self) -> str:
        """What the newest assessment says."""
        return str(self.assessed[0]["state"]) if self.assessed else ReadinessState.not_assessed

    @property
    def post_ids(self) -> list[str]:
        """The posts that are named."""
        return ids_in(
            [one["assessed_by_post_id"] for one in self.assessed or ()],
            [one["confirmed_by_post_id"] for one in self.gains],
            [one["owner_post_id"] for one in self.pledges],
            [one["decided_by_post_id"] for one in self.decided or ()],
        )


async def prepared_of(request: Request, house: House, id: str, day: str | None) -> Prepared:
    """What is known of an actor on a day, and the active councils that wait for an assessment."""
    actors, reads, known = house.actors, staff(visitor_of(request)), times_of(request).known
    asked = [
        actors.gains.asked(actor_id=id, sort="-stated_on", limit=MOST, as_of=day, **known),
        actors.pledges.asked(actor_id=id, sort="due_on", limit=MOST, as_of=day, **known),
    ]
    if reads:
        asked.append(_assessments(house, id, day, **known))
        asked.append(actors.priorities.asked(actor_id=id, limit=MOST, as_of=day, **known))
    gains, pledges, *rest = [found["items"] for found in await actors.whole(*asked)]
    assessed, decided = rest if reads else (None, None)
    ready = assessed and assessed[0]["state"] == ReadinessState.ready
    now = not day and not known
    waiting = await _active_councils(house, id) if now and reads and not ready else []
    newest = assessed[0]["assessed_on"] if assessed else None
    return Prepared(assessed, decided, gains, pledges, waiting, age(newest, day) if newest else "")


def _assessments(house: House, id: str, day: str | None, **known: str) -> str:
    order = "-assessed_on,-created_at"
    return house.actors.readiness.asked(actor_id=id, sort=order, limit=MOST, as_of=day, **known)


async def _active_councils(house: House, id: str) -> list[Found]:
    """The active councils where an actor sits; none where councils does not answer."""
    councils, today = house.councils, clock.today().isoformat()
    try:
        seats = await councils.seats.whole(actor_id=id, as_of=today)
        ids = ids_in([seat["council_id"] for seat in seats])
        if not ids:
            return []
        return await councils.councils.whole(id=ids, phase="active")
    except Unavailable:
        return []


def age(assessed_on: str, day: str | None = None) -> str:
    """How old an assessment is, in the unit that people would use."""
    then = date.fromisoformat(assessed_on)
    now = date.fromisoformat(day) if day else clock.today()
    days = (now - then).days
    months = (now.year - then.year) * 12 + now.month - then.month - (now.day < then.day)
    if days < TURN:
        return counted(days, "dag", "dagar") if days else "i dag"
    if months < TWO_YEARS:
        return counted(max(months, 1), "månad", "månader")
    return f"{months // 12}{HARD_SPACE}år"


@area.begin("/aktorer/{id}/forutsattningar/ny", "assess")
async def ask_assessment(request: Request, house: Services, id: str) -> Response:
    """An empty form: whoever looks again does not begin from the old marks."""
    form = Form.begun(request, ReadinessDraft, assessed_on=clock.today())
    return await _form_page(request, house, id, form)


@area.take("/aktorer/{id}/forutsattningar/ny", "assess")
async def assess(request: Request, house: Services, id: str) -> Response:
    """The newest assessment counts; those before it stay."""
    form = await Form.posted(request, ReadinessDraft, actor_id=id)
    if await saved(form, house.actors.readiness.make(form.sent, once=form.once)):
        return go(request, "actors.show", id=id, notice="Bedömningen är sparad.")
    return await _form_page(request, house, id, form, status=422)


@area.show("/forutsattningar/{id}/andra", "edit")
async def edit_assessment(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    one = await house.actors.readiness.one(id)
    form = Form.showing(ReadinessDraft, one)
    return await _form_page(request, house, one["actor_id"], form, assessment=one)


@area.take("/forutsattningar/{id}/andra", "edit")
async def revise_assessment(request: Request, house: Services, id: str) -> Response:
    """What was written wrong is corrected."""
    one = await house.actors.readiness.one(id)
    form = await Form.posted(request, ReadinessDraft, kept=one)
    sending = house.actors.readiness.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "actors.show", id=one["actor_id"], notice="Ändringen är sparad.")
    return await _form_page(request, house, one["actor_id"], form, status=422, assessment=one)


async def _form_page(
    request: Request,
    house: House,
    actor_id: str,
    form: Form[Any],
    *,
    status: int = 200,
    assessment: Found | None = None,
) -> Response:
    actors = house.actors
    if status == 200 and assessment is None:  # noqa: PLR2004
        form.values["assessed_by_post_id"] = sorted(map(str, visitor_of(request).caller.post_ids))[
            :1
        ]
    (actor, before), posts = await asyncio.gather(
        actors.whole(actors.actors.at(actor_id), _assessments(house, actor_id, None)),
        post_choices.posts(house, form),
    )
    if actor["merged_into_id"]:
        actor = await actors.actors.one(actor_id)  # that which it lives on in
    return page(
        request, "actors/assess.html", status=status, form=form, actor=actor, posts=posts,
        marks=MARKS, assessment=assessment, last=next(iter(before["items"]), None),
    )  # fmt: skip
