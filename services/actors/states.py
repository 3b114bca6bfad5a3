"""States over time: what the ledger knows that a thing with one stored state has been."""

from typing import Any

from sqlalchemy import ColumnElement, Date, Subquery, Text, cast, func, or_, select

from services.kit.collection import When
from services.kit.ledger import ledger


def known_states(columns: Any, when: When, noun: str, since: str, begun: Any = None) -> Subquery:
    """The states of a thing in the order of the ledger; `following` is what was written next.

    `since` names the column with the day that a state came; where that is null it is `begun`.
    `until` is the first day of all that was written later.
    """
    now, before = ledger.c.after, ledger.c.before
    state, day = now["state"].astext, now[since].astext
    changed = or_(
        before["state"].astext.is_distinct_from(state),
        before[since].astext.is_distinct_from(day),
    )
    came_on = func.coalesce(cast(day, Date), begun)
    found = select(
        ledger.c.seq,
        now,
        state.label("state"),
        cast(day, Date).label(since),
        came_on.label("came_on"),
        func.lead(state).over(order_by=ledger.c.seq).label("following"),
        func.min(came_on).over(order_by=ledger.c.seq, rows=(1, None)).label("until"),
    ).where(
        ledger.c.entity == noun,
        ledger.c.key == cast(columns.id, Text),
        ledger.c.op.in_(("I", "U")),
        changed,
    )
    if when.known_at:
        found = found.where(ledger.c.at <= when.known_at)
    # As in `kin_of`: two levels down the row's table would be read anew.
    return found.correlate(columns.id.table).subquery("known")


def state_on(known: Subquery, day: Any, name: str) -> ColumnElement[Any]:
    """What a column of the states was on a day; null before the first.

    A state that the next one repeats was put right by it.
    """
    last = known.c.following.is_distinct_from(known.c.state)
    chosen = select(known.c[name]).where(last, known.c.came_on <= cast(day, Date))
    found: ColumnElement[Any] = chosen.order_by(known.c.seq.desc()).limit(1).scalar_subquery()
    return found


def first_on(known: Subquery, day: Any, state: str) -> ColumnElement[Any]:
    """The first day that a thing was in a state, up to a day; null where it was not, or no day
    says when. What the next one repeats, or was written from an earlier day on, is left out.
    """
    last = known.c.following.is_distinct_from(known.c.state)
    stood = func.coalesce(known.c.until > known.c.came_on, True)
    found = select(func.min(known.c.came_on)).where(
        known.c.state == state, known.c.came_on <= cast(day, Date), last, stood
    )
    first: ColumnElement[Any] = found.scalar_subquery()
    return first
