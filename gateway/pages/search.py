"""Search over everything: one question, every noun, and every occupation."""

import asyncio
from typing import NamedTuple
from urllib.parse import urlencode

from fastapi import Request, Response

from gateway.addresses import PAGE_OF
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, Service
from gateway.html import page
from gateway.pages.listing import NUMBER, number_in
from gateway.pages.occupations import occupation_of
from services.kit.errors import Forbidden, Malformed, Unavailable

area = Area("search")
MOST, MOST_OCCUPATIONS = 50, 5
MORE = {"limit": "8", "count": "true"}


class Kind(NamedTuple):
    """A noun whose service searches it itself: its list, what a hit says, and where it leads."""

    noun: str
    all: str
    says: tuple[str, ...]
    page: str
    id: str = "id"


class Group(NamedTuple):
    """The hits of one noun; `all`: the page that lists those beyond them."""

    noun: str
    hits: list[Found]
    total: int
    all: str = ""


# Analysis copies nothing of these: who may read a contact's words is for its own service to say.
ACTORS = (
    Kind("mandate", "mandates.list", ("scope",), "mandates.show"),
    Kind("role_trial", "role_trials.list", ("role",), "role_trials.show"),
    Kind("contact", "contacts.list", ("next_step", "said", "reply"), "contacts.show"),
    Kind("method", "methods.list", ("name",), "methods.show"),
    Kind("carried_issue", "carried_issues.list", ("issue",), "posts.show", "ambassador_post_id"),
    Kind("pledge", "pledges.list", ("what",), "actors.show", "actor_id"),
)
COUNCILS = (
    Kind("selection", "selections.list", ("title",), "selections.show"),
    Kind(
        "project_lesson", "project_lessons.list", ("text",), "project_views.lessons", "project_id"
    ),
    Kind("charter", "charters.list", ("purpose",), "charters.show"),
)
ANALYSIS = (
    Kind("signal", "signals.list", ("title",), "signals.show"),
    Kind("trend", "trends.list", ("title",), "trends.show"),
    Kind("challenge", "challenges.list", ("title",), "challenges.show"),
)
NUMBERED = Kind("actor", "actors.list", ("name",), "actors.show")


@area.show("/sok", "find")
async def find(request: Request, house: Services) -> Response:
    """Hits noun by noun, the best first, and the occupations of that name or code."""
    asked = " ".join(request.query_params.get("q", "").split())[:200]
    hits: list[Found] = []
    occupations, away, told = Listing([], more=False), False, list[list[Group]]()
    if asked:
        try:
            (followed, called), *told = await asyncio.gather(
                house.analysis.batch(
                    f"/search?{urlencode({'q': asked, 'limit': MOST})}",
                    house.analysis.occupations.asked(q=asked, limit=MOST_OCCUPATIONS),
                ),
                _told(house, asked),
                _listed(house.councils, {kind: {"q": asked} for kind in COUNCILS}),
                _listed(house.analysis, {kind: {"q": asked} for kind in ANALYSIS}),
            )
            hits, occupations = followed["items"], Listing.of(called)
        except Malformed:
            pass
        except Unavailable:
            away = True
    groups = [*_grouped(hits), *(group for groups in told for group in groups)]
    return page(
        request, "search/find.html", asked=asked, groups=groups, away=away,
        total=sum(group.total for group in groups) + len(occupations.items),
        cut=len(hits) == MOST, occupations=[occupation_of(one) for one in occupations.items],
        more_occupations=occupations.more,
    )  # fmt: skip


def _grouped(hits: list[Found]) -> list[Group]:
    """Noun by noun, in the order of each one's best hit."""
    found: dict[str, list[Found]] = {}
    for hit in hits:
        if hit["noun"] in PAGE_OF:
            found.setdefault(hit["noun"], []).append(hit | {"page": PAGE_OF[hit["noun"]]})
    return [Group(noun, those, len(those)) for noun, those in found.items()]


async def _told(house: House, asked: str) -> list[Group]:
    """What the service of actors finds that this visitor may read, also by its number."""
    number = number_in(asked)
    numbered = {NUMBERED: {NUMBER: number}} if number else {}
    return await _listed(house.actors, numbered | {kind: {"q": asked} for kind in ACTORS})


async def _listed(service: Service, wanted: dict[Kind, dict[str, str]]) -> list[Group]:
    """The hits of each kind by what it is asked; nothing where the service is away."""
    paths = [
        f"/{kind.noun.replace('_', '-')}s?{urlencode(query | MORE)}"
        for kind, query in wanted.items()
    ]
    try:
        found = await service.batch(*paths)
    except (Unavailable, Forbidden, Malformed):
        return []
    return [
        Group(kind.noun, [_hit(kind, one) for one in part["items"]], part["count"], kind.all)
        for kind, part in zip(wanted, found, strict=True)
        if part["items"]
    ]


def _hit(kind: Kind, thing: Found) -> Found:
    label = next(thing[name] for name in kind.says if thing[name])
    return {"id": thing[kind.id], "label": label, "page": kind.page, "example": thing["example"]}
