"""Agreed before: a departure that is stored is confirmed again, perhaps with other words."""

import asyncio
import re
from typing import Any, NamedTuple

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.pages.aftermath import Key
from services.actors.contract.departure import PersonDeparture

_TAKER = re.compile(r"taker-([a-z_]+)-([0-9a-f-]{36})-post_id")


class Before(NamedTuple):
    """Who holds each post that was left since, and which post took each thing."""

    left_on: str
    posts: list[str]
    holdings: list[Found]
    takeovers: dict[Key, Found]
    labels: dict[str, Any]

    def successor(self, post_id: str, wanted: str = "") -> str:
        """Who came after: from that day, or from when the leaver would have begun."""
        after = (one for one in self.holdings if one["post_id"] == post_id)
        return next(
            (
                str(one["person_id"])
                for one in after
                if one["valid_from"] == self.left_on
                or (one["valid_from"] > self.left_on and one["person_id"] == wanted)
            ),
            "",
        )

    def taken(self, post_id: str) -> list[Found]:
        """What of a post's somebody took."""
        return [one for one in self.takeovers.values() if one["left_post_id"] == post_id]

    def says(self, form: Form[Any]) -> bool:
        """Whether a form agrees just what is stored, of what it has fields for."""
        takers = {}
        for post in self.posts:
            wanted = form.value(f"successor-{post}")
            if self.successor(post, wanted) != wanted:
                return False
            takers[post] = "" if wanted else form.value(f"all-{post}-post_id")
        told = {match.groups(): name for name in form.values if (match := _TAKER.fullmatch(name))}
        return all(self._same(key, form.value(name), takers) for key, name in told.items())

    def _same(self, key: Any, own: str, takers: dict[str, str]) -> bool:
        """Of one thing; whose post it hung on is known only where it was taken."""
        stored = self.takeovers.get(key)
        if stored is None:
            return not own and not (key[0] == "post" and takers.get(key[1]))
        return str(stored["owner_post_id"]) == (own or takers.get(stored["left_post_id"], ""))


async def agreed_before(house: House, left: PersonDeparture) -> Before:
    """What is stored about a departure."""
    posts = [str(one) for one in left.post_ids]
    held, taken = await asyncio.gather(
        house.actors.holdings.whole(post_id=posts, sort="valid_from"),
        house.actors.takeovers.whole(left_post_id=posts),
    )
    day = left.left_on.isoformat()
    labels = await house.analysis.labels(
        ids_in(posts, *([one["person_id"]] for one in held), *([t["owner_post_id"]] for t in taken))
    )
    by_key = {(one["noun"], one["thing_id"]): one for one in taken}
    return Before(day, posts, held, by_key, labels)
