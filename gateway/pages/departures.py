"""Departures: what follows when a person leaves, shown before it is done, and what is left."""

import asyncio
from datetime import date
from typing import Any

from fastapi import Request, Response

from gateway import swedish
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import Lookback, times_of
from gateway.pages.aftermath import aftermath_of
from gateway.pages.agreed import (
    SOUGHT,
    agreed_in,
    called,
    hand_over,
    put_at_fields,
    taken_from,
    taker,
    takers_of,
    with_agreed,
)
from gateway.pages.agreed_before import agreed_before
from gateway.pages.choices import name_in
from gateway.pages.holdings import MOST, names, posts_held, things_by_id
from gateway.pages.losses import Loss, losses_from
from gateway.pages.parting import Following, Leaving
from gateway.pages.saving import saved
from services.actors.contract.departure import PersonDeparture
from services.actors.contract.relation import RelationState
from services.kit import clock

area = Area("people")
TODAY = Lookback()


@area.show("/personer/{id}/slutar", "depart")
async def ask_departure(request: Request, house: Services, id: str) -> Response:
    """What hangs on the person's posts, and a form for the day."""
    person, held = await _held_from(house, id, clock.today())
    form = Form.empty(
        PersonDeparture, left_on=clock.today(), post_ids=[one.post["id"] for one in held]
    )
    return await _depart_page(request, house, person, held, form)


@area.take("/personer/{id}/slutar", "depart")
async def depart(request: Request, house: Services, id: str) -> Response:
    """First everything that follows from what was filled in; then, confirmed, it is done."""
    form = await Form.posted(request, PersonDeparture)
    today = clock.today()
    since = min(today, form.draft.left_on) if form.draft else today
    person, held = await _held_from(house, id, since)
    if form.draft and not form.draft.post_ids:
        form.fail("post_ids", "too_short", limit=1)
        form.draft = None
    step = (form.chosen("step") or ["edit"])[-1]
    chosen = [one for one in held if form.draft and one.concerned(form.draft)]
    if form.draft and step == "do":
        if await _done(house, id, chosen, form):
            return go(request, "people.left", id=id, notice="Avgången är sparad.")
        if form.sent_before and await _left_so(house, id, form.draft):
            return await _again(request, house, person, form)
    if form.draft and not chosen and step != "edit":
        form.fail("left_on", "no_posts")
    elif form.draft and step != "edit":
        return await _confirm_page(request, house, person, held, form)
    status = 422 if form.wrong else 200
    return await _depart_page(request, house, person, held, form, status=status)


async def _done(house: House, id: str, leaving: list[Leaving], form: Form[PersonDeparture]) -> bool:
    """The departure with all that is agreed is stored; then what was taken changes hands.

    What is left on a day to come is still the leaver's until then. Of a form that was sent before
    less may hang on the posts by now: it is done where they were left as it says.
    """
    draft = form.draft
    if draft is None:
        return False
    day = draft.left_on.isoformat()
    following, taken = await asyncio.gather(
        _following(house, leaving, day),
        taken_from(house, [one.post["id"] for one in leaving]),
    )
    agreed = agreed_in(form, following.left_on(day), taken)
    if form.wrong:
        return False
    form.draft = with_agreed(draft, agreed)
    sending = house.actors.people.act(id, "depart", form.draft, once=form.once)
    told = await saved(form, sending)
    if told and draft.left_on <= clock.today():
        await hand_over(house, told["takeovers"])
    put_at_fields(form, agreed.fields)
    form.draft = draft
    return bool(told)


async def _again(
    request: Request, house: House, person: Found, form: Form[PersonDeparture]
) -> Response:
    """It is done as it was the first time; other words about who takes what change nothing."""
    before = await agreed_before(house, form.draft or PersonDeparture.model_validate(form.said))
    if before.says(form):
        return go(request, "people.left", id=person["id"], notice="Avgången är sparad.")
    return page(
        request, "people/agreed_before.html", status=422, person=person, before=before,
        called=called, name=name_in,
    )  # fmt: skip


async def _left_so(house: House, id: str, left: PersonDeparture) -> bool:
    """Whether the person left each of these posts that very day, with these words."""
    held = await house.actors.holdings.whole(person_id=id)
    so = {
        one["post_id"]
        for one in held
        if one["valid_to"] == left.left_on.isoformat() and left.handover in {None, one["handover"]}
    }
    return so >= {str(post_id) for post_id in left.post_ids}


async def _confirm_page(
    request: Request,
    house: House,
    person: Found,
    held: list[Leaving],
    form: Form[PersonDeparture],
) -> Response:
    """What follows, and who comes after and takes what."""
    left = form.draft or PersonDeparture.model_validate(form.said)
    leaving = [one for one in held if one.concerned(left)]
    stay = [one for one in held if one.stays(left)]
    takers = await takers_of(house, form, person["id"], [one.post["id"] for one in leaving])
    return await _depart_page(
        request, house, person, leaving, form, confirm=True, stay=stay, takers=takers,
        taker=taker, called=called, sought=SOUGHT, status=422 if form.wrong else 200,
    )  # fmt: skip


async def _held_from(house: House, id: str, day: date) -> tuple[Found, list[Leaving]]:
    """A person, and what they hold or will hold from a day on."""
    actors = house.actors
    person, held = await actors.whole(
        actors.people.at(id),
        actors.holdings.asked(person_id=id, sort="valid_from", limit=MOST),
    )
    living = [
        one for one in held["items"] if one["valid_to"] is None or one["valid_to"] > day.isoformat()
    ]
    return person, await _leaving(house, living)


