"""Agreed: who comes after somebody who leaves, and who takes what; as fields of the confirmation.

A field is named by the post or the thing that it is about, so that the page needs no hidden rows:
what hangs on the posts is read again when the departure is stored.
"""

import asyncio
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel

from gateway import swedish
from gateway.clients.house import House
from gateway.clients.service import Found, ids_among, ids_in
from gateway.forms import Form
from gateway.pages import person_choices, post_choices
from gateway.pages.aftermath import Key
from gateway.pages.losses import Loss
from gateway.pages.takeovers import move
from gateway.seeking import Choices
from services.actors.contract.departure import DepartureTakeover, PersonDeparture, Succession

SOUGHT = "taker_post_id"  # one text narrows the posts of all fields


class Left(NamedTuple):
    """One post that is nobody's then, and what hangs on it; the post itself first."""

    post: Found
    things: list[Loss]

    @property
    def successor(self) -> str:
        """The field of who comes after."""
        return f"successor-{self.post['id']}"

    @property
    def all(self) -> str:
        """The field of the post that takes all that nobody else does."""
        return f"all-{self.post['id']}-post_id"


class Agreed(NamedTuple):
    """What was filled in, and which field on the page each part of the draft comes from."""

    successors: list[Succession]
    takeovers: list[DepartureTakeover]
    fields: dict[str, str]


class Takers(NamedTuple):
    """Who may come after, which posts may take something, and what is taken care of already."""

    people: Choices
    posts: Choices
    taken: Mapping[Key, Found]
    labels: Mapping[str, Found]


def taker(thing: Loss) -> str:
    """The field of the post that takes one thing."""
    return f"taker-{thing.noun}-{thing.thing_id}-post_id"


def called(noun: str, text: str) -> str:
    """A thing by what it is and its text, which may say that already: Intervju med …."""
    kind = swedish.label(noun, "LeftNoun").capitalize()
    return text if text.startswith(kind) else f"{kind}: {text}"


def agreed_in(form: Form[Any], left: Iterable[Left], taken: Container[Key]) -> Agreed:
    """What the fields say of what nobody has taken. Nonsense is told at its field, and left out."""
    successors: dict[str, Succession] = {}
    takes: dict[str, DepartureTakeover] = {}
    owners: list[str] = []
    for one in left:
        person = _id_in(form, one.successor)
        if person:
            successors[one.successor] = Succession(post_id=one.post["id"], person_id=person)
        for field, thing in _each(one, taken, named=bool(person)):
            own = _id_in(form, field)
            owner = own or (None if person else _id_in(form, one.all))
            if owner:
                takes[field] = _takeover(one, thing, owner)
                owners.append(field if own else one.all)
    rows = (
        ("successors.{}.", successors), ("takeovers.{}.owner_post_id", owners),
        ("takeovers.{}.", takes),
    )  # fmt: skip
    fields = {row.format(at): field for row, found in rows for at, field in enumerate(found)}
    return Agreed([*successors.values()], [*takes.values()], fields)


def _each(one: Left, taken: Container[Key], *, named: bool) -> Iterator[tuple[str, Loss]]:
    """The things by their fields; who comes after needs nobody to see the post filled."""
    for thing in one.things:
        filled = named and thing.key == ("post", one.post["id"])
        if not filled and thing.key not in taken:
            yield taker(thing), thing


def _takeover(one: Left, thing: Loss, owner: UUID) -> DepartureTakeover:
    return DepartureTakeover(
        left_post_id=one.post["id"], noun=thing.noun, thing_id=thing.thing_id,
        what=" ".join(thing.text.split())[:200], owner_post_id=owner,
    )  # fmt: skip


def _id_in(form: Form[Any], field: str) -> UUID | None:
    text = form.value(field)
    if text and not ids_among([text]):
        form.fail(field, "unknown_reference")
    return UUID(text) if text and field not in form.wrong else None


def put_at_fields(form: Form[Any], fields: Mapping[str, str]) -> None:
    """What the service says of a part of the draft stands at the field that it came from."""
    for place, field in fields.items():
        for name in [one for one in form.wrong if one.startswith(place)]:
            form.wrong[field] = form.wrong.pop(name)


async def takers_of(
    house: House, form: Form[PersonDeparture], person: str, left: list[str]
) -> Takers:
    """All but who leaves, and the posts that they leave."""
    people, posts, taken = await asyncio.gather(
        person_choices.people(house, form),
        post_choices.posts(house, form),
        taken_from(house, left),
    )
    for one in form.chosen("post_ids"):
        posts = posts.but(one)
    labels = await house.analysis.labels(ids_in([one["owner_post_id"] for one in taken.values()]))
    return Takers(people.but(person), posts, taken, labels)


async def taken_from(house: House, post_ids: list[str]) -> dict[Key, Found]:
    """What somebody takes care of already of what these posts left, perhaps long ago."""
    if not post_ids:
        return {}
    found = await house.actors.takeovers.whole(left_post_id=post_ids, open="true")
    return {(one["noun"], one["thing_id"]): one for one in found}


async def hand_over(house: House, takeovers: Iterable[Found]) -> None:
    """Things that say which post owns them are their taker's now, where that may be written.

    Each is taken care of already: where this fails halfway nothing is nobody's.
    """
    await asyncio.gather(*(move(house, one) for one in takeovers))


def with_agreed(draft: BaseModel, agreed: Agreed) -> Any:
    """The departure with all that is agreed about it."""
    told = {"successors": agreed.successors, "takeovers": agreed.takeovers}
    return draft.model_copy(update=told)
