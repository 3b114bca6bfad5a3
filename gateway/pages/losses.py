"""Losses: what hangs on posts, as links under headings; it has no owner while they are vacant."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from typing import NamedTuple

from gateway import swedish
from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages.holdings import names, things_by_id
from gateway.pages.led import named
from gateway.pages.watched import NOTHING, as_loss, watched_by
from services.kit.errors import Forbidden, Unavailable

MOST_POSTS = 100  # that one question holds
KINDS = {  # the heading that each stands under, and the page that shows it
    "councils": ("Leder processen i", "councils.show"),
    "seats": ("Har plats i", "councils.show"),
    "needs": ("Behov", "needs.show"),
    "initiatives": ("Initiativ", "initiatives.show"),
    "steps": ("Steg i initiativ", "initiatives.show"),
    "projects": ("Leder projekt", "projects.show"),
    "project_activities": ("Att göra i projekt", "project_parts.activity"),
    "project_deviations": ("Avvikelser i projekt", "project_parts.deviation"),
    "project_continuations": ("Bär efter projekt", "project_parts.continuation"),
    "decisions": ("Beslut att genomföra eller följa upp", "decisions.show"),
    "action_items": ("Öppna åtgärder", "councils.show"),
    "interviews": ("Intervjuer att avsluta", "interviews.show"),
    "session_plans": ("Ska leda möten", "session_plans.show"),
    "pledges": ("Bidrag", "actors.show"),
    "joinings": ("Påkopplingar av aktörer", "joinings.show"),
    "leader_assignments": ("Leder process för", "leader_assignments.show"),
    "carried_issues": ("Har fört vidare utan svar", "posts.show"),
    "takeovers": ("Tar hand om efter andra", "takeovers.list"),
    "signals": ("Bevakar signaler", "signals.show"),
    "trends": ("Bevakar trender", "trends.show"),
    "challenges": ("Utmaningar", "challenges.show"),
}
HEADINGS = {kind: heading for kind, (heading, _) in KINDS.items()}
SHOWN_WITH = {  # whose page shows it, where it has none of its own
    "seats": "council_id",
    "action_items": "council_id",
    "pledges": "actor_id",
    "carried_issues": "post_id",
}
NEXT_STEPS = "Nästa steg efter kontakter"
HOLDS, GIVEN, CARRIES = "Har mandat", "Har gett mandat", "Ambassadör för mandat"


class Loss(NamedTuple):
    """One thing that hangs on a post or an actor: its text, the page that shows it, what explains
    it, which thing it is, and whether that is invented.
    """

    text: str
    page: str
    id: str | None
    noun: str
    thing_id: str
    note: str = ""
    example: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The thing, however it hangs on somebody."""
        return self.noun, self.thing_id


class Losses(NamedTuple):
    """What hangs on each post, heading by heading. `past`: nobody can say; `away`: of some."""

    by_post: dict[str, dict[str, list[Loss]]]
    away: bool = False
    closed: bool = False
    past: bool = False

    @property
    def all(self) -> list[Loss]:
        """Everything that hangs on any of the posts."""
        return [
            loss for parts in self.by_post.values() for things in parts.values() for loss in things
        ]

    def only(self, post_ids: Iterable[str]) -> "Losses":
        """What hangs on some of the posts."""
        kept = {post: self.by_post[post] for post in post_ids if post in self.by_post}
        return self._replace(by_post=kept)

    def of(self, post_id: str) -> dict[str, list[Loss]]:
        """What hangs on one post."""
        return self.by_post.get(post_id, {})

    def count(self, post_id: str) -> int:
        """How many things hang on one post."""
        return sum(map(len, self.of(post_id).values()))


async def losses_of(
    house: House,
    post_ids: list[str],
    day: date | str,
    *,
    mandates: bool = True,
    known_at: str | None = None,
) -> Losses:
    """What loses its owner with these posts on a day; closed for those who may not ask councils.

    Without `mandates` on pages that show those apart. `known_at`: as it was known at a moment.
    """
    if not post_ids:
        return Losses({})
    some = [post_ids[start : start + MOST_POSTS] for start in range(0, len(post_ids), MOST_POSTS)]
    found = await asyncio.gather(
        *(_losses_of_some(house, part, day, mandates, known_at) for part in some)
    )
    return reduce(joined, found)


