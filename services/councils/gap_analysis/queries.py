"""Questions about what interviews say together."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, Uuid, and_, cast, extract, func, select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.interview import InterviewStatus, MapStatus
from services.councils.contract.need import OPEN_NEEDS
from services.councils.gap_analysis import rules
from services.councils.gap_analysis.rules import SCORES
from services.councils.interview.queries import quotes_in, said_something
from services.councils.need.links import lives_itself, needs_seen
from services.councils.sight import reads_interviews
from services.councils.tables.council import CouncilRow
from services.councils.tables.interview import AnswerRow, DialogueMapRow, InterviewRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.collection import When
from services.kit.errors import NotFound
from services.kit.identity import Caller
from services.kit.store import Record, table_of

MOST = 200  # answers to one question that are read at once
MAP, INTERVIEW, ANSWER = (table_of(one) for one in (DialogueMapRow, InterviewRow, AnswerRow))
YEAR = cast(extract("year", INTERVIEW.c.held_on), Integer).label("year")


@dataclass(frozen=True)
class Chosen:
    """Which interviews count."""

    dialogue_map_id: UUID | None = None
    council_id: UUID | None = None
    industry: str | None = None
    held_from: date | None = None
    held_to: date | None = None
    question_key: str | None = None
    alone: bool = False  # without the map's other editions

    def of_councils(self, columns: Any) -> list[ColumnElement[bool]]:
        """What belongs to the chosen council or industry."""
        found: list[ColumnElement[bool]] = []
        if self.council_id:
            found.append(columns.council_id == self.council_id)
        if self.industry:
            council = table_of(CouncilRow)
            named = func.lower(council.c.industry) == self.industry.lower()
            found.append(columns.council_id.in_(select(council.c.id).where(named)))
        return found

    def clauses(self, caller: Caller, maps: list[UUID]) -> list[ColumnElement[bool]]:
        """Those with consent that were held, of the chosen maps, council or industry, and days."""
        found = [
            INTERVIEW.c.dialogue_map_id.in_(maps),
            INTERVIEW.c.consent,
            INTERVIEW.c.status != InterviewStatus.withdrawn,
            INTERVIEW.c.held_on <= clock.today(),
        ]
        if (seen := reads_interviews(caller)) is not None:
            found.append(seen)
        found += self.of_councils(INTERVIEW.c)
        if self.held_from:
            found.append(INTERVIEW.c.held_on >= self.held_from)
        if self.held_to:
            found.append(INTERVIEW.c.held_on <= self.held_to)
        return found


async def gap_analysis(db: AsyncConnection, chosen: Chosen, caller: Caller) -> Record:
    """Figures per question, and what was said to the one that is named. NotFound."""
    the_map = await _map(db, chosen.dialogue_map_id)
    if the_map is None:
        return _nothing()
    found = [] if chosen.alone else (await db.execute(_editions(the_map["name"]))).mappings()
    editions = [dict(row) for row in found] or [the_map]
    asked = rules.asked_by(the_map, editions)
    clauses = chosen.clauses(caller, [one["id"] for one in editions])
    held = [dict(row) for row in (await db.execute(_held(clauses))).mappings()]
    said = [dict(row) for row in (await db.execute(_said(clauses))).mappings()]
    made = [dict(row) for row in (await db.execute(_made(clauses))).mappings()]
    return {
        "dialogue_map_id": the_map["id"],
        "name": the_map["name"],
        "edition": the_map["edition"],
        **(await db.execute(_all(clauses))).mappings().one(),
        "years": sorted({row["year"] for row in held}),
        "sides": rules.sides_in(held),
        "between": await _between(db, chosen, caller),
        "items": rules.items_of(the_map, asked, held, said, made),
        "answers": await _answers(db, chosen.question_key, asked, clauses),
    }


async def comparison(db: AsyncConnection, before: Chosen, after: Chosen, caller: Caller) -> Record:
    """Two rounds beside each other. NotFound."""
    rounds = [await gap_analysis(db, one, caller) for one in (before, after)]
    days = [{"held_from": one.held_from, "held_to": one.held_to} for one in (before, after)]
    return rules.compared(*(found | told for found, told in zip(rounds, days, strict=True)))


async def _between(db: AsyncConnection, chosen: Chosen, caller: Caller) -> list[Record]:
    """Open needs whose gap stands between two parties, by area."""
    need = table_of(NeedRow)
    found = select(need.c.id, need.c.areas, need.c.gap_between).where(
        need.c.status.in_(OPEN_NEEDS),
        func.cardinality(need.c.gap_between) == 2,  # noqa: PLR2004
        *chosen.of_councils(need.c),
    )
    if (seen := needs_seen(caller, need.c)) is not None:
        found = found.where(seen)
    rows = await db.execute(found.order_by(need.c.created_at.desc(), need.c.id).limit(MOST))
    return rules.between(dict(row) for row in rows.mappings())


async def _map(db: AsyncConnection, id: UUID | None) -> Record | None:
    """The map that is asked for, else the published one by which most interviews were held."""
    used = select(func.count()).where(INTERVIEW.c.dialogue_map_id == MAP.c.id).scalar_subquery()
    newest = used.desc(), MAP.c.edition.desc(), MAP.c.id
    usual = select(MAP).where(MAP.c.status == MapStatus.published).order_by(*newest).limit(1)
    question = select(MAP).where(MAP.c.id == id) if id else usual
    row = (await db.execute(question)).mappings().one_or_none()
    if row is None and id:
        raise NotFound("there is no such dialogue map")
    return dict(row) if row else None


def _editions(name: str) -> Select[Any]:
    return select(MAP.c.id, MAP.c.questions).where(MAP.c.name == name)


def _nothing() -> Record:
    counts = dict.fromkeys(("interview_count", "actor_count", "unapproved_count"), 0)
    lists: Record = {name: [] for name in ("years", "sides", "between", "items", "answers")}
    return (
        dict.fromkeys(("dialogue_map_id", "name", "edition")) | counts | lists | {"example": False}
    )


def _all(clauses: list[ColumnElement[bool]]) -> Select[Any]:
    unapproved = INTERVIEW.c.status != InterviewStatus.approved
    counts: list[ColumnElement[Any]] = [
        func.count().label("interview_count"),
        func.count(INTERVIEW.c.actor_id.distinct()).label("actor_count"),
        func.count().filter(unapproved).label("unapproved_count"),
        func.coalesce(func.bool_or(INTERVIEW.c.example), False).label("example"),
    ]
    return select(*counts).where(*clauses)


def _held(clauses: list[ColumnElement[bool]]) -> Select[Any]:
    """How many interviews there were, by map, year and party."""
    by = INTERVIEW.c.dialogue_map_id, YEAR, INTERVIEW.c.side
    return select(*by, func.count().label("interviews")).where(*clauses).group_by(*by)


def _said(clauses: list[ColumnElement[bool]]) -> Select[Any]:
    """How many answers said what, by map, year, party and question."""
    by = INTERVIEW.c.dialogue_map_id, YEAR, INTERVIEW.c.side, ANSWER.c.question_key
    counts = [
        func.count(ANSWER.c[name]).label(f"with_{name}") for name in ("present", "desired", "gap")
    ]
    scores = [
        func.count().filter(ANSWER.c.score == score).label(name)
        for score, name in enumerate(SCORES, 1)
    ]
    answered = func.count().label("answered")
    found = select(*by, answered, *counts, *scores).join_from(ANSWER, INTERVIEW)
    return found.where(*clauses, said_something(ANSWER.c)).group_by(*by)


def _made(clauses: list[ColumnElement[bool]]) -> Select[Any]:
    """Which needs were made of answers, by map and question: one of several answers is one."""
    need, by = table_of(NeedRow), (INTERVIEW.c.dialogue_map_id, ANSWER.c.question_key)
    named = need.c.answer_ids.contains(cast(array([ANSWER.c.id]), ARRAY(Uuid())))
    whole = func.array_agg(need.c.id.distinct(), type_=ARRAY(Uuid())).label("need_ids")
    found = select(*by, whole).join_from(ANSWER, INTERVIEW).join(need, named)
    return found.where(*clauses, lives_itself(need.c, When(clock.today()))).group_by(*by)


async def _answers(
    db: AsyncConnection, key: str | None, asked: rules.Asked, clauses: list[ColumnElement[bool]]
) -> list[Record]:
    if key is None or key not in asked:
        return []
    approved = INTERVIEW.c.status == InterviewStatus.approved
    told = [ANSWER.c[name] for name in ("present", "desired", "gap", "score")]
    found = select(
        ANSWER.c.id.label("answer_id"), ANSWER.c.interview_id, INTERVIEW.c.actor_id,
        INTERVIEW.c.held_on, INTERVIEW.c.side, *told, quotes_in(ANSWER.c),
        and_(ANSWER.c.quote, approved).label("quotable"),
        (ANSWER.c.example | INTERVIEW.c.example).label("example"),
    ).join_from(ANSWER, INTERVIEW)  # fmt: skip
    these = ANSWER.c.question_key == key, INTERVIEW.c.dialogue_map_id.in_(asked[key])
    order = INTERVIEW.c.held_on.desc(), ANSWER.c.id
    rows = found.where(*clauses, *these, said_something(ANSWER.c)).order_by(*order).limit(MOST)
    return [dict(row) for row in (await db.execute(rows)).mappings()]
