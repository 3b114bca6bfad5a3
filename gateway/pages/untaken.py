"""Untaken: what every withdrawal and departure left and that nobody has taken care of yet.

And the next steps of contacts that nobody ever had.

Asked anew each time, like the pages of those who left: nothing is stored but who took what. Who
is to leave on a day to come has left it too: somebody is to take it before it is nobody's.
"""

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gateway import swedish
from gateway.clients.house import House
from gateway.clients.service import PAGE, Found, ids_in
from gateway.pages.holdings import names, things_by_id
from gateway.pages.leaving import Leaving, leavings_of
from gateway.pages.losses import Loss, Losses, losses_from, next_step_loss
from services.actors.contract.actor import GONE
from services.actors.contract.relation import RelationState

MOST_PAGES = 4  # of vacant posts, after the first
VACANCIES = ("vacant", "falls_vacant")


class Left(NamedTuple):
    """One thing, and which actor or post left it: as the form of a takeover says it."""

    loss: Loss
    by: dict[str, str]


class Untaken(NamedTuple):
    """Everything that waits for somebody. `away`: some of it cannot be told.

    `beyond`: how many more posts are vacant than can be looked through here.
    """

    rows: list[Left]
    away: bool
    beyond: int = 0


async def untaken_of(house: House, today: date) -> Untaken:
    """Each thing once: what withdrawals left, then vacant posts, next steps and worn relations.

    `today` may be a day to come: what is to be taken over then, as far as is known.
    """
    actors = house.actors
    standings, (vacant, beyond), taken, unowned = await asyncio.gather(
        actors.standings.whole(status=list(GONE), sort="valid_from"),
        _vacant(house, today),
        actors.takeovers.whole(open="true"),
        actors.contacts.whole(open="true", owned="false", sort="due_on"),
    )
    days = [(one["actor_id"], day) for one in standings if (day := _away_on(one, today))]
    of = await things_by_id(actors.actors, ids_in([actor for actor, _ in days]))
    gone: dict[str, date] = {}
    for actor, day in days:
        gone.setdefault(str(of.get(actor, {"id": actor})["id"]), day)
    losses, worn, leaving = await asyncio.gather(
        losses_from(house, {one["id"]: _day_of(one, today) for one in vacant}),
        _worn(house, vacant, today),
        _left_by(house, gone),
    )
    found = [left for actor in gone for left in _of_actor(actor, leaving[actor])]
    steps = (Left(next_step_loss(one), {}) for one in unowned)
    found += [*_of_posts(vacant, losses), *steps, *worn]
    known = {(one["noun"], one["thing_id"]) for one in taken}
    rows = {left.loss.key: left for left in reversed(found) if left.loss.key not in known}
    away = losses.away or any(one.losses.away for one in leaving.values())
    return Untaken(list(reversed(rows.values())), away, beyond)


async def _vacant(house: House, today: date) -> tuple[list[Found], int]:
    """The posts that are vacant, then those that fall vacant on a coming day, as many of each as
    can be looked through, and how many more there are."""
    parts = await asyncio.gather(*(_posts(house, today, state) for state in VACANCIES))
    found = [post for part in parts for post in part["items"]]
    return found, sum(part["count"] for part in parts) - len(found)


async def _posts(house: House, today: date, state: str) -> Found:
    asked = {"sort": "title", "count": "true", "limit": PAGE, "as_of": today}
    found: Found = await house.actors.get("/posts", **asked | {state: "true"})
    await house.actors.finish(found, pages=MOST_PAGES)
    return found


async def _worn(house: House, vacant: list[Found], today: date) -> list[Left]:
    """The relations that are to be built up again, today or from a day that a post falls vacant."""
    days = sorted({today.isoformat(), *(_day_of(post, today) for post in vacant)})
    asked = {"state": RelationState.rebuild, "sort": "valid_from"}
    parts = await asyncio.gather(
        *(house.actors.relations.whole(**asked, as_of=day) for day in days)
    )
    worn = list({one["id"]: one for part in parts for one in part}.values())
    ids = ids_in(*([one["actor_id"], one["other_actor_id"]] for one in worn))
    sides = await things_by_id(house.actors.actors, ids)
    return list(_of_relations(worn, names(sides)))


def _day_of(post: Found, today: date) -> str:
    """The first day from today on that nobody holds a post that is, or falls, vacant."""
    return post["vacant_from"] or today.isoformat()


def _away_on(standing: Found, today: date) -> date | None:
    """The first day from today on that a standing is the actor's; what goes before it is not."""
    return next(
        (
            max(today, date.fromisoformat(span["valid_from"]))
            for span in standing["counting_periods"]
            if span["valid_to"] is None or span["valid_to"] > today.isoformat()
        ),
        None,
    )


async def _left_by(house: House, gone: dict[str, date]) -> dict[str, Leaving]:
    """What each has left; all of today are asked for together, and those of a day to come."""
    days: dict[date, list[str]] = {}
    for actor, day in gone.items():
        days.setdefault(day, []).append(actor)
    parts = await asyncio.gather(
        *(leavings_of(house, ids, day, worn=True) for day, ids in days.items())
    )
    return {actor: leaving for part in parts for actor, leaving in part.items()}


def _of_actor(actor_id: str, leaving: Leaving) -> Iterator[Left]:
    own = [loss for things in leaving.undertakings.values() for loss in things]
    for loss in (*own, *leaving.programmes, *leaving.relations):
        yield Left(loss, {"left_actor_id": actor_id})
    yield from _on_posts(leaving.losses)


def _of_posts(vacant: list[Found], losses: Losses) -> Iterator[Left]:
    for post in vacant:
        it, marked = post["id"], post["example"]
        note = f"Vakant från {swedish.day(post['vacant_from'])}" if post["vacant_from"] else ""
        loss = Loss(post["title"], "posts.show", it, "post", it, note, marked)
        yield Left(loss, {"left_post_id": post["id"]})
    yield from _on_posts(losses)


def _on_posts(losses: Losses) -> Iterator[Left]:
    for post_id, parts in losses.by_post.items():
        for things in parts.values():
            for loss in things:
                yield Left(loss, {"left_post_id": post_id})


def _of_relations(worn: list[Found], called: dict[str, str]) -> Iterator[Left]:
    """Those that a departure wore: two posts may have, so that it is nobody's in particular."""
    for one in worn:
        sides = (called.get(one[side], "Okänd aktör") for side in ("actor_id", "other_actor_id"))
        text = " – ".join(sides)
        loss = Loss(text, "actors.show", one["other_actor_id"], "relation", one["id"])
        yield Left(loss._replace(example=one["example"]), {})
