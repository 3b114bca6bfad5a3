"""Membership: what council members may know of, by the seats that their posts hold."""

from typing import Any

from sqlalchemy import ColumnElement, Date, Select, cast, func, literal, or_, select

from services.councils.sight import only_member
from services.councils.tables.council import SeatRow
from services.kit.identity import Caller
from services.kit.store import table_of


def insider(caller: Caller) -> bool:
    """Whether the caller may read what is not approved yet, where it is seen at all.

    A council member is one in the councils that are the only ones such a caller sees.
    """
    staff = caller.has_role("process_leader", "administrator", "strategist")
    return staff or only_member(caller) or (caller.kind != "user" and caller.bound_to is None)


def day_in_sweden(moment: Any) -> ColumnElement[Any]:
    """The date that a moment has in Sweden."""
    return cast(func.timezone("Europe/Stockholm", moment), Date)


def _seats_of(caller: Caller) -> tuple[Any, Select[Any]]:
    """The living seats of the caller's posts; those that ended with their council stay open."""
    seat = table_of(SeatRow).alias("own_seat")
    living = or_(seat.c.valid.op("@>")(day_in_sweden(func.now())), seat.c.ended_with_council)
    statement = select(literal(1)).where(seat.c.post_id.in_(caller.post_ids), living)
    return seat, statement.select_from(seat)


def in_own_council(caller: Caller, council_id: Any) -> ColumnElement[bool] | None:
    """That a council is one where the caller sits; None where the caller sees all."""
    if not only_member(caller):
        return None
    seat, statement = _seats_of(caller)
    return statement.where(seat.c.council_id == council_id).exists()


def in_own_time(caller: Caller, council_id: Any, moment: Any) -> ColumnElement[bool] | None:
    """That a meeting was held, or will be, in a council and time where the caller sits."""
    if not only_member(caller):
        return None
    seat, statement = _seats_of(caller)
    within = seat.c.valid.op("@>")(day_in_sweden(moment))
    return statement.where(seat.c.council_id == council_id, within).exists()
