"""How threads and breaks are answered: names in place of ids, sorted, with their days."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.thread import BreakKind
from services.analysis.following.queries import labels, withheld
from services.analysis.following.sight import reads_interviews
from services.analysis.thread.queries import question_texts
from services.analysis.thread.rules import ORDER, Broken, Fact, Facts, Link, breaks, links
from services.kit.identity import Caller

Shown = dict[str, Any]
# What was said, and is taken back where the consent to use it ended.
SAID, WITHDRAWN = ("interviews", "answers"), "withdrawn"
WITHHELD = {"label": None, "withheld": True}
AllBroken = list[tuple[list[Fact], Broken]]


async def threads_of(
    db: AsyncConnection, found: Sequence[Facts], today: date, caller: Caller
) -> list[Shown]:
    """Threads as the contract shows them; what the caller may not open is withheld by name."""
    texts = await question_texts(db, [one for facts in found for one in facts.interviews])
    drawn = [(facts, links(facts), breaks(facts, today)) for facts in found]
    ids = {UUID(link.thing["id"]) for _, all_links, _ in drawn for link in all_links}
    held = [one for facts in found for one in facts.interviews if reads_interviews(caller)]
    names = await _named(db, [*ids, *(UUID(one["actor_id"]) for one in held)], caller)
    # An interview has no name of its own: it is known by whom it was held with.
    names |= {one["id"]: names[one["actor_id"]] for one in held if one["actor_id"] in names}
    return [
        _thread(facts, all_links, names, texts)
        | {"breaks": [break_of([facts.need], one, names, today) for one in broken]}
        for facts, all_links, broken in drawn
    ]


def broken_in(found: Sequence[Facts], today: date, kinds: Collection[BreakKind] = ()) -> AllBroken:
    """Every break of some kinds (of all where none are named), the oldest first.

    One thing that stops the threads of several needs is one break, with all of them.
    """
    stopped: dict[tuple[BreakKind, str], tuple[list[Fact], Broken]] = {}
    for facts in found:
        for one in breaks(facts, today):
            if not kinds or one.kind in kinds:
                stopped.setdefault((one.kind, one.thing["id"]), ([], one))[0].append(facts.need)
    return sorted(stopped.values(), key=lambda pair: (pair[1].since, pair[1].thing["id"]))


async def breaks_of(
    db: AsyncConnection, broken: AllBroken, today: date, caller: Caller
) -> list[Shown]:
    """Breaks as the contract shows them; names are read for these alone."""
    names = await _named(db, list({UUID(one.thing["id"]) for _, one in broken}), caller)
    return [break_of(needs, one, names, today) for needs, one in broken]


async def _named(db: AsyncConnection, ids: Sequence[UUID], caller: Caller) -> dict[str, Any]:
    """What things are called; of those that the caller may not know of, that it is withheld."""
    names: dict[str, Any] = dict(await labels(db, ids, caller))
    nameless = [one for one in ids if str(one) not in names]
    return names | {str(one): WITHHELD for one in await withheld(db, nameless, caller)}


def _thread(
    facts: Facts,
    all_links: list[Link],
    names: Mapping[str, Any],
    texts: Mapping[str, str],
) -> Shown:
    need = facts.need
    reached = max((link.stage for link in all_links), key=ORDER.__getitem__)
    return {
        "need_id": need["id"],
        "name": _told_of(need, names).get("label") or "",
        "status": need["status"],
        "horizon": need["horizon"],
        "council_id": need["council_id"],
        "municipality_codes": need["municipality_codes"],
        "example": need["example"],
        "steps": [_step(facts, link, names, texts) for link in all_links],
        "reached": reached,
    }


def _step(facts: Facts, link: Link, names: Mapping[str, Any], texts: Mapping[str, str]) -> Shown:
    thing = _thing(link.thing, link.noun, names)
    if link.noun == "answers":
        thing |= {"name": _asked(facts, link.thing, texts), "withheld": False}
    return {
        "stage": link.stage,
        "thing": thing,
        "on": link.on,
        "from_ids": list(link.follows),
        "status": _status(link),
    }


def _status(link: Link) -> str | None:
    if link.noun == "initiatives":
        return str(link.thing["status"])
    ended = link.thing.get("withdrawn") or link.thing.get("status") == WITHDRAWN
    return WITHDRAWN if link.noun in SAID and ended else None


def _asked(facts: Facts, answer: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """An answer is known by its question; its text stays with the interview."""
    for interview in facts.interviews:
        if interview["id"] == answer["interview_id"]:
            place = f"{interview['dialogue_map_id']}/{answer['question_key']}"
            return texts.get(place, answer["question_key"])
    return str(answer["question_key"])


def break_of(needs: Sequence[Fact], broken: Broken, names: Mapping[str, Any], today: date) -> Shown:
    """A break as the contract shows it: on what, since when, and who can mend it."""
    thing, need = broken.thing, needs[0]
    return {
        "kind": broken.kind,
        "stage": broken.stage,
        "need_ids": [one["id"] for one in needs],
        "thing": _thing(thing, broken.noun, names),
        "since": broken.since,
        "days": max((today - broken.since).days, 0),
        "council_id": need["council_id"],
        "owner_post_id": thing.get("owner_post_id") or need["owner_post_id"],
        "example": broken.example or any(one["example"] for one in (thing, *needs)),
    }


def _thing(thing: Fact, noun: str, names: Mapping[str, Any]) -> Shown:
    told = _told_of(thing, names)
    name, hidden = told.get("label"), told.get("withheld", False)
    return {"id": thing["id"], "noun": noun, "name": name, "withheld": hidden}


def _told_of(thing: Fact, names: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = names.get(thing["id"], {})
    return found