def _by(holdings: list[Found], day: str, look: Lookback) -> list[Found]:
    """Today all; on a day that is looked back to those that had begun, or ended, by then."""
    return [one for one in holdings if look.day is None or one[day] <= look.day]


async def _leaving(house: House, holdings: list[Found], look: Lookback = TODAY) -> list[Leaving]:
    posts, owners = await posts_held(house.actors, holdings)
    others = _by(await _holdings_of(house, list(posts), look), "valid_from", look)
    owned_by = names(owners)
    return [
        Leaving(
            posts[one["post_id"]],
            owned_by.get(posts[one["post_id"]]["actor_id"], "Okänd aktör"),
            one,
            [
                other
                for other in others
                if other["post_id"] == one["post_id"] and other["person_id"] != one["person_id"]
            ],
        )
        for one in holdings
        if one["post_id"] in posts
    ]


async def _holdings_of(house: House, post_ids: list[str], look: Lookback) -> list[Found]:
    if not post_ids:
        return []
    things = house.actors.holdings
    return await things.whole(sort="-valid_from", post_id=post_ids, **look.known)


async def _depart_page(
    request: Request,
    house: House,
    person: Found,
    held: list[Leaving],
    form: Form[PersonDeparture],
    *,
    status: int = 200,
    confirm: bool = False,
    **shown: Any,
) -> Response:
    day = form.draft.left_on if form.draft else clock.today()
    template = "people/confirm_departure.html" if confirm else "people/depart.html"
    return page(
        request, template, status=status, form=form, person=person,
        following=await _following(house, held, day), again="edit" in form.chosen("step"),
        left_on=day.isoformat(), **shown,
    )  # fmt: skip


async def _following(
    house: House,
    leaving: list[Leaving],
    day: date | str,
    *,
    worn: bool | None = False,
    known_at: str | None = None,
) -> Following:
    """What hangs on the posts, perhaps as it was known at a moment, and the actors' relations.

    Of these those that wear by it, those `worn` already, or (None) all of them.
    """
    days = {one.post["id"]: one.bare_from(str(day)) for one in leaving}
    actors = ids_in([one.post["actor_id"] for one in leaving if one.turns])
    losses, relations = await asyncio.gather(
        losses_from(house, days, known_at),
        _relations(house, actors, as_of=day, known_at=known_at),
    )
    chosen = [
        one for one in relations if worn is None or (one["state"] == RelationState.rebuild) == worn
    ]
    return Following(leaving, losses, await _between(house, chosen))


async def _relations(house: House, actors: list[str], **times: object) -> list[Found]:
    """The living relations of the posts' actors."""
    if not actors:
        return []
    return await house.actors.relations.whole(sort="valid_from", actor_id=actors, **times)


async def _between(house: House, relations: list[Found]) -> list[Loss]:
    """Relations by the names of both sides."""
    sides = ("actor_id", "other_actor_id")
    ids = ids_in(*([one[side] for one in relations] for side in sides))
    sided = names(await things_by_id(house.actors.actors, ids))
    return [
        Loss(
            " – ".join(sided.get(one[side], "Okänd aktör") for side in sides),
            "actors.show", one["other_actor_id"], "relation", one["id"],
            swedish.label(one["kind"], "RelationKind"), one["example"],
        )
        for one in relations
    ]  # fmt: skip


@area.show("/personer/{id}/slutat", "left")
async def after_departure(request: Request, house: Services, id: str) -> Response:
    """What the person has left without anybody after them, who takes care of it, what is settled.

    It is about the last departure, and about every older one whose post is vacant still.
    """
    actors, look = house.actors, times_of(request)
    today = look.day or clock.today().isoformat()
    person, held = await actors.whole(
        actors.people.at(id, **look.known),
        actors.holdings.asked(person_id=id, sort="valid_from", limit=MOST, **look.known),
    )
    last = {one["post_id"]: one for one in _by(held["items"], "valid_from", look)}
    gone = [one for one in last.values() if one["valid_to"]]
    left = await _leaving(house, _by(gone, "valid_to", look), look)
    end = max((one.holding["valid_to"] for one in left), default=today)
    parted = [one for one in left if one.is_vacant(today) or one.holding["valid_to"] == end]
    vacant = [one for one in parted if one.is_vacant(today)]
    moment = max((one.holding["updated_at"] for one in parted), default=None)
    now, then, unbegun = await asyncio.gather(
        _following(house, parted, max(today, end), worn=True, known_at=look.moment),
        _following(house, parted, end, worn=None, known_at=moment),
        _taken_away(house, held["items"], end),
    )
    hanging = now._replace(leaving=vacant, losses=now.losses.only(one.post["id"] for one in vacant))
    aftermath = await aftermath_of(
        house, hanging.all, then.all, posts=[one.post["id"] for one in parted], look=look
    )
    return page(
        request, "people/left.html", person=person, following=hanging, today=today,
        aftermath=aftermath, parted=parted, unbegun=unbegun,
    )  # fmt: skip


async def _taken_away(house: House, held: list[Found], end: str) -> list[Leaving]:
    """What the person was to hold after the last day, as was known before, and holds no more."""
    moment = min((one["updated_at"] for one in held if one["valid_to"] == end), default=None)
    if moment is None:
        return []
    kept = {one["id"] for one in held}
    known = await house.actors.holdings.whole(person_id=held[0]["person_id"], known_at=moment)
    gone = [one for one in known if one["id"] not in kept and one["valid_from"] >= end]
    return await _leaving(house, gone)
