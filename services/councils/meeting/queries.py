"""Questions about meetings."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    case,
    cast,
    distinct,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.calling import REACHED
from services.councils.contract.invitation import (
    TO_SEND_AGAIN,
    InvitationMethod,
    InvitationState,
)
from services.councils.contract.meeting import Meeting, MeetingDraft, MeetingStatus, MinutesState
from services.councils.membership import in_own_time, insider
from services.councils.tables.council import CouncilRow
from services.councils.tables.invitation import InvitationRow
from services.councils.tables.meeting import ActionItemRow, DecisionRow, MeetingRow
from services.kit import clock
from services.kit.clock import STOCKHOLM
from services.kit.collection import Collection, When
from services.kit.contract import Day, Reference
from services.kit.identity import Caller
from services.kit.paging import Filter, same
from services.kit.store import Record, table_of

# Eight years of a meeting each week: every program that follows asks for all of them each hour.
MOST_IN_CALENDAR = 400
DAY = timedelta(days=1)
PAST = 10**12  # more seconds than any year has behind it


def day_of(moment: datetime) -> date:
    """The date that a moment has in Sweden."""
    return moment.astimezone(STOCKHOLM).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, STOCKHOLM)


def _starts_from() -> Filter:
    """On this Swedish date or later."""
    return Filter(Day, lambda c, values: c.starts_at >= _midnight(max(values)))


def _starts_until() -> Filter:
    """On this Swedish date or earlier."""
    return Filter(Day, lambda c, values: c.starts_at < _midnight(clock.from_day(min(values), DAY)))


def _nearness(columns: Any, when: When) -> ColumnElement[int]:
    """Those of the day and later by when they are, then the past ones from the latest back."""
    seconds = cast(func.extract("epoch", columns.starts_at), BigInteger)
    return case((columns.starts_at >= _midnight(when.day), seconds - PAST), else_=-seconds)


def _called() -> Filter:
    """Whether any letter about it was written."""
    letter = table_of(InvitationRow).alias("letter")
    keeps = "true: only those that somebody was called to by a letter; false: only the others"
    return Filter(
        bool,
        lambda c, values: exists().where(letter.c.meeting_id == c.id) == values[0],
        keeps=keeps,
    )


def _undelivered() -> Filter:
    """Whether a letter waits for a person: the newest to somebody failed, or nobody knows."""
    letter, newer = table_of(InvitationRow).alias("stuck"), table_of(InvitationRow).alias("newer")
    of = (newer.c[name] == letter.c[name] for name in ("meeting_id", "seat_id", "person_id"))
    gone = newer.c.state == InvitationState.skipped
    later = exists().where(*of, newer.c.sequence > letter.c.sequence, not_(gone))
    stuck = letter.c.state.in_(TO_SEND_AGAIN), letter.c.revoked.is_(False), not_(later)
    keeps = "true: only those with a letter that failed, or may have; false: only the others"
    return Filter(
        bool,
        lambda c, values: exists().where(letter.c.meeting_id == c.id, *stuck) == values[0],
        keeps=keeps,
    )


def _told(columns: Any, when: When) -> ColumnElement[int]:
    letter = when.table(InvitationRow).alias("told_letter")
    got = letter.c.state.in_(REACHED), letter.c.method == InvitationMethod.request
    who = func.count(distinct(tuple_(letter.c.seat_id, letter.c.person_id)))
    mine = letter.c.meeting_id == columns.id, letter.c.revoked.is_(False)
    return select(who).select_from(letter).where(*mine, *got).scalar_subquery()


def up_to(item: Any, origin: Any, council_id: Any, starts_at: Any) -> ColumnElement[bool]:
    """That an action item was there before a meeting of its council: not what that gave."""
    earlier = or_(origin.c.id.is_(None), origin.c.starts_at < starts_at)
    return and_(item.c.council_id == council_id, earlier)


def _open_items(columns: Any, when: When) -> ColumnElement[int]:
    item = when.table(ActionItemRow).alias("open_item")
    origin = when.table(MeetingRow).alias("origin")
    count = (
        select(func.count())
        .select_from(item.outerjoin(origin, origin.c.id == item.c.meeting_id))
        .where(item.c.done_on.is_(None), up_to(item, origin, columns.council_id, columns.starts_at))
    )
    return count.scalar_subquery()


def _decisions(columns: Any, when: When) -> ColumnElement[int]:
    decision = when.table(DecisionRow).alias("decided")
    count = select(func.count()).select_from(decision).where(decision.c.meeting_id == columns.id)
    return count.scalar_subquery()


def _derived(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    return (
        _open_items(columns, when).label("open_action_items"),
        _decisions(columns, when).label("decision_count"),
        _told(columns, when).label("called_count"),
    )


def meetings_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Members see the meetings of their seats' time; others see all."""
    return in_own_time(caller, columns.council_id, columns.starts_at)


