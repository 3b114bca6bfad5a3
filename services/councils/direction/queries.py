"""Questions about directions and their answers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, any_, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.decision import Evidence
from services.councils.contract.direction import (
    Direction,
    DirectionAnswer,
    DirectionAnswerDraft,
    DirectionDraft,
    DirectionReply,
    ReplyState,
)
from services.councils.contract.need import Horizon
from services.councils.decision.queries import decisions_seen, evidence_of
from services.councils.direction.waiting import (
    name_of,
    on_a_side,
    reply_state,
    still_there,
)
from services.councils.membership import in_own_council
from services.councils.need.links import about_need, about_seen, both, needs_seen, seen_links
from services.councils.sight import only_member
from services.councils.tables.council import CouncilRow
from services.councils.tables.direction import DirectionAnswerRow, DirectionRow
from services.councils.tables.meeting import DecisionRow
from services.councils.tables.need import NeedRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference, Year
from services.kit.identity import Caller
from services.kit.paging import Filter, has, same, since, until
from services.kit.store import table_of


def _replaced(columns: Any, when: When) -> ColumnElement[bool]:
    """Whether another decision took the place of its own by the day."""
    later = when.table(DecisionRow).alias("instead")
    by_then = later.c.supersedes_id == columns.decision_id, later.c.decided_on <= when.day
    return select(later.c.id).where(*by_then).correlate(columns.id.table).exists()


def _waiting(columns: Any, when: When) -> Any:
    """The councils that have not answered and are waited for."""
    # Said aloud: two queries deep, SQLAlchemy would take the directions anew.
    whole = columns.id.table
    council = when.table(CouncilRow).alias("addressed")
    given = when.table(DirectionAnswerRow).alias("given")
    own = given.c.direction_id == columns.id, given.c.council_id == council.c.id
    answered = select(given.c.id).where(*own, given.c.answered_on <= when.day)
    waits = ~answered.correlate(whole, council).exists(), still_there(council.c, when)
    asked = council.c.id == any_(columns.council_ids)
    found = select(council.c.id).where(asked, *waits, ~_replaced(columns, when))
    return found.order_by(council.c.id).correlate(whole)


def _state(columns: Any, when: When) -> ColumnElement[str]:
    given = when.table(DirectionAnswerRow).alias("answer_of")
    by_then = given.c.direction_id == columns.id, given.c.answered_on <= when.day
    count = select(func.count()).select_from(given).where(*by_then).scalar_subquery()
    return reply_state(
        columns,
        when,
        waits=_waiting(columns, when).exists(),
        answered=count == func.cardinality(columns.council_ids),
    )


def _evidence(columns: Any, when: When) -> ColumnElement[str]:
    decision = when.table(DecisionRow).alias("its_decision")
    found = select(evidence_of(decision.c)).where(decision.c.id == columns.decision_id)
    return found.scalar_subquery()


def _derived(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    waiting = _waiting(columns, when).scalar_subquery()
    return (
        _state(columns, when).label("state"),
        func.array(waiting, type_=ARRAY(Uuid())).label("waiting_council_ids"),
        _evidence(columns, when).label("evidence"),
        name_of(columns.council_id, when).label("council_name"),
    )


def _came_on(columns: Any, when: When) -> ColumnElement[Any]:
    decision = when.table(DecisionRow).alias("deciding")
    day = select(decision.c.decided_on).where(decision.c.id == columns.decision_id)
    return day.scalar_subquery()


def directions_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Members see what their councils sent and got; others what they see the decision of."""
    if only_member(caller):
        asks = in_own_council(caller, columns.council_id)
        answers = in_own_council(caller, any_(columns.council_ids))
        return None if asks is None or answers is None else or_(asks, answers)
    decision = table_of(DecisionRow).alias("seen_decision")
    seen = decisions_seen(caller, decision.c)
    if seen is None:
        return about_seen(caller, columns)
    known = select(decision.c.id).where(decision.c.id == columns.decision_id, seen).exists()
    return both(known, about_seen(caller, columns))


