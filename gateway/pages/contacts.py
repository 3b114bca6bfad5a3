"""Contacts: what was said between actors, logged in one page, found again, and what follows."""

import asyncio
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.lookback import Lookback, times_of
from gateway.pages import actor_choices, post_choices
from gateway.pages.holdings import names, things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.posted import fields_of
from services.actors.contract import contact as codes
from services.actors.contract.contact import ContactChannel, ContactDone, ContactDraft
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

area = Area("contacts")
FILTERS = (
    "actor_id", "channel", "topic", "held_from", "held_until", "open", "our_post_id",
    "crosses_actor", "crosses_level", "owned", "owner_post_id", "due_until", "as_of",
)  # fmt: skip
NEWEST = 5
COACHED = {"channel": ContactChannel.coaching, "limit": 1, "count": "true"}
# A step begun in the form is ours to take; without one its owner means nothing.
NO_STEP = {"owner_post_id": None}


class Dialog(NamedTuple):
    """An actor's newest contacts, what the actors in them are called, and how often coached."""

    rows: list[Found]
    actors: dict[str, str]
    coached: int = 0


@area.show("/kontakter", "list")
async def list_contacts(request: Request, house: Services) -> Response:
    """All contacts, the newest first, narrowed by the filters."""
    look = times_of(request)
    shown, actors, posts = await asyncio.gather(
        listed(request, house.actors.contacts, FILTERS),
        actor_choices.actors(house, Form.asked(request)),
        post_choices.posts(house, Form.asked(request), look=look),
    )
    owners = await things_by_id(
        house.actors.posts, ids_in([one["owner_post_id"] for one in shown.rows])
    )
    return page(
        request, "contacts/list.html", shown=shown, actors=actors, posts=posts,
        called=await called_in(house, shown.rows),
        owners=await post_choices.called(house, owners.values()), codes=codes,
        today=look.on.isoformat(),
    )  # fmt: skip


async def called_in(house: House, contacts: list[Found]) -> dict[str, str]:
    """What the actors of some contacts are called."""
    sides = ids_in(*([one["actor_id"], one["our_actor_id"]] for one in contacts))
    return names(await things_by_id(house.actors.actors, sides))


files(area, "/kontakter", lambda house: house.actors.contacts, FILTERS)


async def dialog_of(house: House, actor_id: str, look: Lookback) -> Dialog:
    """The newest contacts of an actor that the visitor may know of, up to a day."""
    contacts = house.actors.contacts
    newest, coached = await house.actors.batch(
        contacts.asked(actor_id=actor_id, limit=NEWEST, **look.times),
        contacts.asked(with_actor_id=actor_id, **COACHED, **look.times),
    )
    return Dialog(newest["items"], await called_in(house, newest["items"]), coached["count"])


async def coached_in(house: House, actor_ids: list[str]) -> int:
    """How many coachings of any of some actors the visitor may know of."""
    if not actor_ids:
        return 0
    try:
        found = await house.actors.contacts.list(with_actor_id=actor_ids, **COACHED)
    except (Forbidden, Unavailable):
        return 0
    return found.count or 0


@area.begin("/kontakter/ny", "new")
async def new_contact(request: Request, house: Services) -> Response:
    """A form for today, from one's own post, perhaps begun from an actor or a relation."""
    asked = request.query_params
    mine = await _own_post(request, house)
    ours = asked.get("our_actor_id") or (mine and mine["actor_id"])
    form = Form.begun(
        request, ContactDraft, held_on=clock.today(), actor_id=asked.get("actor_id"),
        our_actor_id=ours,
        our_post_id=mine["id"] if mine and mine["actor_id"] == ours else None,
        owner_post_id=mine and mine["id"],
    )  # fmt: skip
    return await _form_page(request, house, form)


async def _own_post(request: Request, house: House) -> Found | None:
    """A post that the visitor holds: contacts are mostly logged by who had them."""
    ids = [str(post) for post in visitor_of(request).caller.post_ids]
    return next(iter((await things_by_id(house.actors.posts, ids)).values()), None)