def with_meeting(
    caller: Caller, columns: Any, *, public: bool = False
) -> ColumnElement[bool] | None:
    """What hangs on a meeting (column meeting_id) is seen with it.

    What is `public` only then is seen by outsiders once the meeting was held.
    """
    meeting = table_of(MeetingRow).alias("its_meeting")
    narrowed = meetings_seen(caller, meeting.c)
    if public and not insider(caller):
        narrowed = meeting.c.status == MeetingStatus.held
    if narrowed is None:
        return None
    return select(literal(1)).where(meeting.c.id == columns.meeting_id, narrowed).exists()


MEETINGS = Collection(
    row=MeetingRow,
    draft=MeetingDraft,
    answer=Meeting,
    path="/meetings",
    filters={
        "council_id": same("council_id", Reference),
        "series_id": same("series_id", Reference),
        "status": same("status", MeetingStatus),
        "called": _called(),
        "undelivered": _undelivered(),
        "minutes_state": same("minutes_state", MinutesState),
        "starts_from": _starts_from(),
        "starts_until": _starts_until(),
    },
    sorts=("starts_at", "nearness", "title", "status", "created_at", "updated_at"),
    orders={"nearness": _nearness},
    search=("title", "place"),
    derive=_derived,
    parent=("/councils", "council_id"),
    visible=meetings_seen,
)


async def meetings_of(db: AsyncConnection, council_id: UUID, caller: Caller) -> list[Record]:
    """A council's meetings that the caller may know of, the newest ones, for a calendar."""
    meeting = table_of(MeetingRow)
    found = select(meeting).where(meeting.c.council_id == council_id)
    seen = meetings_seen(caller, meeting.c)
    found = found if seen is None else found.where(seen)
    newest = found.order_by(meeting.c.starts_at.desc(), meeting.c.id).limit(MOST_IN_CALENDAR)
    return [dict(row) for row in (await db.execute(newest)).mappings()]


async def meetings_led(db: AsyncConnection, caller: Caller) -> list[Record]:
    """The meetings of the councils that the caller's posts lead, the newest ones."""
    meeting, council = table_of(MeetingRow), table_of(CouncilRow)
    joined = meeting.join(council, council.c.id == meeting.c.council_id)
    led = council.c.process_leader_post_id.in_(caller.post_ids)
    found = select(meeting, council.c.name.label("council_name")).select_from(joined).where(led)
    newest = found.order_by(meeting.c.starts_at.desc(), meeting.c.id).limit(MOST_IN_CALENDAR)
    return [dict(row) for row in (await db.execute(newest)).mappings()]


async def days_decided(db: AsyncConnection, id: UUID) -> list[date]:
    """The days of what a meeting decided, the first one first."""
    decision = table_of(DecisionRow)
    day = decision.c.decided_on
    found = select(day).where(decision.c.meeting_id == id).distinct().order_by(day)
    return list((await db.execute(found)).scalars())
