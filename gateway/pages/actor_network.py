"""The network picture of actors: the list's selection with the relations between them on a day."""

from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.lookback import times_of
from gateway.misread import asked_of, demand_known, misread
from gateway.pages import actor_choices, actors, choices
from gateway.pages.council_parts import in_council
from gateway.pages.listing import Shown, number_of, wanted
from gateway.swedish.codes import label
from services.actors.contract.actor import ActorKind
from services.kit import clock
from services.kit.errors import Malformed

area = Area("actors")
MOST_DRAWN, MOST = 40, 200
MORE_PAGES, SIZE = 4, 50  # of actors between whom relations are listed; of the list's own
FORMS = {
    ActorKind.municipality: "municipality",
    ActorKind.municipal_association: "municipality",
    ActorKind.education_provider: "education",
    ActorKind.university: "education",
    ActorKind.authority: "authority",
    ActorKind.region: "authority",
}


@dataclass(frozen=True)
class Network(Shown):
    """Actors and the relations between them. `centre`: the one whose neighbours the others are."""

    centre: Found | None = None
    relations: list[Found] = field(default_factory=list)
    most: int = MOST_DRAWN
    offered: choices.Options = field(default_factory=list)
    size: int = SIZE

    @property
    def too_many(self) -> bool:
        """Whether a picture would tell nothing."""
        return self.total > self.most

    @property
    def options(self) -> choices.Options:
        """Whose neighbours can be chosen."""
        return self.offered or [(one["id"], one["name"]) for one in self.rows]

    @property
    def listed(self) -> list[Found]:
        """The relations of a page of the list, where it stands in for the picture."""
        return self.relations[(self.number - 1) * SIZE : self.number * SIZE]

    @property
    def names(self) -> dict[str, str]:
        """What each actor is called, by every id it has."""
        return {known: one["name"] for one in self.rows for known in _ids(one)}

    @property
    def alone(self) -> list[Found]:
        """Actors without a relation to any other of them."""
        ends = {one[end] for one in self.relations for end in ("actor_id", "other_actor_id")}
        return [one for one in self.rows if one["id"] not in ends]

    @property
    def nodes(self) -> list[tuple[str, str, str, str]]:
        """Who stands in the picture, each with the form and the word of its kind."""
        return [
            (one["id"], one["name"], FORMS.get(one["kind"], "company"), _kind(one))
            for one in self.rows
        ]

    @property
    def ties(self) -> list[tuple[str, str, str, str]]:
        """The lines of the picture, each with its state and what it says."""
        return [
            (one["actor_id"], one["other_actor_id"], one["state"] or "unknown", self._said(one))
            for one in self.relations
        ]

    def _said(self, relation: Found) -> str:
        one, other = self.names[relation["actor_id"]], self.names[relation["other_actor_id"]]
        kind = label(relation["kind"], "RelationKind").lower()
        state = label(relation["state"], "RelationState").lower() if relation["state"] else "okänt"
        return f"{one} {kind} {other}: {state}"


def _ids(actor: Found) -> list[str]:
    """An actor's own id and those of the actors merged into it."""
    return [actor["id"], *actor["merged_ids"]]


def _kind(actor: Found) -> str:
    return label(actor["kind"], "ActorKind")


@area.show("/aktorer/nat", "network")
async def show_network(request: Request, house: Services) -> Response:
    """The same filters as the list; or one actor of it with its neighbours there."""
    return await actors.selection(request, house, "network", _network(request, house))


async def _network(request: Request, house: House) -> Network:
    """Who is there, then what is between them; where a filter cannot be read nobody is."""
    form, look, of_actors = asked_of(request), times_of(request), house.actors
    day: dict[str, Any] = {"as_of": look.day or clock.today()} | look.known
    demand_known(request, form, {*actors.FILTERS, *actors.OF_COUNCIL, "around", "sok-around"})
    query, number = (
        wanted(request, actors.FILTERS) | await in_council(request, house), number_of(request)
    )  # fmt: skip
    centre, around = None, form.value("around")
    if around:
        centre = await of_actors.actors.one(around, **look.times)
        near = await of_actors.relations.whole(actor_id=centre["id"], **day)
        ids = {one[end] for one in near for end in ("actor_id", "other_actor_id")}
        query = {"id": sorted(ids)[:MOST] or [centre["id"]]} | query
    found: Found = {"items": [], "count": 0, "next": None}
    try:
        asked = query | {"sort": "name", "limit": MOST, "count": "true"}
        found |= await of_actors.get("/actors", **asked)
        # Where even those pages are a part alone, the first one is enough of it.
        if found["count"] <= MOST * (1 + MORE_PAGES):
            await of_actors.finish(found, pages=MORE_PAGES)
    except Malformed as problem:
        form.blame(problem)
    if form.wrong:
        misread(request, form)
        found = {"items": [], "count": 0, "next": None}
    rows, total = found["items"], found["count"]
    if centre:
        near_it = [one for one in rows if not ids.isdisjoint(_ids(one))]
        rows = [centre, *(one for one in near_it if one["id"] != centre["id"])]
        total = len(rows)
    relations = await _between(house, rows, day)
    offered = await actor_choices.actors(house, form) if len(rows) > MOST else []
    pages = max(1, -(-len(relations) // SIZE))
    shown = Network(form, rows, min(number, pages), bool(found["next"]), total, centre, relations)
    return replace(shown, offered=offered)


async def _between(house: House, rows: list[Found], day: dict[str, Any]) -> list[Found]:
    """The relations between some actors on a day; those of merged ones are their heirs'."""
    living = {known: one["id"] for one in rows for known in _ids(one)}
    found = await house.actors.relations.whole(actor_id=list(living), **day) if living else []
    ends = ("actor_id", "other_actor_id")
    # Asked for many actors at a time, a relation is answered for each of its sides.
    once = {one["id"]: one for one in found if all(one[end] in living for end in ends)}
    inside = [one | {end: living[one[end]] for end in ends} for one in once.values()]
    place = {one["id"]: number for number, one in enumerate(rows)}
    return sorted(inside, key=lambda one: [place[one[end]] for end in ends])
