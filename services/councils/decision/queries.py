"""Questions about decisions."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.decision import (
    Decision,
    DecisionDraft,
    Evidence,
)
from services.councils.contract.initiative import INITIATIVE_ENDS, InitiativeStatus
from services.councils.equality import names_uneven
from services.councils.meeting.queries import with_meeting
from services.councils.need.links import about_need, about_seen, both, seen_links
from services.councils.tables.initiative import InitiativeRow
from services.councils.tables.meeting import DecisionReviewRow, DecisionRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.contract import Day, Reference
from services.kit.cursors import never_null
from services.kit.identity import Caller
from services.kit.ledger import ledger
from services.kit.paging import Filter, ownerless, same, since, until
from services.kit.store import Record, table_of


def evidence_of(columns: Any) -> ColumnElement[Any]:
    """How good a decision's basis was: the newest day that it tells of counts."""
    part = func.jsonb_array_elements(columns.basis, type_=JSONB).column_valued("part")
    newest = select(func.max(cast(part["as_of"].astext, Date))).scalar_subquery()
    return case(
        (func.jsonb_array_length(columns.basis) == 0, literal(Evidence.none.value)),
        (newest.is_(None), literal(Evidence.undated.value)),
        (newest < columns.decided_on - text("interval '18 months'"), literal(Evidence.old.value)),
        else_=literal(Evidence.current.value),
    )


def _superseding(columns: Any, when: When) -> ColumnElement[Any]:
    later = when.table(DecisionRow).alias("later")
    return select(later.c.id).where(later.c.supersedes_id == columns.id).scalar_subquery()


def _last_review(columns: Any, when: When, told: str) -> ColumnElement[Any]:
    """Of the last review of a decision that there was on the day; null where there was none."""
    review = when.table(DecisionReviewRow).alias("looked_again")
    of_it = review.c.decision_id == columns.id, review.c.reviewed_on <= when.day
    newest = select(review.c[told]).where(*of_it).order_by(review.c.reviewed_on.desc())
    return newest.limit(1).scalar_subquery()


def _looked_at_next(columns: Any, when: When, first: Any) -> ColumnElement[Any]:
    """When it is looked at again; `first` before its first review."""
    again = _last_review(columns, when, "next_review_on")
    looked = _last_review(columns, when, "reviewed_on").is_not(None)
    return case((looked, again), else_=first)


def next_review_on(columns: Any, when: When) -> ColumnElement[Any]:
    """When a decision is looked at again; null where its last review names no day.

    What is to be done by a day, and names no other to look at it, is looked at on that one.
    """
    return _looked_at_next(columns, when, func.coalesce(columns.review_on, columns.due_on))


def decision_open(columns: Any, when: When) -> ColumnElement[bool]:
    """Whether somebody is, on the day, still to carry a decision out or to look at it again.

    One that another took the place of is over. One whose initiatives are over, and one of them
    done, is carried out; where a day says that it is looked at again, it waits for that too,
    however late: what is decided then takes its place.
    """
    initiative = when.table(InitiativeRow).alias("of_decision")
    of_it = select(initiative.c.id).where(initiative.c.decision_id == columns.id)
    over = initiative.c.closed_on <= when.day
    done = of_it.where(initiative.c.status == InitiativeStatus.done, over)
    ended = and_(initiative.c.status.in_(INITIATIVE_ENDS), over)
    carried_out = and_(done.exists(), ~of_it.where(~ended).exists())
    later = when.table(DecisionRow).alias("instead")
    instead = later.c.supersedes_id == columns.id, later.c.decided_on <= when.day
    stands = ~select(later.c.id).where(*instead).exists()
    waits = _looked_at_next(columns, when, columns.review_on).is_not(None)
    return and_(stands, or_(waits, ~carried_out))


def _lacks_equality(columns: Any, when: When) -> ColumnElement[Any]:
    """Whether it is a decision that stands and that should have looked at equality."""
    stands = _superseding(columns, when).is_(None)
    return and_(columns.equality_check.is_(None), stands, names_uneven(columns, when))


