"""Questions about what actors do together, counted with all others at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Uuid,
    and_,
    cast,
    distinct,
    exists,
    func,
    literal,
    select,
    union,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.attendance.queries import ATTENDANCES
from services.councils.contract.joint_work import JointWork
from services.councils.contract.meeting import MeetingStatus
from services.councils.initiative.queries import INITIATIVES, OUTCOMES
from services.councils.load.queries import is_running
from services.councils.membership import day_in_sweden
from services.councils.seat.queries import SEATS
from services.councils.tables.council import SeatRow
from services.councils.tables.initiative import InitiativeRow, OutcomeRow
from services.councils.tables.meeting import AttendanceRow, MeetingRow
from services.kit.collection import Collection, When
from services.kit.identity import Caller
from services.kit.rows import local_day
from services.kit.store import Record

COUNTS = tuple(name for name in JointWork.model_fields if name != "actor_id")
Ids = Sequence[UUID]


class _Two:
    """One actor by all its ids, and the others: all of them, or one by all of its ids."""

    def __init__(self, mine: Ids, others: Ids, caller: Caller, when: When) -> None:
        self.mine, self.others, self.caller, self.when = mine, others, caller, when

    def seen(self, things: Collection, columns: Any) -> list[ColumnElement[bool]]:
        """What of a noun the caller may know of."""
        found = things.visible(self.caller, columns)
        return [] if found is None else [found]

    def between(self, one: Any, other: Any) -> ColumnElement[bool]:
        """That two columns of actors are these two."""
        return and_(one.in_(self.mine), self.apart(other))

    def apart(self, other: Any) -> ColumnElement[bool]:
        """That a column of actors is one of the others."""
        found: ColumnElement[bool] = other.not_in(self.mine)
        return and_(found, other.in_(self.others)) if self.others else found

    def called(self, other: Any) -> ColumnElement[Any]:
        """The id that the other one is answered by: of one asked about, the first of its ids."""
        found: ColumnElement[Any] = literal(self.others[0], Uuid()) if self.others else other
        return found.label("actor_id")

    def told(self, other: Any, **counts: ColumnElement[Any]) -> Select[Any]:
        """One part of the counts, with zeros for the rest."""
        told = (cast(counts.get(name, literal(0)), Integer).label(name) for name in COUNTS)
        return select(self.called(other), *told)


def _sat(two: _Two) -> Select[Any]:
    """Councils, by seats at the same time that had begun by the day."""
    one, other = (two.when.table(SeatRow).alias(name) for name in ("one_seat", "other_seat"))
    now = and_(one.c.valid.op("@>")(two.when.day), other.c.valid.op("@>")(two.when.day))
    ever = func.count(distinct(one.c.council_id))
    told = two.told(other.c.actor_id, council_count=ever, present_council_count=ever.filter(now))
    return (
        told.select_from(one)
        .join(other, other.c.council_id == one.c.council_id)
        .where(
            two.between(one.c.actor_id, other.c.actor_id),
            one.c.valid.op("&&")(other.c.valid),
            func.greatest(one.c.valid_from, other.c.valid_from) <= two.when.day,
            *two.seen(SEATS, one.c),
        )
        .group_by(*_by(two, other.c.actor_id))
    )


def _by(two: _Two, other: Any) -> list[Any]:
    return [] if two.others else [other]


def _present(two: _Two, name: str) -> Any:
    """Who was at which meeting: an actor by its seat, or as a guest."""
    came, seat = two.when.table(AttendanceRow).alias(name), two.when.table(SeatRow)
    its_seat = seat.alias(f"{name}_seat")
    actor = func.coalesce(came.c.actor_id, its_seat.c.actor_id)
    return (
        select(came.c.meeting_id, actor.label("actor_id"))
        .select_from(came)
        .outerjoin(its_seat, its_seat.c.id == came.c.seat_id)
        .where(came.c.attended, *two.seen(ATTENDANCES, came.c))
        .subquery(f"{name}_present")
    )


def _met(two: _Two) -> Select[Any]:
    one, other = _present(two, "one_came"), _present(two, "other_came")
    meeting = two.when.table(MeetingRow).alias("met")
    told = two.told(other.c.actor_id, meeting_count=func.count(distinct(meeting.c.id)))
    return (
        told.select_from(one)
        .join(other, other.c.meeting_id == one.c.meeting_id)
        .join(meeting, meeting.c.id == one.c.meeting_id)
        .where(
            two.between(one.c.actor_id, other.c.actor_id),
            meeting.c.status == MeetingStatus.held,
            day_in_sweden(meeting.c.starts_at) <= two.when.day,
        )
        .group_by(*_by(two, other.c.actor_id))
    )


def _led(initiative: Any) -> Any:
    """Who leads or takes part in some initiatives."""
    c = initiative.c
    partner = func.jsonb_array_elements(cast(c.partners, JSONB)).table_valued("value")
    partner = partner.alias("partner")
    theirs = cast(partner.c.value.cast(JSONB)["actor_id"].astext, Uuid())
    return union(
        select(c.id, c.lead_actor_id.label("actor_id")),
        select(c.id, theirs).select_from(initiative).join(partner, literal(True)),
    ).subquery("part_in")


def _did(two: _Two) -> Select[Any]:
    """Initiatives of both, which had begun or been written down by the day."""
    source, when = two.when.table(InitiativeRow).alias("worked"), two.when
    outcome = when.table(OutcomeRow).alias("came_of")
    resulted = exists(select(outcome.c.id).where(
        outcome.c.initiative_id == source.c.id, outcome.c.happened_on <= when.day,
        *two.seen(OUTCOMES, outcome.c),
    ).correlate(source))  # fmt: skip
    there = func.least(source.c.decided_on, source.c.started_on, local_day(source.c.created_at))
    mine = INITIATIVES.filters["actor_id"].clause(source.c, list(two.mine))
    theirs = [source.c.id, source.c.lead_actor_id, source.c.partners]
    told_of = is_running(source.c, when).label("running"), resulted.label("resulted")
    worked = (
        select(*theirs, *told_of)
        .where(mine, there <= when.day, *two.seen(INITIATIVES, source.c))
        .cte("worked_on")
    )
    part = _led(worked)
    whole = func.count(distinct(worked.c.id))
    told = two.told(
        part.c.actor_id, initiative_count=whole,
        running_initiative_count=whole.filter(worked.c.running),
        outcome_initiative_count=whole.filter(worked.c.resulted),
    )  # fmt: skip
    found = told.select_from(worked).join(part, part.c.id == worked.c.id)
    found = found.where(two.apart(part.c.actor_id))
    return found.group_by(*_by(two, part.c.actor_id))


async def joint_work(
    db: AsyncConnection, mine: Ids, others: Ids, caller: Caller, when: When
) -> list[Record]:
    """What an actor does together with others, the most work first, in one query."""
    two = _Two(mine, others, caller, when)
    parts = union_all(_sat(two), _met(two), _did(two)).subquery("parts")
    whole = {name: func.sum(parts.c[name]) for name in COUNTS}
    order = ("initiative_count", "outcome_initiative_count", "council_count", "meeting_count")
    statement = (
        select(parts.c.actor_id, *(cast(one, Integer).label(n) for n, one in whole.items()))
        .group_by(parts.c.actor_id)
        .order_by(*(whole[name].desc() for name in order), parts.c.actor_id)
    )
    names = ("actor_id", *COUNTS)
    return [dict(zip(names, row, strict=True)) for row in await db.execute(statement)]
