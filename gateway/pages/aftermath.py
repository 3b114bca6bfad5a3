"""Aftermath: all that a departure or withdrawal left, who takes care of it, and what is settled.

Nothing of it is stored but who took what. What was left is what hung on the posts or the actor as
it was known when they left; what still is without an owner is what hangs there now.
"""

import asyncio
from collections.abc import Iterable
from typing import NamedTuple

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.lookback import Lookback
from gateway.pages.holdings import things_by_id
from gateway.pages.known_names import labels_then
from gateway.pages.losses import Loss

Key = tuple[str, str]


class Settled(NamedTuple):
    """Something that was left and hangs there no more, and who took care of it, where one did."""

    loss: Loss
    taken: Found | None


class Aftermath(NamedTuple):
    """What is left by now, by who takes care of it, and what is settled.

    `idle`: what a post took that nobody holds, and that nobody takes care of until then.
    `stands`: what was ticked off, while the thing itself still hangs on who left it.
    """

    left: dict[Key, Loss]
    taken: dict[Key, Found]
    settled: list[Settled]
    labels: dict[str, Found]
    idle: dict[Key, Found]
    stands: dict[Key, Found]

    @property
    def total(self) -> int:
        """How many things were left in all, each counted once."""
        return len(self.left) + len(self.settled)

    @property
    def waiting(self) -> int:
        """How many of those left that nobody takes care of."""
        return sum(key not in self.taken for key in self.left)


async def aftermath_of(
    house: House,
    now: Iterable[Loss],
    then: Iterable[Loss] = (),
    *,
    actor: str | None = None,
    posts: Iterable[str] = (),
    look: Lookback | None = None,
) -> Aftermath:
    """What the actor, or the holders of the posts, left then and what hangs there now.

    Now is the day that the page looks back to, where it does.
    """
    look = look or Lookback()
    takeovers = await _takeovers(house, actor, list(posts), look.times)
    newest = {(one["noun"], one["thing_id"]): one for one in reversed(takeovers)}
    left = {loss.key: loss for loss in now}
    gone = {loss.key: loss for loss in then if loss.key not in left}
    # What was ticked off and hangs there all the same is nobody's again.
    hanging = {key: one for key, one in newest.items() if key in left}
    stands = {key: one for key, one in hanging.items() if _done(one, look.day)}
    taken = {key: one for key, one in hanging.items() if key not in stands}
    settled = [Settled(loss, newest.get(key)) for key, loss in gone.items()]
    owners = ids_in([one["owner_post_id"] for one in newest.values()])
    keepers, labels = await asyncio.gather(
        things_by_id(house.actors.posts, owners, look.times), labels_then(house, owners, look)
    )
    vacant = {key for key, post in keepers.items() if post["vacant"]}
    idle = {key: one for key, one in taken.items() if one["owner_post_id"] in vacant}
    cared = {key: one for key, one in taken.items() if key not in idle}
    return Aftermath(left, cared, settled, labels, idle, stands)


def _done(takeover: Found, day: str | None) -> bool:
    done_on = takeover["done_on"]
    return bool(done_on) and (day is None or done_on <= day)


async def _takeovers(
    house: House, actor: str | None, posts: list[str], times: dict[str, str]
) -> list[Found]:
    """The newest first."""
    things = house.actors.takeovers
    found: list[Found] = []
    if actor:
        found += await things.whole(left_actor_id=actor, **times)
    if posts:
        found += await things.whole(left_post_id=posts, **times)
    return sorted(found, key=lambda one: (str(one["taken_on"]), str(one["id"])), reverse=True)
