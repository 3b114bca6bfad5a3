"""Holdings as time: who held a post and when, with the gaps in which nobody did."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.clients.actors import Actors
from gateway.clients.service import Found, ids_among, ids_in

MOST = 200
FOREVER = "9999-12-31"


@dataclass(frozen=True)
class Term:
    """A stretch of a post's time: a holding, or a vacancy where holding is None."""

    holding: Found | None
    start: str
    end: str | None
    now: bool


def terms_of(holdings: Iterable[Found], today: date) -> list[Term]:
    """A post's time from its first holder on, the latest first.

    What nobody held or covered is a vacancy.
    """
    found: list[Term] = []
    until = ""
    for holding in sorted(holdings, key=lambda one: str(one["valid_from"])):
        start = holding["valid_from"]
        if found and until < start:
            found.append(_term(None, until, start, today))
        found.append(_term(holding, start, holding["valid_to"], today))
        until = max(until, holding["valid_to"] or FOREVER)
    if found and until < FOREVER:
        found.append(_term(None, until, None, today))
    return found[::-1]


def _term(holding: Found | None, start: str, end: str | None, today: date) -> Term:
    day = today.isoformat()
    return Term(holding, start, end, start <= day and (end is None or day < end))


async def things_by_id(
    things: Any, ids: Iterable[str], times: Mapping[str, str] | None = None
) -> dict[str, Found]:
    """Some things of a list, by id, merged ones too; those that are gone are left out.

    On a page that looks back they are as they were known then, or at other `times`.
    """
    wanted, then = ids_among(ids), things.service.then if times is None else times
    parts = [wanted[start : start + MOST] for start in range(0, len(wanted), MOST)]
    lists = await asyncio.gather(*(things.list(id=part, limit=MOST, **then) for part in parts))
    items = [one for found in lists for one in found.items]
    return {name: one for one in items for name in (one["id"], *one.get("merged_ids", ()))}


async def providers_of(
    actors: Actors, programmes: Iterable[Found], times: Mapping[str, str] | None = None
) -> dict[str, Found]:
    """Who gives some programmes, by id: those may have left, at the `times` asked for."""
    wanted = [one["provider_actor_id"] for one in programmes]
    return await things_by_id(actors.actors, wanted, times) if wanted else {}


async def posts_held(actors: Actors, holdings: Iterable[Found]) -> tuple[Any, Any]:
    """The posts of some holdings, and the actors of those posts, by id."""
    posts = await things_by_id(actors.posts, ids_in([one["post_id"] for one in holdings]))
    owners = ids_in([post["actor_id"] for post in posts.values()])
    return posts, await things_by_id(actors.actors, owners)


def holders_of(posts: Iterable[Found]) -> list[str]:
    """Everybody who holds or covers some posts."""
    return ids_in(*([one["holder_person_id"], one["substitute_person_id"]] for one in posts))


def names(things: Mapping[str, Found], field: str = "name") -> dict[str, str]:
    """What some things are called, by id."""
    return {key: thing[field] for key, thing in things.items()}
