"""Sight: which followed things a caller may know of, as the services that own them decide.

What councils says of its own things in `membership.py` and `sight.py` is said here of their copies;
tests/analysis/test_sight.py asks both and compares.
"""

from collections.abc import Hashable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Uuid,
    and_,
    cast,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.analysis.tables.following import PROJECTED
from services.kit import clock
from services.kit.identity import Caller

STAFF = ("process_leader", "strategist", "administrator")
OF_COUNCIL = ("need", "initiative", "action_item", "project", "event")
OF_MEETING = ("decision", "agenda_item")
OF_INTERVIEW = ("interview", "answer")
Condition = ColumnElement[bool]


def seen_by(caller: Caller) -> Condition:
    """What holds of every thing that the caller may know of."""
    if caller.kind == "service":
        return true()
    rules = [_unless(OF_INTERVIEW)] if not reads_interviews(caller) else []
    if not caller.sees_people and caller.kind != "user":
        rules.append(_unless(("person",)))
    if caller.kind == "user" and not caller.has_role(*STAFF):
        rules.append(_for(("person",), _has_held_a_post()))
    if caller.bound_to:
        rules += _as_municipality(caller.bound_to)
    if _is_member(caller):
        rules += _as_member(caller)
    elif caller.bound_to or not (caller.kind == "client" or caller.has_role(*STAFF)):
        rules.append(_for(("decision",), _its_meeting(_is_held)))
        without_meeting = PROJECTED.c.data["meeting_id"].astext.is_(None)
        rules.append(_for(("action_item",), or_(without_meeting, _its_meeting(_is_held))))
    return and_(true(), *rules)


def sight_of_needs(caller: Caller) -> Hashable:
    """All of a caller that decides which needs it sees: those who share it see the same."""
    return caller.bound_to, caller.post_ids if _is_member(caller) else None


def _is_member(caller: Caller) -> bool:
    """Whether the caller is a user who sees things through seats in councils alone."""
    return caller.kind == "user" and not caller.has_role(*STAFF, "reader")


def reads_interviews(caller: Caller) -> bool:
    """Whether interviews exist for the caller."""
    association = caller.kind == "client" and caller.bound_to is None
    keyed = association and "personal" in caller.scopes
    return keyed or caller.has_role("process_leader", "strategist")


def reads_contacts(caller: Caller) -> bool:
    """Whether the caller may know of every contact, whoever had it."""
    association = caller.kind == "client" and caller.bound_to is None and "read" in caller.scopes
    return caller.kind == "service" or association or caller.has_role(*STAFF)


def _unless(entities: tuple[str, ...]) -> Condition:
    return PROJECTED.c.entity.not_in(entities)


def _for(entities: tuple[str, ...], holds: Condition) -> Condition:
    return or_(_unless(entities), holds)


def _as_municipality(code: str) -> list[Condition]:
    """A municipality's key sees the needs it reported, those of its area and of the whole region.

    Of what answers needs it sees its own, and what names no need or one that it sees.
    """
    initiative, own = PROJECTED.alias("its_initiative"), _reported_by(PROJECTED, code)
    its = exists().where(
        initiative.c.entity == "initiative",
        initiative.c.key == _reference(PROJECTED, "initiative_id"),
        or_(
            _reported_by(initiative, code),
            and_(_about_seen(initiative, code), _about_seen(PROJECTED, code)),
        ),
    )
    return [
        _for(("need",), _of_municipality(PROJECTED, code)),
        _for(OF_MEETING, _about_seen(PROJECTED, code)),
        _for(("initiative",), or_(own, _about_seen(PROJECTED, code))),
        _for(("outcome",), its),
    ]


def _of_municipality(need: Any, code: str) -> Condition:
    here = need.c.data.contains(cast({"municipality_codes": [code]}, JSONB))
    named = func.jsonb_array_length(need.c.data["municipality_codes"])
    everywhere = and_(named == 0, need.c.data["reported_by"].astext.is_(None))
    return or_(_reported_by(need, code), here, everywhere)


def _reported_by(thing: Any, code: str) -> Condition:
    reported: Condition = thing.c.data.contains(cast({"reported_by": code}, JSONB))
    return reported


def _about_seen(thing: Any, code: str) -> Condition:
    """That a thing names no need, or one that the municipality's key sees."""
    need, ids = PROJECTED.alias("linked_need"), thing.c.data["need_ids"]
    named = func.jsonb_array_elements_text(ids).column_valued("named")
    linked = select(cast(named, Uuid)).correlate(thing).scalar_subquery()
    seen = exists().where(
        need.c.entity == "need", need.c.key.in_(linked), _of_municipality(need, code)
    )
    return or_(func.coalesce(func.jsonb_array_length(ids), 0) == 0, seen)


def _as_member(caller: Caller) -> list[Condition]:
    """A member sees the councils of its own seats, and their meetings in the seats' time."""

    def in_time(meeting: Any) -> Condition:
        return _seated(caller, _reference(meeting, "council_id"), _day(meeting))

    council, initiative = _reference(PROJECTED, "council_id"), PROJECTED.alias("its_initiative")
    outcome = exists().where(
        initiative.c.entity == "initiative",
        initiative.c.key == _reference(PROJECTED, "initiative_id"),
        _seated(caller, _reference(initiative, "council_id")),
    )
    owned = and_(
        PROJECTED.c.entity == "action_item",
        _reference(PROJECTED, "owner_post_id").in_(caller.post_ids),
    )
    return [
        _for(("council",), _seated(caller, PROJECTED.c.key)),
        _for(OF_COUNCIL, or_(_seated(caller, council), owned)),
        _for(("meeting",), in_time(PROJECTED)),
        _for(OF_MEETING, _its_meeting(in_time)),
        _for(("outcome",), outcome),
    ]


def _has_held_a_post() -> Condition:
    holding = PROJECTED.alias("a_holding")
    return exists().where(
        holding.c.entity == "holding", _reference(holding, "person_id") == PROJECTED.c.key
    )


def _seated(caller: Caller, council: Any, on: Any = None) -> Condition:
    """That a post of the caller's sits in a council: now (or to its end), or on a day."""
    seat = PROJECTED.alias("own_seat")
    day = clock.today() if on is None else on
    begins, ends = (cast(seat.c.data[name].astext, Date) for name in ("valid_from", "valid_to"))
    living = and_(begins <= day, or_(ends.is_(None), ends > day))
    if on is None:
        living = or_(living, seat.c.data["ended_with_council"].astext == "true")
    return exists().where(
        seat.c.entity == "seat",
        not_(seat.c.gone),
        _reference(seat, "post_id").in_(caller.post_ids),
        _reference(seat, "council_id") == council,
        living,
    )


def _its_meeting(holds: Any) -> Condition:
    """That something holds of the meeting which a thing names."""
    meeting = PROJECTED.alias("its_meeting")
    named = meeting.c.key == _reference(PROJECTED, "meeting_id")
    return exists().where(meeting.c.entity == "meeting", named, holds(meeting))


def _is_held(meeting: Any) -> Condition:
    held: Condition = meeting.c.data["status"].astext == "held"
    return held


def _day(meeting: Any) -> ColumnElement[Any]:
    begins = cast(meeting.c.data["starts_at"].astext, DateTime(timezone=True))
    return cast(func.timezone("Europe/Stockholm", begins), Date)


def _reference(thing: Any, name: str) -> ColumnElement[Any]:
    return cast(thing.c.data[name].astext, Uuid)