def _derived(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    return (
        evidence_of(columns).label("evidence"),
        _last_review(columns, when, "reviewed_on").label("reviewed_on"),
        next_review_on(columns, when).label("next_review_on"),
        _lacks_equality(columns, when).label("equality_check_lacking"),
        _superseding(columns, when).label("superseded_by_id"),
    )


def _looked_at(holds: Callable[[Any, Sequence[Any]], Any], said: str) -> Filter:
    return Filter(
        Day,
        lambda c, values, when: holds(next_review_on(c, when), values),
        dated=True,
        keeps=f"Only with next_review_on {said}",
    )


def _superseded() -> Filter:
    """true: another decision took its place; false: it stands."""
    later = table_of(DecisionRow).alias("newer")
    return Filter(
        bool, lambda c, values: exists().where(later.c.supersedes_id == c.id) == values[0]
    )


def _with_evidence() -> Filter:
    return Filter(Evidence, lambda c, values: evidence_of(c).in_([v.value for v in values]))


def _lacking_equality() -> Filter:
    """true: one that should have looked at equality and did not; false: all others."""
    now = When(clock.today())
    return Filter(bool, lambda c, values: _lacks_equality(c, now) == values[0])


def decisions_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Members see their meetings' decisions; outsiders those of meetings that were held."""
    return both(with_meeting(caller, columns, public=True), about_seen(caller, columns))


DECISIONS = Collection(
    row=DecisionRow,
    draft=DecisionDraft,
    answer=Decision,
    path="/decisions",
    filters={
        "council_id": same("council_id", Reference),
        "meeting_id": same("meeting_id", Reference),
        "agenda_item_id": same("agenda_item_id", Reference),
        "need_id": about_need(),
        "owner_post_id": same("owner_post_id", Reference),
        "ownerless": ownerless(),
        "supersedes_id": same("supersedes_id", Reference),
        "superseded": _superseded(),
        "open": Filter(
            bool,
            lambda c, values, when: decision_open(c, when) == values[0],
            dated=True,
            keeps="true: only those to carry out or to look at again; false: only the others",
        ),
        "evidence": _with_evidence(),
        "equality_check_lacking": _lacking_equality(),
        "decided_from": since("decided_on"),
        "decided_until": until("decided_on"),
        "review_from": _looked_at(lambda day, values: day >= max(values), "from this on"),
        "review_until": _looked_at(lambda day, values: day <= min(values), "up to this"),
        "due_until": until("due_on"),
    },
    sorts=("-decided_on", "next_review_on", "review_on", "due_on", "created_at", "updated_at"),
    orders={"next_review_on": lambda c, when: never_null(next_review_on(c, when), nullable=True)},
    search=("text",),
    derive=_derived,
    parent=("/councils", "council_id"),
    visible=decisions_seen,
    narrowed={"need_ids": seen_links},
)


async def is_replaced(db: AsyncConnection, id: UUID | None) -> bool:
    """Whether another decision took the place of this one."""
    decision = table_of(DecisionRow)
    return bool(await db.scalar(select(exists().where(decision.c.supersedes_id == id))))


async def point_made_with(db: AsyncConnection, decision: Record) -> Record | None:
    """The decision's point as it was made, if one request made it right before the decision.

    With the text that the decision had then.
    """
    made, point = ledger.alias("made"), ledger.alias("point")
    together = and_(point.c.seq == made.c.seq - 1, point.c.request_id == made.c.request_id)
    text_then = made.c.after["text"].astext.label("text")
    told = point.c.after["title"].astext.label("title"), text_then
    statement = select(*told).select_from(made.join(point, together))
    statement = statement.where(
        *_is_made(made.c, "decision", decision["id"]),
        *_is_made(point.c, "agenda_item", decision["agenda_item_id"]),
    )
    found = (await db.execute(statement)).mappings().one_or_none()
    return dict(found) if found else None


def _is_made(entry: Any, noun: str, id: UUID | None) -> tuple[ColumnElement[bool], ...]:
    return entry.entity == noun, entry.op == "I", entry.key == str(id)
