"""Merges: two actors that turn out to be one, compared before they are, and parted again."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.saving import saved
from gateway.swedish import counted
from gateway.swedish.problems import ANYWHERE
from services.actors.contract.actor import ActorMerge
from services.kit.errors import Conflict, NotFound, Unavailable

area = Area("actors")
MOST, FOREVER = 20, "9999-12-31"
KINDS = (
    ("posts", "befattning", "befattningar"),
    ("relations", "relation", "relationer"),
    ("contacts", "kontakt", "kontakter"),
    ("mandates", "mandat", "mandat"),
    ("programmes", "utbildning", "utbildningar"),
    ("pledges", "bidrag", "bidrag"),
    ("gains", "vinst", "vinster"),
    ("readiness", "bedömning", "bedömningar"),
    ("priorities", "prioritering", "prioriteringar"),
    ("role_trials", "rollprövning", "rollprövningar"),
    ("joinings", "påkoppling", "påkopplingar"),
    ("carried_issues", "buren fråga", "burna frågor"),
    ("leader_assignments", "processledaruppdrag", "processledaruppdrag"),
)
SEATS = ("plats i råd", "platser i råd")
BETWEEN = (
    ("relation", "relationer"), ("mandat", "mandat"), ("kontakt", "kontakter"),
)  # fmt: skip
WHOSE = {"programmes": "provider_actor_id"}  # where it is no `actor_id`


@area.begin("/aktorer/{id}/sla-ihop", "merge")
async def ask_merge(request: Request, house: Services, id: str) -> Response:
    """Which actor it is the same as; then both beside each other, and what becomes of them."""
    return await _merge_page(request, house, id, Form.begun(request, ActorMerge))


@area.take("/aktorer/{id}/sla-ihop", "merge")
async def merge(request: Request, house: Services, id: str) -> Response:
    """The actor lives on in the other one."""
    form = await Form.posted(request, ActorMerge)
    actor = await house.actors.actors.one(id)
    sending = house.actors.actors.act(id, "merge", form.sent, once=form.once)
    if made := await saved(form, sending):
        # Sent again, the address already means what it lives on as.
        who = actor["name"] if actor["id"] == id else "Aktören"
        said, undo = f"{who} är nu en del av {made['name']}.", f"/aktorer/{id}/dela"
        return go(request, "actors.show", id=made["id"], notice=said, undo=undo)
    return await _merge_page(request, house, id, form, status=422)


@area.take("/aktorer/{id}/dela", "part")
async def part(request: Request, house: Services, id: str) -> Response:
    """They were two after all."""
    try:
        parted = await house.actors.actors.act(id, "part", {})
    except Conflict as problem:
        taken = any(error.field == "org_number" for error in problem.errors)
        why = "organisationsnumret har getts till en annan" if taken else "den är inte sammanslagen"
        return go(request, "actors.show", id=id, notice=f"Aktören delades inte: {why}.")
    said = f"{parted['name']} är en egen aktör igen."
    return go(request, "actors.show", id=id, notice=said)


async def _merge_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    actor = await house.actors.actors.one(id)
    asked = request.query_params.get("q", "").strip()
    chosen = form.value("into_id") or request.query_params.get("into_id", "")
    other = await _other(house, actor, chosen, form)
    alike, municipalities, hanging = await asyncio.gather(
        _alike(house, actor, asked), choices.municipalities(request),
        _hanging(house, actor) if other else _nothing(),
    )  # fmt: skip
    standing = [one["municipality_code"] for one in (actor, other or actor, *alike)]
    places, between, twice = await asyncio.gather(
        choices.places(house, municipalities, standing),
        _between(house, actor, other),
        _twice(house, actor, other),
    )
    return page(
        request, "actors/merge.html", status=status, form=form, actor=actor, other=other,
        alike=alike, asked=Form.asked(request), places=places, twice=twice,
        between=[counted(n, *words) for n, words in zip(between, BETWEEN, strict=True) if n],
        hanging=_in_words(hanging, between),
    )  # fmt: skip


async def _other(house: House, actor: Found, id: str, form: Form[Any]) -> Found | None:
    """The actor to live on, if one is chosen that can."""
    if not id:
        return None
    try:
        other = await house.actors.actors.one(id)
    except NotFound:
        form.fail(ANYWHERE, "unknown_reference")
        return None
    return other if other["id"] != actor["id"] else None


async def _alike(house: House, actor: Found, asked: str) -> list[Found]:
    """Actors found by what was asked, or those that are probably the same one."""
    if asked:
        items = (await house.actors.actors.list(q=asked, limit=MOST)).items
    else:
        told = {"name": actor["name"], "org_number": actor["org_number"]}
        items = (await house.actors.get("/actors/likely-same", **told))["items"]
    return [one for one in items if one["id"] != actor["id"]]


async def _nothing() -> list[int]:
    return []


async def _between(house: House, actor: Found, other: Found | None) -> list[int]:
    """How many relations, mandates and contacts the two have with each other."""
    if other is None:
        return [0] * len(BETWEEN)
    one, another, count = actor["id"], other["id"], {"limit": 1, "count": "true"}
    registry = house.actors
    asked = (
        *(registry.relations.asked(actor_id=who, **count) for who in (one, another)),
        registry.relations.asked(actor_id=[one, another], **count),
        registry.mandates.asked(issuer_actor_id=one, holder_id=another, **count),
        registry.mandates.asked(issuer_actor_id=another, holder_id=one, **count),
        registry.contacts.asked(between=[one, another], **count),
    )
    counts = [int(part["count"]) for part in await registry.batch(*asked)]
    first, second, either, given, taken, contacts = counts
    return [first + second - either, given + taken, contacts]


async def _twice(house: House, actor: Found, other: Found | None) -> list[Found]:
    """The seats of the first in councils where the other sits the same days, named."""
    if other is None:
        return []
    mine, theirs = ([one["id"], *one["merged_ids"]] for one in (actor, other))
    try:
        seats = await house.councils.seats.whole(actor_id=[*mine, *theirs])
    except Unavailable:
        return []
    both = [
        seat
        for seat in seats
        if seat["actor_id"] in mine
        and any(one["actor_id"] in theirs and _meet(seat, one) for one in seats)
    ]
    labels = await house.analysis.labels([seat["council_id"] for seat in both]) if both else {}
    return [
        seat | {"council": choices.name_in(labels, seat["council_id"], "Okänt råd")}
        for seat in both
    ]


def _meet(seat: Found, other: Found) -> bool:
    """Whether two seats are in one council the same days."""
    last, end = (one["valid_to"] or FOREVER for one in (seat, other))
    same = seat["council_id"] == other["council_id"]
    return bool(same and seat["valid_from"] < end and other["valid_from"] < last)


async def _hanging(house: House, actor: Found) -> list[int]:
    """How much of each kind hangs on it."""
    which, only = actor["id"], {"limit": 1, "count": "true"}
    asked = (
        getattr(house.actors, name).asked(**{WHOSE.get(name, "actor_id"): which}, **only)
        for name, *_ in KINDS
    )
    counts = [part["count"] for part in await house.actors.batch(*asked)]
    try:
        counts.append((await house.councils.seats.list(actor_id=which, **only)).count or 0)
    except Unavailable:
        counts.append(0)
    return counts


def _in_words(counts: list[int], between: list[int]) -> list[str]:
    """How much of each kind comes along; what is between the two does not."""
    named = [*KINDS, ("seats", *SEATS)]
    besides = dict(zip(("relations", "mandates", "contacts"), between, strict=True))
    coming = [
        (n - besides.get(name, 0), words)
        for n, (name, *words) in zip(counts, named, strict=False)  # none of nobody
    ]
    return [counted(n, *words) for n, words in coming if n]