async def losses_from(
    house: House, days: Mapping[str, date | str], known_at: str | None = None
) -> Losses:
    """The same of posts that are left on days of their own; each day is asked for once."""
    posts: dict[str, list[str]] = {}
    for post, day in days.items():
        posts.setdefault(str(day), []).append(post)
    parts = (losses_of(house, ids, day, known_at=known_at) for day, ids in posts.items())
    return reduce(joined, await asyncio.gather(*parts), Losses({}))


def joined(one: Losses, other: Losses) -> Losses:
    """What hangs on the posts of both."""
    away, closed = one.away or other.away, one.closed or other.closed
    return Losses(one.by_post | other.by_post, away, closed)


async def _losses_of_some(
    house: House, post_ids: list[str], day: date | str, mandates: bool, known_at: str | None
) -> Losses:
    if not mandates:
        return await _in_councils(house, post_ids, day, known_at)
    losses, carried = await asyncio.gather(
        _in_councils(house, post_ids, day, known_at), _carried(house, post_ids, day, known_at)
    )
    for post_id, parts in carried.items():
        losses.by_post.setdefault(post_id, {}).update(parts)
    return losses


async def _in_councils(
    house: House, post_ids: list[str], day: date | str, known_at: str | None = None
) -> Losses:
    try:
        found, waiting, watched = await _asked(house, post_ids, day, known_at)
        steps = await _initiatives_of(house, found["steps"])
    except Forbidden:
        return Losses({}, closed=True)
    except Unavailable:
        return Losses({}, away=True)
    losses = _with_next_steps(await _grouped(house, found, steps), waiting)
    return losses._replace(away=not watched)


async def _asked(
    house: House, post_ids: list[str], day: date | str, known_at: str | None = None
) -> tuple[Found, list[Found], bool]:
    """What hangs on posts, by kind; waiting next steps; and whether analysis could say."""
    actors, known = house.actors, {"known_at": known_at}
    open_ = {"owner_post_id": post_ids, "open": "true", "as_of": day} | known
    found, pledges, joinings, takeovers, issues, waiting, leads, seen = await asyncio.gather(
        house.councils.get("/post-consequences", post_id=post_ids, on=day, **known),
        actors.pledges.whole(**open_),
        actors.joinings.whole(**open_),
        actors.takeovers.whole(**open_),
        actors.carried_issues.whole(
            ambassador_post_id=post_ids, answered="false", as_of=day, **known
        ),
        actors.contacts.whole(**open_, sort="due_on"),
        _led(house, post_ids, day, known_at),
        watched_by(house, post_ids, known_at),
    )
    told = {"pledges": [as_loss(one) for one in pledges], "leader_assignments": leads}
    told["joinings"] = [as_loss(one | {"what": one["why"][:120]}) for one in joinings]
    told["takeovers"] = [as_loss(one) for one in takeovers]
    told["carried_issues"] = [
        as_loss(one | {"owner_post_id": one["ambassador_post_id"], "what": one["issue"]})
        for one in issues
    ]
    told |= seen or NOTHING
    return dict(found) | told, waiting, seen is not None


async def _led(
    house: House, post_ids: list[str], day: date | str, known_at: str | None
) -> list[Found]:
    """What process leaders' posts lead beyond a day, by the industry and the actor."""
    found = await house.actors.leader_assignments.whole(post_id=post_ids, known_at=known_at)
    left = lasting(found, day)
    return [as_loss(one | {"owner_post_id": one["post_id"]}) for one in await named(house, left)]


def _with_next_steps(losses: Losses, waiting: list[Found]) -> Losses:
    for contact in waiting:
        parts = losses.by_post.setdefault(contact["owner_post_id"], {})
        parts.setdefault(NEXT_STEPS, []).append(next_step_loss(contact))
    return losses


