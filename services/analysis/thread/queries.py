"""Questions about threads: all that a page of needs hangs together with, in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, Uuid, any_, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.following.queries import known
from services.analysis.following.sight import seen_by
from services.analysis.leaving.queries import standings_of
from services.analysis.leaving.rules import left_by
from services.analysis.tables.following import PROJECTED
from services.analysis.thread.rules import OPEN, WATCHED, Facts, actors_of
from services.kit.identity import Caller

WORK = ("decision", "initiative", "outcome")
MOST_TOGETHER = 1000
Thing = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Which needs' threads are asked for."""

    need_ids: tuple[UUID, ...] = ()
    council_ids: tuple[UUID, ...] = ()
    municipality_codes: tuple[str, ...] = ()
    watched_only: bool = False


def _holds(**part: object) -> ColumnElement[bool]:
    return PROJECTED.c.data.contains(cast(part, JSONB))


def _texts(values: Iterable[str]) -> ColumnElement[Any]:
    """A thousand values as one parameter: a thousand take longer to write than the answer does."""
    return literal(list(values), ARRAY(Text))


def _keys(values: Iterable[str]) -> ColumnElement[Any]:
    return literal([UUID(one) for one in values], ARRAY(Uuid()))


def _any_of(name: str, values: Iterable[object]) -> ColumnElement[bool]:
    return or_(*(_holds(**{name: str(value)}) for value in values))


def _asked(wanted: Wanted, caller: Caller) -> list[ColumnElement[bool]]:
    thing = PROJECTED
    found = [thing.c.entity == "need", thing.c.gone.is_(False), seen_by(caller)]
    if wanted.need_ids:
        found.append(thing.c.key.in_(wanted.need_ids))
    else:  # one that was merged is found by its own id alone: its work is that of the living
        found.append(thing.c.data["merged_into_id"].astext.is_(None))
    if wanted.council_ids:
        found.append(_any_of("council_id", wanted.council_ids))
    if wanted.municipality_codes:
        found.append(or_(*(_holds(municipality_codes=[c]) for c in wanted.municipality_codes)))
    if wanted.watched_only:
        found.append(thing.c.data["status"].astext.in_(WATCHED))
    return found


async def needs(
    db: AsyncConnection, wanted: Wanted, caller: Caller, *, limit: int, offset: int
) -> list[Thing]:
    """A page of needs, those that changed last first."""
    statement = _in_order(wanted, caller).limit(limit).offset(offset)
    return list((await db.execute(statement)).scalars())


async def needs_together(
    db: AsyncConnection, wanted: Wanted, caller: Caller
) -> tuple[list[Thing], int]:
    """As many needs as are looked at in one go, the open ones first; how many are left out."""
    is_open = PROJECTED.c.data["status"].astext.in_(OPEN).desc()
    statement = _in_order(wanted, caller, is_open).limit(MOST_TOGETHER)
    found = list((await db.execute(statement)).scalars())
    full = len(found) == MOST_TOGETHER
    return found, await count_needs(db, wanted, caller) - len(found) if full else 0


def _in_order(wanted: Wanted, caller: Caller, *first: ColumnElement[Any]) -> Select[Any]:
    thing = PROJECTED
    found = select(thing.c.data).where(*_asked(wanted, caller))
    return found.order_by(*first, thing.c.changed_at.desc(), thing.c.key)


async def count_needs(db: AsyncConnection, wanted: Wanted, caller: Caller) -> int:
    """How many needs there are."""
    statement = select(func.count()).select_from(PROJECTED).where(*_asked(wanted, caller))
    return await db.scalar(statement) or 0


async def facts_of(db: AsyncConnection, asked: Sequence[Thing], today: date) -> list[Facts]:
    """Each need with everything it hangs together with; the same few queries for any number."""
    if not asked:
        return []
    living = await _living(db, asked)
    named = PROJECTED.c.data["need_ids"].op("?|")(_texts(living))
    work = await known(db, WORK, named)
    sources = {one for need in asked for one in need["answer_ids"]}
    councils = {need["council_id"] for need in asked if need["council_id"]}
    answers = await _by_id(db, ("answer",), sources)
    interviews = {answer["interview_id"] for answer in answers.values()}
    others = await _by_id(db, ("council", "interview"), councils | interviews)
    owners = {one["owner_post_id"] for one in (*asked, *work) if one.get("owner_post_id")}
    holdings = await _holdings(db, owners)
    decisions = [one for one in work if one["entity"] == "decision"]
    kinds, replaced = await _item_kinds(db, decisions), await _replaced(db, decisions)
    again = await _looked_at_again(db, decisions)
    done = _by_need(work, living)
    found = [_facts(need, done[need["id"]], answers, others, holdings) for need in asked]
    standings = await standings_of(db, {actor for one in found for actor in actors_of(one)})
    gone = {actor: left_by(its, f"{today}") for actor, its in standings.items()}
    left = {actor: date.fromisoformat(by["valid_from"]) for actor, by in gone.items() if by}
    return [
        replace(one, item_kinds=kinds, replaced=replaced, again=again, left=left) for one in found
    ]


