"""Next steps of contacts, as My day shows them: one's own, what is late, and what nobody owns."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from gateway.clients.actors import Actors
from gateway.clients.service import Found

LAST = "9999-12-31"


class Step(NamedTuple):
    """A contact whose next step waits; `late`: its day has passed, `own`: the visitor has it."""

    contact: Found
    late: bool
    own: bool


def asked(actors: Actors, posts: Iterable[str], today: date, most: int) -> list[str]:
    """The questions for a batch; a visitor without posts has no steps of their own."""
    waiting = {"open": "true", "sort": "due_on", "limit": most}
    owned = [actors.contacts.asked(owner_post_id=list(posts), **waiting)] if posts else []
    return [
        actors.contacts.asked(due_until=today, **waiting),
        actors.contacts.asked(owned="false", **waiting),
        *owned,
    ]


def waiting(found: Iterable[Found], posts: Iterable[str], today: date) -> list[Step]:
    """Each step once: overdue first, then by day, those without a day last."""
    each = {one["id"]: one for part in found for one in part["items"]}
    mine, day = set(posts), today.isoformat()
    steps = [
        Step(one, (one["due_on"] or LAST) < day, one["owner_post_id"] in mine)
        for one in each.values()
    ]
    return sorted(steps, key=lambda step: (step.contact["due_on"] or LAST, not step.own))