@area.take("/kontakter/ny", "new")
async def log_contact(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, ContactDraft, **await _without_step(request))
    made = await saved(form, house.actors.contacts.make(form.sent, once=form.once))
    if made:
        return go(request, "contacts.show", id=made["id"], notice="Kontakten är sparad.")
    return await _form_page(request, house, form, status=422)


async def _without_step(request: Request) -> dict[str, Any]:
    written = (await fields_of(request)).get("next_step", [""])[-1].strip()
    return {} if written else NO_STEP


async def _form_page(
    request: Request,
    house: House,
    form: Form[ContactDraft],
    *,
    status: int = 200,
    contact: Found | None = None,
) -> Response:
    if not form.value("our_actor_id"):
        ours = visitor_of(request).association
        form.values["our_actor_id"] = await actor_choices.called(house, ours)
    actors, posts = await asyncio.gather(
        actor_choices.actors(house, form), post_choices.posts(house, form)
    )
    return page(
        request, "contacts/form.html", status=status, form=form, contact=contact, actors=actors,
        posts=posts,
    )  # fmt: skip


@area.show("/kontakter/{id}", "show")
async def show_contact(request: Request, house: Services, id: str) -> Response:
    """One contact: who talked, what was said and answered, and the next step."""
    return await _show(request, house, id, Form.empty(ContactDone))


async def _show(
    request: Request, house: House, id: str, form: Form[ContactDone], *, status: int = 200
) -> Response:
    look = times_of(request)
    contact = await house.actors.contacts.one(id, **look.times)
    wanted = ids_in([contact[name] for name in ("post_id", "our_post_id", "owner_post_id")])
    called, posts = await asyncio.gather(
        called_in(house, [contact]), things_by_id(house.actors.posts, wanted, look.times)
    )
    return page(
        request, "contacts/show.html", status=status, contact=contact, called=called, posts=posts,
        form=form, today=look.day or clock.today().isoformat(),
    )  # fmt: skip


@area.show("/kontakter/{id}/andra", "edit")
async def edit_contact(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    contact = await house.actors.contacts.one(id)
    form = Form.showing(ContactDraft, contact)
    return await _form_page(request, house, form, contact=contact)


@area.take("/kontakter/{id}/andra", "edit")
async def revise_contact(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the contact meanwhile."""
    contact = await house.actors.contacts.one(id)
    form = await Form.posted(request, ContactDraft, kept=contact, **await _without_step(request))
    sending = house.actors.contacts.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "contacts.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, contact=contact)


@area.take("/kontakter/{id}/klar", "done")
async def step_done(request: Request, house: Services, id: str) -> Response:
    """The next step was taken today; back to where the button stood, which can undo it."""
    form = await Form.posted(request, ContactDone, done_on=clock.today())
    if await saved(form, house.actors.contacts.act(id, "complete", form.sent)):
        said, undo = "Nästa steg är taget.", f"/kontakter/{id}/oppna"
        if form.next == "start":
            return go(request, "overview.start", notice=said, undo=undo)
        return go(request, "contacts.show", id=id, notice=said, undo=undo)
    return await _show(request, house, id, form, status=422)


@area.take("/kontakter/{id}/oppna", "reopen")
async def step_not_done(request: Request, house: Services, id: str) -> Response:
    """It was not taken after all."""
    form = await Form.posted(request, ContactDone)
    if await saved(form, house.actors.contacts.act(id, "reopen")):
        return go(request, "contacts.show", id=id, notice="Nästa steg väntar igen.")
    return await _show(request, house, id, form, status=422)


asks_first(
    area,
    "/kontakter/{id}/ta-bort",
    "remove",
    lambda house: house.actors.contacts,
    ContactDraft,
    what="kontakten",
    told=("actor_id", "held_on"),
    back="contacts.edit",
)


@area.take("/kontakter/{id}/ta-bort", "remove")
async def remove_contact(request: Request, house: Services, id: str) -> Response:
    """It never was: it was written by mistake."""
    form = await Form.posted(request, ContactDraft)
    removing = house.actors.contacts.remove(id, version=form.version)
    away, said = await taken_away(removing, "Kontakten")
    if away:
        return go(request, "contacts.list", notice=said)
    return go(request, "contacts.show", id=id, notice=said)
