"""Hand-overs: all that the next holder of a post needs to know, on paper as well."""

import asyncio
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import page, visitor_of
from gateway.lookback import Lookback, times_of
from gateway.pages.carried_issues import carried_of
from gateway.pages.contacts import Dialog, called_in
from gateway.pages.holdings import MOST, names, things_by_id
from gateway.pages.losses import Losses, lasting, losses_of
from gateway.pages.mandate_parties import parties_of
from gateway.whom import staff
from services.actors.contract.post import HoldingCover
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

area = Area("posts")
NEWEST = 10


class Document(NamedTuple):
    """Something written: what it is called, its address if any, and what it belongs to."""

    text: str
    url: str
    note: str


@area.show("/befattningar/{id}/overlamning", "handover")
async def hand_over(request: Request, house: Services, id: str) -> Response:
    """Who leaves, what is left open, whom the post talks with, and what is written."""
    actors, look = house.actors, times_of(request)
    today = look.day or clock.today().isoformat()
    post = await actors.posts.one(id, **look.times)
    held, relations, mandates, leads, issues = await actors.whole(
        actors.holdings.asked(post_id=id, sort="valid_from", limit=MOST, **look.known),
        actors.relations.asked(
            actor_id=post["actor_id"], sort="valid_from", limit=MOST, as_of=today, **look.known
        ),
        actors.mandates.asked(post_id=id, limit=MOST, **look.times),
        actors.leader_assignments.asked(post_id=id, as_of=today, limit=MOST, **look.known),
        actors.carried_issues.asked(ambassador_post_id=id, limit=MOST, **look.times),
    )
    sides = [[one["actor_id"], one["other_actor_id"]] for one in relations["items"]]
    around, people, losses, parties, dialog, decided = await asyncio.gather(
        things_by_id(
            actors.actors,
            ids_in([post["actor_id"]], [one["actor_id"] for one in leads["items"]], *sides),
        ),
        things_by_id(actors.people, ids_in([one["person_id"] for one in held["items"]])),
        losses_then(house, id, look),
        parties_of(house, lasting(mandates["items"], today), look),
        _dialog(house, id, look),
        _decided(house, id, look),
    )
    leaver, covers, coming = _hands(held["items"], today)
    actor = around[post["actor_id"]]
    return page(
        request, "posts/handover.html", post=post, actor=actor,
        family=[actor["id"], *actor["merged_ids"]],
        called=names(around), leads=leads["items"],
        labels={key: {"label": one["name"]} for key, one in around.items()},
        people=names(people), leaver=leaver, covers=covers, coming=coming,
        notes=_notes(request, held["items"], look.day),
        losses=losses, relations=relations["items"], mandates=parties, dialog=dialog,
        carried=await carried_of(house, issues["items"], look),
        today=today, documents=[*_of_mandates(parties.rows), *decided],
    )  # fmt: skip


async def losses_then(house: House, post_id: str, look: Lookback) -> Losses:
    """What hangs on a post on the day that a page is about, without mandates.

    Of most things nobody knows since when they are its: of a day that has been nothing is told.
    """
    if look.behind:
        return Losses({}, past=True)
    day = look.day or clock.today()
    return await losses_of(house, [post_id], day, mandates=False, known_at=look.moment)


def _notes(request: Request, held: list[Found], day: str | None) -> list[Found] | None:
    """What those who left wrote, by a day the latest first; None for whom it is not."""
    if not staff(visitor_of(request)):
        return None
    told = [one for one in reversed(held) if one["handover"]]
    return [one for one in told if day is None or (one["valid_to"] or day) <= day]


def _hands(held: list[Found], today: str) -> tuple[Found | None, list[Found], Found | None]:
    """Who has or had the post last, its own holders first; who covers it or will; who comes."""
    begun = [one for one in held if one["valid_from"] <= today]
    leaver = next(iter(_own(begun)[::-1] or begun[::-1]), None)
    ahead = [one for one in held if one["valid_to"] is None or one["valid_to"] > today]
    covers = [one for one in ahead if one["cover"] == HoldingCover.substitute and one != leaver]
    return leaver, covers, next(iter(_own([one for one in ahead if one not in begun])), None)


def _own(held: list[Found]) -> list[Found]:
    """The ordinary holdings."""
    return [one for one in held if one["cover"] == HoldingCover.ordinary]


async def _dialog(house: House, post_id: str, look: Lookback) -> Dialog:
    """The newest contacts that the post has had, and that others have had with it."""
    asked = house.actors.contacts.asked
    ways: tuple[dict[str, Any], ...] = {"our_post_id": post_id}, {"post_id": post_id}
    try:
        parts = await house.actors.batch(*(asked(**w, limit=NEWEST, **look.times) for w in ways))
    except Forbidden:
        return Dialog([], {})
    found = {one["id"]: one for part in parts for one in part["items"]}
    rows = sorted(found.values(), key=lambda one: str(one["held_on"]), reverse=True)[:NEWEST]
    return Dialog(rows, await called_in(house, rows))


def _of_mandates(mandates: list[Found]) -> list[Document]:
    return [
        _document(one["document"], f"Mandat: {one['scope']}") for one in mandates if one["document"]
    ]


def _document(text: str, note: str, url: str = "") -> Document:
    return Document(text, url or (text if text.startswith("https://") else ""), note)


async def _decided(house: House, post_id: str, look: Lookback) -> list[Document]:
    """What the decisions that the post sees to rest on, and what their agenda points enclose."""
    councils = house.councils
    try:
        decisions = await councils.decisions.whole(owner_post_id=post_id, **look.known)
        items = await things_by_id(
            councils.agenda_items, ids_in([one["agenda_item_id"] for one in decisions])
        )
    except (Forbidden, Unavailable):
        return []
    if look.day:
        decisions = [one for one in decisions if one["decided_on"] <= look.day]
    found = [
        _document(basis["label"], f"Beslut: {one['text']}", basis["url"])
        for one in decisions
        for basis in one["basis"]
        if basis["url"]
    ]
    enclosed = [
        _document(file["title"], f"Dagordning: {item['title']}", file["url"])
        for item in items.values()
        for file in item["attachments"]
    ]
    return list(dict.fromkeys([*found, *enclosed]))