def _seen_priorities(caller: Caller, columns: Any, _when: When) -> ColumnElement[Any] | None:
    """The priorities, of their needs those that the caller may know of."""
    need = table_of(NeedRow).alias("priority_need")
    seen = needs_seen(caller, need.c)
    if seen is None:
        return None
    parts = func.jsonb_array_elements(columns.priorities, type_=JSONB)
    one = parts.table_valued("value", with_ordinality="place", name="one").render_derived()
    named = one.c.value.cast(JSONB)["need_ids"]
    known = select(func.jsonb_agg(func.to_jsonb(need.c.id)))
    known = known.where(named.op("@>")(func.to_jsonb(need.c.id)), seen)
    ids = func.coalesce(known.correlate(one).scalar_subquery(), literal([], JSONB))
    told = one.c.value.cast(JSONB).op("||")(func.jsonb_build_object("need_ids", ids))
    whole = select(func.jsonb_agg(aggregate_order_by(told, one.c.place)))
    return func.coalesce(whole.correlate(columns.id.table).scalar_subquery(), literal([], JSONB))


def _with_evidence() -> Filter:
    return Filter(
        Evidence,
        lambda c, values, when: _evidence(c, when).in_([v.value for v in values]),
        dated=True,
    )


DIRECTIONS = Collection(
    row=DirectionRow,
    draft=DirectionDraft,
    answer=Direction,
    path="/directions",
    filters={
        "council_id": same("council_id", Reference),
        "to_council_id": has("council_ids", Reference),
        "post_id": on_a_side(lambda c: (c.council_id, any_(c.council_ids))),
        "decision_id": same("decision_id", Reference),
        "need_id": about_need(),
        "state": Filter(
            ReplyState, lambda c, values, when: _state(c, when).in_(values), dated=True
        ),
        "horizon": same("horizon", Horizon),
        "year": same("year", Year),
        "evidence": _with_evidence(),
        "answer_from": since("answer_by"),
        "answer_until": until("answer_by"),
    },
    sorts=("answer_by", "title", "year", "created_at", "updated_at"),
    search=("title", "text"),
    derive=_derived,
    parent=("/councils", "council_id"),
    visible=directions_seen,
    narrowed={"need_ids": seen_links, "priorities": _seen_priorities},
    on=_came_on,
)


def answers_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """An answer is seen with its direction."""
    direction = table_of(DirectionRow).alias("its_direction")
    seen = directions_seen(caller, direction.c)
    if seen is None:
        return None
    return exists().where(direction.c.id == columns.direction_id, seen)


DIRECTION_ANSWERS = Collection(
    row=DirectionAnswerRow,
    draft=DirectionAnswerDraft,
    answer=DirectionAnswer,
    path="/direction-answers",
    filters={
        "direction_id": same("direction_id", Reference),
        "council_id": same("council_id", Reference),
        "answer": same("answer", DirectionReply),
        "answered_from": since("answered_on"),
        "answered_until": until("answered_on"),
    },
    sorts=("-answered_on", "created_at", "updated_at"),
    parent=("/directions", "direction_id"),
    visible=answers_seen,
    on=lambda columns, _: columns.answered_on,
)


async def who_answered(db: AsyncConnection, direction_id: UUID) -> set[UUID]:
    """The councils that have answered a direction."""
    given = table_of(DirectionAnswerRow)
    found = select(given.c.council_id).where(given.c.direction_id == direction_id)
    return set((await db.execute(found)).scalars())


async def closed_among(db: AsyncConnection, ids: Sequence[UUID]) -> set[UUID]:
    """Those of some councils that are closed."""
    council = table_of(CouncilRow)
    closed = and_(council.c.id.in_(ids), council.c.closed_on.is_not(None))
    return set((await db.execute(select(council.c.id).where(closed))).scalars())