async def _living(db: AsyncConnection, asked: Sequence[Thing]) -> dict[str, set[str]]:
    """By each need whose work counts: those of the asked ones that it counts for.

    A need's own work does, and that of what it is a part of, with what was merged into either.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for need in asked:
        found[need["id"]].add(need["id"])
    parts = [need["id"] for need in asked if need["split_from_id"]]
    for part, whole in await _wholes(db, parts) if parts else ():
        found[whole].add(part)
    lives_on_in = PROJECTED.c.data["merged_into_id"].astext
    for one in await known(
        db, ("need",), lives_on_in.is_not(None), lives_on_in == any_(_texts(found))
    ):
        found[one["id"]] |= found[one["merged_into_id"]]
    return found


async def _wholes(db: AsyncConnection, parts: Sequence[str]) -> list[tuple[str, str]]:
    """Each part with every need that it was split from, however many times."""
    need, whole = PROJECTED.alias("part"), PROJECTED.alias("whole")
    above = cast(need.c.data["split_from_id"].astext, Uuid)
    named = need.c.key == any_(_keys(parts))
    first = select(need.c.key.label("part"), above.label("whole")).where(named)
    line = first.where(need.c.entity == "need").cte("line", recursive=True)
    further = cast(whole.c.data["split_from_id"].astext, Uuid)
    up = select(line.c.part, further).join_from(line, whole, whole.c.key == line.c.whole)
    line = line.union(up.where(whole.c.entity == "need", further.is_not(None)))
    rows = await db.execute(select(line.c.part, line.c.whole))
    return [(str(row.part), str(row.whole)) for row in rows]


async def _item_kinds(db: AsyncConnection, decisions: Iterable[Thing]) -> dict[str, str]:
    """Of what kind the points are that decisions were made at."""
    ids = {one["agenda_item_id"] for one in decisions if one["agenda_item_id"]}
    found = await _by_id(db, ("agenda_item",), ids)
    return {one: item["kind"] for one, item in found.items()}


async def _replaced(db: AsyncConnection, decisions: Iterable[Thing]) -> frozenset[str]:
    """The decisions that others took the place of, also such as name no need."""
    ids = [one["id"] for one in decisions]
    if not ids:
        return frozenset()
    named = PROJECTED.c.data["supersedes_id"].astext == any_(_texts(ids))
    return frozenset(one["supersedes_id"] for one in await known(db, ("decision",), named))


async def _looked_at_again(
    db: AsyncConnection, decisions: Iterable[Thing]
) -> dict[str, str | None]:
    """When each decision that was reviewed is looked at again, as its last review says."""
    ids = [one["id"] for one in decisions]
    if not ids:
        return {}
    of_them = PROJECTED.c.data["decision_id"].astext == any_(_texts(ids))
    reviews = await known(db, ("decision_review",), of_them)
    reviews.sort(key=lambda one: one["reviewed_on"])
    return {one["decision_id"]: one["next_review_on"] for one in reviews}


def _by_need(work: Iterable[Thing], living: Mapping[str, set[str]]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = defaultdict(list)
    for one in work:
        for need_id in set().union(*(living.get(named, ()) for named in one["need_ids"])):
            found[need_id].append(one)
    return found


def _facts(
    need: Thing,
    mine: list[Thing],
    answers: dict[str, Thing],
    others: dict[str, Thing],
    holdings: dict[str, list[Thing]],
) -> Facts:
    told = [answers[one] for one in need["answer_ids"] if one in answers]
    held = dict.fromkeys(answer["interview_id"] for answer in told)
    return Facts(
        need,
        interviews=[others[one] for one in held if one in others],
        answers=told,
        council=others.get(need["council_id"]),
        decisions=[one for one in mine if one["entity"] == "decision"],
        initiatives=[one for one in mine if one["entity"] == "initiative"],
        outcomes=[one for one in mine if one["entity"] == "outcome"],
        holdings=holdings,
    )


async def _by_id(
    db: AsyncConnection, entities: Sequence[str], ids: Iterable[str]
) -> dict[str, Thing]:
    wanted = list(ids)
    if not wanted:
        return {}
    found = await known(db, entities, PROJECTED.c.key == any_(_keys(wanted)))
    return {one["id"]: one for one in found}


async def _holdings(db: AsyncConnection, post_ids: Iterable[str]) -> dict[str, list[Thing]]:
    wanted = list(post_ids)
    found: dict[str, list[Thing]] = defaultdict(list)
    if wanted:
        at_them = PROJECTED.c.data["post_id"].astext == any_(_texts(wanted))
        for one in await known(db, ("holding",), at_them):
            found[one["post_id"]].append(one)
    return found


async def question_texts(
    db: AsyncConnection, interviews: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    """What each answer was asked: "map id/question key" to the question's text."""
    maps = await _by_id(db, ("dialogue_map",), {one["dialogue_map_id"] for one in interviews})
    return {
        f"{one['id']}/{question['key']}": question["text"]
        for one in maps.values()
        for question in one["questions"]
    }
