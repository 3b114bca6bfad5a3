"""The day that seats were filled: by what was counted, or by what came of it where nobody did."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from services.councils.contract.initiative import INITIATIVE_ENDS, InitiativeStatus
from services.councils.need.links import names_need
from services.councils.tables.initiative import HeadcountRow, InitiativeRow, OutcomeRow
from services.kit.store import table_of

GIVES_SEATS = (InitiativeStatus.decided, InitiativeStatus.running, InitiativeStatus.done)


def began(initiative: Any) -> ColumnElement[Any]:
    """The first day that an initiative was more than a proposal."""
    return func.least(initiative.c.decided_on, initiative.c.started_on)


def counted_full(need_id: ColumnElement[Any], lacking: ColumnElement[int]) -> Select[Any]:
    """The days on which the headcounts of all the need's initiatives told of filled seats."""
    on, its = table_of(HeadcountRow).alias("counted"), table_of(InitiativeRow).alias("its")
    found = select(on.c.counted_on.label("on"), on.c.id.label("shown_by"), on.c.example)
    found = found.join(its, its.c.id == on.c.initiative_id).where(names_need(its.c, need_id))
    return found.where(_all_full(need_id, lacking, on.c.counted_on))


def _all_full(
    need_id: ColumnElement[Any], lacking: ColumnElement[int], day: ColumnElement[Any]
) -> ColumnElement[Any]:
    """By the newest headcount of each up to the day; whom nobody counted until later is not full.

    Seats that a stopped one left empty are nobody's to fill, nor those of one that is done without
    anybody having come. Where seats are unknown, as many as were lacking are to have begun; those
    of one that nobody came to are not.
    """
    given, last = table_of(InitiativeRow).alias("given"), table_of(HeadcountRow).alias("last")
    begun = func.coalesce(last.c.filled, last.c.completed, 0)
    full = func.coalesce(begun >= last.c.seats, last.c.id.is_not(None))
    due = case((func.bool_or(last.c.seats.is_(None)), lacking), else_=1)
    joined = given.outerjoin(last, and_(last.c.initiative_id == given.c.id, _newest(last, day)))
    found = select(and_(func.bool_and(full), func.sum(begun) >= due)).select_from(joined)
    found = found.where(
        names_need(given.c, need_id),
        _is_counted(given.c.id),
        or_(last.c.id.is_not(None), began(given) <= day),
        or_(given.c.status.in_(GIVES_SEATS), full),
        ~_cancelled(given),
    )
    return found.correlate_except(given, last).scalar_subquery()


def _newest(last: Any, day: ColumnElement[Any]) -> ColumnElement[bool]:
    other = table_of(HeadcountRow).alias("other")
    same = other.c.initiative_id == last.c.initiative_id, other.c.counted_on <= day
    newest = select(func.max(other.c.counted_on)).where(*same).correlate_except(other)
    found: ColumnElement[bool] = last.c.counted_on == newest.scalar_subquery()
    return found


def _cancelled(given: Any) -> ColumnElement[bool]:
    """Whether it has ended, and whoever counted found that nobody had come: a cancelled course."""
    return and_(
        given.c.status.in_(INITIATIVE_ENDS), _came(given, at_least=0), ~_came(given, at_least=1)
    )


def _came(given: Any, *, at_least: int) -> ColumnElement[bool]:
    """Whether any headcount tells of so many; one that tells of seats alone tells of nobody."""
    count = table_of(HeadcountRow).alias("came")
    came = func.coalesce(count.c.filled, count.c.completed) >= at_least
    found = select(count.c.id).where(count.c.initiative_id == given.c.id, came)
    return found.correlate_except(count).exists()


def _is_counted(initiative_id: ColumnElement[Any]) -> ColumnElement[bool]:
    count = table_of(HeadcountRow).alias("ever")
    found = select(count.c.id).where(count.c.initiative_id == initiative_id)
    return found.correlate_except(count).exists()


def told_full(need_id: ColumnElement[Any], lacking: ColumnElement[int]) -> Select[Any]:
    """Outcomes with as many employed as were lacking, where nobody counted who began.

    A course that was counted and cancelled tells nothing of the others.
    """
    outcome, its = table_of(OutcomeRow), table_of(InitiativeRow).alias("its")
    ours = select(its.c.id).where(names_need(its.c, need_id)).correlate_except(its)
    counted = ours.where(_is_counted(its.c.id), ~_cancelled(its)).exists()
    theirs = names_need(outcome.c, need_id) | outcome.c.initiative_id.in_(ours)
    day = outcome.c.happened_on
    found = select(day.label("on"), outcome.c.id.label("shown_by"), outcome.c.example)
    return found.where(theirs, outcome.c.persons_employed >= lacking, ~counted)
