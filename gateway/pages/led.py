"""Led: what process leaders' assignments are called where anybody of them leaves.

The post that leads, the actor that is led and the actor that funds it each may.
"""

import asyncio

from gateway import swedish
from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages.holdings import names, things_by_id


async def named(house: House, assignments: list[Found]) -> list[Found]:
    """Assignments with `what` they lead: the industry and the actor."""
    ids = ids_in([one["actor_id"] for one in assignments])
    whom = names(await things_by_id(house.actors.actors, ids))
    return [one | {"what": _what(one, whom)} for one in assignments]


def _what(assignment: Found, whom: dict[str, str]) -> str:
    actor = whom.get(assignment["actor_id"] or "")
    return ", ".join(filter(None, (assignment["industry"], actor)))


async def noted(house: House, assignments: list[Found]) -> list[Found]:
    """The same with `told`: who leads it, and when."""
    told, posts = await asyncio.gather(
        named(house, assignments),
        things_by_id(house.actors.posts, ids_in([one["post_id"] for one in assignments])),
    )
    titles = names(posts, "title")
    return [one | {"told": _told(one, titles)} for one in told]


def _told(assignment: Found, titles: dict[str, str]) -> str:
    leader = titles.get(assignment["post_id"], "Okänd befattning")
    return f"{leader}, {swedish.days(assignment['valid_from'], assignment['valid_to'])}"
