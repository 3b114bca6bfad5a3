"""Withdrawals: what an actor leaves without an owner is shown before it leaves, and after."""

import asyncio
from datetime import date
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import Lookback, times_of
from gateway.pages.aftermath import Aftermath, aftermath_of
from gateway.pages.leaving import Leaving, leaving_of
from gateway.pages.losses import Loss
from gateway.pages.saving import saved
from services.actors.contract.actor import GONE, ActorStatus
from services.actors.contract.departure import ActorWithdrawal, LeftStatus
from services.kit import clock

area = Area("actors")
MOST_STANDINGS = 20


@area.show("/aktorer/{id}/lamna", "withdraw")
async def ask_withdrawal(request: Request, house: Services, id: str) -> Response:
    """A form for the day and the reason, and what hangs on the actor."""
    actor = await house.actors.actors.one(id)
    form = Form.empty(ActorWithdrawal, withdrawn_on=clock.today())
    return await _withdraw_page(request, house, actor, form)


@area.take("/aktorer/{id}/lamna", "withdraw")
async def withdraw(request: Request, house: Services, id: str) -> Response:
    """First all that is left without an owner; then, confirmed, the actor leaves."""
    actor = await house.actors.actors.one(id)
    form = await Form.posted(request, ActorWithdrawal)
    step = (form.chosen("step") or ["look"])[-1]
    if form.draft and step == "do":
        sending = house.actors.actors.act(id, "withdraw", form.draft, once=form.once)
        if await saved(form, sending):
            return go(request, "actors.left", id=id, notice=_said(actor, form.draft.withdrawn_on))
    if form.draft and step == "look":
        await _check(house, id, form, form.draft)
        if not form.wrong:
            return await _withdraw_page(request, house, actor, form, confirm=True)
    status = 422 if form.wrong else 200
    return await _withdraw_page(request, house, actor, form, status=status)


def _said(actor: Found, day: date) -> str:
    verb = "lämnar" if day > clock.today() else "har lämnat"
    return f"{actor['name']} {verb} samverkan. Relationerna är märkta att byggas upp igen."


async def _check(house: House, id: str, form: Form[Any], leaving: ActorWithdrawal) -> None:
    """What the service would refuse is said before the question, not after the answer."""
    actors, day = house.actors, leaving.withdrawn_on
    then, standings = await actors.batch(
        actors.actors.at(id, as_of=day),
        actors.standings.asked(actor_id=id, sort="-valid_from", limit=MOST_STANDINGS),
    )
    over = (ActorStatus.closed,) if leaving.status == LeftStatus.closed else GONE
    begins = [span["valid_from"] for one in standings["items"] for span in one["counting_periods"]]
    if then["status"] in over:
        form.fail("withdrawn_on", "left_already")
    elif day.isoformat() in begins:
        form.fail("withdrawn_on", "same_day")
    elif any(one > day.isoformat() for one in begins):
        form.fail("withdrawn_on", "later_standing")


async def _withdraw_page(
    request: Request,
    house: House,
    actor: Found,
    form: Form[ActorWithdrawal],
    *,
    status: int = 200,
    confirm: bool = False,
) -> Response:
    day = form.draft.withdrawn_on if form.draft else clock.today()
    template = "actors/confirm_withdrawal.html" if confirm else "actors/withdraw.html"
    return page(
        request, template, status=status, form=form, actor=actor,
        leaving=await leaving_of(house, actor["id"], day), again="edit" in form.chosen("step"),
    )  # fmt: skip


class Left(NamedTuple):
    """What an actor left when it was gone, if it was, and whether it is back or will be."""

    actor: Found
    gone: Found | None = None
    returned: Found | None = None
    coming: Found | None = None
    leaving: Leaving | None = None
    aftermath: Aftermath | None = None

    @property
    def taken(self) -> list[Loss]:
        """What hangs on the actor itself though others take care of it."""
        if self.aftermath is None:
            return []
        left, theirs = self.aftermath.left, self.aftermath.taken | self.aftermath.idle
        return [left[key] for key in theirs if key[0] != "relation"]


@area.show("/aktorer/{id}/lamnat", "left")
async def after_withdrawal(request: Request, house: Services, id: str) -> Response:
    """What the actor left, who takes care of it and what is settled; also when it is back."""
    look = times_of(request)
    left = await left_by(house, id, look)
    today = look.day or clock.today().isoformat()
    return page(request, "actors/left.html", today=today, taken=left.taken, **left._asdict())


async def left_by(house: House, id: str, look: Lookback) -> Left:
    """What an actor left, as far as it is told of a day."""
    actors = house.actors
    today = date.fromisoformat(look.day) if look.day else clock.today()
    actor, standings = await actors.batch(
        actors.actors.at(id, **look.known),
        actors.standings.asked(actor_id=id, sort="-valid_from", limit=MOST_STANDINGS, **look.known),
    )
    gone, after = _parting(_begun(standings["items"], look))
    if not gone:
        return Left(actor)
    # Who comes back another day is away until then.
    returned = after if after and after["valid_from"] <= today.isoformat() else None
    then = date.fromisoformat(gone["valid_from"])
    leaving, before = await asyncio.gather(
        leaving_of(house, id, max(today, then), worn=True, known_at=look.moment),
        leaving_of(house, id, then, worn=None, known_at=gone["created_at"]),
    )
    kept = {loss.key for loss in leaving.all}
    was = [loss for loss in before.all if not returned or loss.key not in kept]
    posts = ids_in([post["id"] for post in leaving.posts])
    aftermath = await aftermath_of(house, leaving.all, was, actor=id, posts=posts, look=look)
    if returned:
        # It has what nobody took; what waits are its relations, and what others still have.
        waits = {loss.key for loss in leaving.relations}
        waits |= aftermath.taken.keys() | aftermath.idle.keys()
        still = {key: loss for key, loss in aftermath.left.items() if key in waits}
        aftermath = aftermath._replace(left=still)
    return Left(actor, gone, returned, None if returned else after, leaving, aftermath)


def _begun(standings: list[Found], look: Lookback) -> list[Found]:
    """Today also those to come; on a day that is looked back to only those that had begun."""
    counting = [one for one in standings if one["counting_periods"]]
    return [one for one in counting if look.day is None or one["valid_from"] <= look.day]


def _parting(standings: list[Found]) -> tuple[Found | None, Found | None]:
    """The last withdrawal, if any, and its standing from when it comes back."""
    for at, standing in enumerate(standings):
        if standing["status"] in GONE:
            return standing, standings[at - 1] if at else None
    return None, None