def next_step_loss(contact: Found) -> Loss:
    """The next step of a contact among what is lost."""
    due = f"Senast {swedish.day(contact['due_on'])}" if contact["due_on"] else ""
    it, marked = contact["id"], contact["example"]
    return Loss(contact["next_step"], "contacts.show", it, "contact", it, due, marked)


async def _carried(
    house: House, post_ids: list[str], day: date | str, known_at: str | None = None
) -> dict[str, dict[str, list[Loss]]]:
    """The mandates that last beyond a day and that these posts hold, or are ambassadors of."""
    try:
        found = await house.actors.mandates.whole(post_id=post_ids, known_at=known_at)
    except Unavailable:
        return {}
    carried: dict[str, dict[str, list[Loss]]] = {}
    for mandate in lasting(found, day):
        told = mandate_loss(mandate)
        places = [(mandate["holder_post_id"], HOLDS)]
        places += [(post_id, CARRIES) for post_id in mandate["ambassador_post_ids"]]
        for post_id, heading in places:
            if post_id in post_ids:
                carried.setdefault(post_id, {}).setdefault(heading, []).append(told)
    return carried


def lasting(mandates: list[Found], day: date | str) -> list[Found]:
    """Those that have not ended on a day."""
    return [one for one in mandates if one["valid_to"] is None or one["valid_to"] > str(day)]


def mandate_loss(mandate: Found) -> Loss:
    """A mandate among what is lost."""
    period = swedish.days(mandate["valid_from"], mandate["valid_to"])
    it, marked = mandate["id"], mandate["example"]
    return Loss(mandate["scope"], "mandates.show", it, "mandate", it, period, marked)


async def burden_of(house: House, post_ids: list[str], day: date | str) -> Counter[str]:
    """How many things hang on each post; nothing for those who may not ask or are not answered."""
    if not post_ids:
        return Counter()
    carried = await _carried(house, post_ids, day)
    burden = Counter({post: sum(map(len, parts.values())) for post, parts in carried.items()})
    try:
        found, waiting, _ = await _asked(house, post_ids, day)
    except (Forbidden, Unavailable):
        return burden
    burden += Counter(loss["post_id"] for kind in HEADINGS for loss in found[kind])
    return burden + Counter(contact["owner_post_id"] for contact in waiting)


async def _initiatives_of(house: House, steps: list[Found]) -> dict[str, str]:
    """Which initiative each step belongs to."""
    ids = ids_in([step["id"] for step in steps])
    found = await house.councils.steps.whole(id=ids) if ids else []
    return {one["id"]: one["initiative_id"] for one in found}


async def _grouped(house: House, found: Found, steps: dict[str, str]) -> Losses:
    ids = ids_in([loss["council_id"] for kind in HEADINGS for loss in found[kind]])
    met = ids_in([loss["actor_id"] for loss in found["interviews"]])
    councils, companies = await asyncio.gather(
        things_by_id(house.councils.councils, ids), things_by_id(house.actors.actors, met)
    )
    called = names(councils) | names(companies)
    by_post: dict[str, dict[str, list[Loss]]] = {}
    for kind, heading in HEADINGS.items():
        for loss in found[kind]:
            parts = by_post.setdefault(loss["post_id"], {})
            parts.setdefault(heading, []).append(_told(kind, loss, called, steps))
    return Losses(by_post)


def _told(kind: str, loss: Found, called: dict[str, str], steps: dict[str, str]) -> Loss:
    text, shown = loss["title"], loss[SHOWN_WITH.get(kind, "id")]
    council = called.get(loss["council_id"] or "", "")
    match kind:
        case "seats":
            text, council = council or "Ett råd", swedish.label(text, "SeatRole")
        case "councils":
            council = ""
        case "interviews":
            text, council = f"Intervju med {called.get(loss['actor_id'], 'okänd aktör')}", text
        case "steps":
            shown = steps.get(shown)
        case "takeovers":
            shown = None
    noun = kind.removesuffix("ies") + "y" if kind.endswith("ies") else kind[:-1]
    return Loss(text, KINDS[kind][1], shown, noun, loss["id"], council, loss["example"])
