"""Ambassadors: the posts that carry issues on a day, who holds them, and what each has carried."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import page
from gateway.lookback import times_of
from gateway.misread import demand_choice, demand_known, demand_read, misread
from gateway.pages import actor_choices, choices
from gateway.pages.holdings import holders_of, things_by_id
from gateway.pages.known_names import labels_then
from gateway.pages.listing import KINDS, SIZE, Shown, number_of
from services.kit.errors import NotFound
from services.kit.resources import as_file
from services.kit.rows import alphabetical

area = Area("carried_issues")
NARROWS = ("actor_id", "council_id", "vacant", "carried")
IN_TIME = ("in_force", "lapses_soon")
FIELDS = (
    "post_id", "title", "actor_id", "actor", "vacant", "mandates", "carried_count",
    "waiting_count", "latest_on", "example",
)  # fmt: skip


class Ambassador(NamedTuple):
    """A post that carries issues: its actor, the mandates that say so, and what it has carried."""

    post: Found
    actor: Found | None
    mandates: list[Found]
    issues: list[Found]

    @property
    def employer(self) -> str:
        """What its actor is called."""
        return str(self.actor["name"]) if self.actor else "Okänd aktör"

    @property
    def waiting(self) -> int:
        """How many of its issues nobody has answered."""
        return sum(not one["answered"] for one in self.issues)

    @property
    def latest(self) -> str:
        """The day of the last one carried."""
        return str(self.issues[0]["carried_on"]) if self.issues else ""

    @property
    def told(self) -> Found:
        """As a row of a file: of posts, and of no person."""
        post, scopes = self.post, [one["scope"] for one in self.mandates]
        return {
            "post_id": post["id"], "title": post["title"], "actor_id": post["actor_id"],
            "actor": self.employer, "vacant": post["vacant"], "mandates": "; ".join(scopes),
            "carried_count": len(self.issues), "waiting_count": self.waiting,
            "latest_on": self.latest or None, "example": post["example"],
        }  # fmt: skip


HOW: dict[str, Callable[[Ambassador], bool]] = {
    "waiting": lambda one: one.waiting > 0,
    "answered": lambda one: bool(one.issues) and not one.waiting,
    "nothing": lambda one: not one.issues,
}
SORTS: dict[str, Callable[[Ambassador], Any]] = {
    "title": lambda one: alphabetical(one.post["title"]),
    "actor": lambda one: alphabetical(one.employer),
    "carried": lambda one: len(one.issues),
    "waiting": lambda one: one.waiting,
    "latest": lambda one: one.latest,
}


@area.show("/ambassadorer", "ambassadors")
async def list_ambassadors(request: Request, house: Services) -> Response:
    """The posts that are ambassadors on the day, narrowed by the filters, page by page."""
    form = Form.asked(request)
    found, actors, councils = await asyncio.gather(
        _asked_for(request, house, form),
        actor_choices.actors(house, form),
        choices.options(house.councils.councils, "name"),
    )
    number = min(number_of(request), max(1, -(-len(found) // SIZE)))
    part = found[(number - 1) * SIZE : number * SIZE]
    shown = Shown(form, [], number, number * SIZE < len(found), len(found))
    labels = await labels_then(house, holders_of(one.post for one in part), times_of(request))
    return page(
        request, "carried_issues/ambassadors.html", shown=shown, ambassadors=part, labels=labels,
        actors=actors, councils=councils,
    )  # fmt: skip


@area.show("/ambassadorer.{kind}", "ambassadors_file")
async def ambassadors_file(request: Request, house: Services, kind: str) -> Response:
    """All of them with the same filters, as CSV or Excel."""
    if kind not in KINDS:
        raise NotFound("there is no such file")
    found = await _asked_for(request, house, Form.asked(request))
    demand_read(request)
    file = as_file("ambassadors", FIELDS, [one.told for one in found], excel=kind != "csv")
    file.headers["Cache-Control"] = "no-store"
    return file


async def _asked_for(request: Request, house: House, form: Form[Any]) -> list[Ambassador]:
    """Those who have carried most first, unless another order is asked for."""
    demand_known(request, form, NARROWS)
    if form.wrong:
        misread(request, form)
    for name, words in ("vacant", ("true", "false")), ("carried", HOW):
        demand_choice(request, name, words, form)
    sort = demand_choice(request, "sort", [f"{up}{name}" for name in SORTS for up in ("", "-")])
    found = [one for one in await _all(request, house) if _fits(one, form)]
    found.sort(key=SORTS["title"])
    name = sort.removeprefix("-") or "carried"
    return sorted(found, key=SORTS[name], reverse=name not in sort or sort.startswith("-"))


async def _all(request: Request, house: House) -> list[Ambassador]:
    """Each ambassador on the day once, with its mandates and issues."""
    look, actors = times_of(request), house.actors
    mandates, issues = await asyncio.gather(
        actors.mandates.whole(state=list(IN_TIME), **look.times),
        actors.carried_issues.whole(**look.times),
    )
    given, carried = defaultdict(list), defaultdict(list)
    for mandate in mandates:
        for post_id in mandate["ambassador_post_ids"]:
            given[post_id].append(mandate)
    for issue in issues:
        carried[issue["ambassador_post_id"]].append(issue)
    posts = await things_by_id(actors.posts, given, look.times)
    whose = await things_by_id(actors.actors, ids_in([one["actor_id"] for one in posts.values()]))
    return [
        Ambassador(one, whose.get(one["actor_id"]), given[key], carried[key])
        for key, one in posts.items()
    ]


def _fits(one: Ambassador, form: Form[Any]) -> bool:
    actor, council, vacant = (form.value(name) for name in ("actor_id", "council_id", "vacant"))
    theirs = {one.post["actor_id"], one.actor["id"] if one.actor else ""}
    return (
        (not actor or actor in theirs)
        and (not council or any(issue["to_council_id"] == council for issue in one.issues))
        and (not vacant or one.post["vacant"] == (vacant == "true"))
        and HOW.get(form.value("carried"), bool)(one)
        and _says(one, form.value("q"))
    )


def _says(one: Ambassador, words: str) -> bool:
    """Whether every word stands in what is shown of it: its post, actor, mandates and issues."""
    texts = [one.post["title"], one.employer, *(mandate["scope"] for mandate in one.mandates)]
    texts += [issue["issue"] for issue in one.issues]
    said = " ".join(texts).casefold()
    return all(word in said for word in words.casefold().split())
