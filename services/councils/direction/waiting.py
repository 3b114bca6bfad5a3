"""Waiting: where a question from one council to another stands, and who is on a side of it."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, or_, select

from services.councils.contract.direction import EarlierAnswer, ReplyState
from services.councils.tables.council import CouncilRow, SeatRow
from services.kit import clock
from services.kit.collection import When
from services.kit.contract import Reference
from services.kit.paging import Filter
from services.kit.store import Record


def still_there(council: Any, when: When) -> ColumnElement[bool]:
    """Whether a council is not closed by the day: nobody waits for one that is."""
    return or_(council.closed_on.is_(None), council.closed_on > when.day)


def reply_state(
    columns: Any, when: When, *, waits: ColumnElement[bool], answered: ColumnElement[bool]
) -> ColumnElement[str]:
    """The state of what has a last day to answer, by whether somebody is waited for on the day."""
    late = columns.answer_by < when.day
    return case(
        (and_(waits, late), literal(ReplyState.overdue.value)),
        (waits, literal(ReplyState.open.value)),
        (answered, literal(ReplyState.answered.value)),
        else_=literal(ReplyState.lapsed.value),
    )


def name_of(council_id: Any, when: When) -> ColumnElement[str]:
    """What a council is called: who may read a question may know who asks and is asked."""
    council = when.table(CouncilRow).alias(f"named_by_{council_id.key}")
    return select(council.c.name).where(council.c.id == council_id).scalar_subquery()


def kept(before: Record, text: str | None) -> list[dict[str, Any]]:
    """What was answered before, with the answer that is about to be changed."""
    last = EarlierAnswer(
        answer=before["answer"], text=text, answered_on=before["answered_on"], until=clock.now()
    )
    return [*before["earlier_answers"], last.model_dump(mode="json")]


def on_a_side(sides: Callable[[Any], Sequence[Any]]) -> Filter:
    """What a council asks, or is asked, where any of these posts sits or leads the process."""

    def clause(columns: Any, values: Sequence[Any], when: When) -> ColumnElement[bool]:
        seat = when.table(SeatRow).alias("side_seat")
        council = when.table(CouncilRow).alias("side_council")
        sits = seat.c.post_id.in_(values), seat.c.valid.op("@>")(when.day)
        seated = select(seat.c.council_id).where(*sits)
        led = select(council.c.id).where(council.c.process_leader_post_id.in_(values))
        theirs = seated.union(led).subquery("theirs")
        own = or_(*(theirs.c.council_id == side for side in sides(columns)))
        return select(theirs.c.council_id).where(own).correlate(columns.id.table).exists()

    keeps = "Only what a council asks, or is asked, where this post sits or leads the process"
    return Filter(Reference, clause, dated=True, keeps=keeps)
