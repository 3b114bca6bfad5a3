"""Links to needs: what a caller who sees some needs only learns of them by other things.

Whoever may not know of a need is not given its id, and a municipality's key is not told of things
that are about such needs alone, for their titles and texts say what those needs are. Members keep
what their own councils dealt with: they sat there.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Uuid,
    and_,
    any_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, array

from services.councils.membership import in_own_council
from services.councils.tables.need import NeedRow
from services.kit.collection import When
from services.kit.contract import Reference
from services.kit.identity import Caller
from services.kit.paging import Filter
from services.kit.store import table_of

Condition = ColumnElement[bool] | None


def names_needs(columns: Any, ids: Sequence[UUID]) -> ColumnElement[bool]:
    """That a thing names any of these needs, or one that lives on in them."""
    return _names(columns, cast(list(ids), ARRAY(Uuid())))


def names_need(columns: Any, id: ColumnElement[Any]) -> ColumnElement[bool]:
    """The same for the need of each row of a query."""
    return _names(columns, array([id], type_=Uuid()))


def _names(columns: Any, given: ColumnElement[Any]) -> ColumnElement[bool]:
    need = table_of(NeedRow).alias("merged_need")
    merged = select(need.c.id).where(need.c.merged_into_id == any_(given)).correlate_except(need)
    whole = func.array_cat(given, func.array(merged.scalar_subquery(), type_=ARRAY(Uuid())))
    named: ColumnElement[bool] = columns.need_ids.overlap(whole)
    return named


def about_need() -> Filter:
    """What names any of these needs, or one that lives on in them."""
    return Filter(Reference, names_needs)


def needs_seen(caller: Caller, columns: Any) -> Condition:
    """A municipality's key sees its own needs, those in its area and those of the whole region.

    A need that names no municipality is everywhere, unless another municipality reported it.
    A member sees its councils'.
    """
    code, places = caller.bound_to, columns.municipality_codes
    if code is not None:
        here = places.contains(cast([code], places.type))
        everywhere = and_(func.cardinality(places) == 0, columns.reported_by.is_(None))
        return or_(columns.reported_by == code, here, everywhere)
    return in_own_council(caller, columns.council_id)


def _seen(caller: Caller) -> tuple[Any, Condition]:
    linked = table_of(NeedRow).alias("linked_need")
    return linked, needs_seen(caller, linked.c)


def seen_links(caller: Caller, columns: Any, _when: When) -> ColumnElement[Any] | None:
    """The ids in need_ids that the caller may know of; None where that is all of them."""
    linked, seen = _seen(caller)
    if seen is None:
        return None
    ids = columns.need_ids
    kept = select(linked.c.id).where(linked.c.id == any_(ids), seen)
    ordered = kept.order_by(func.array_position(ids, linked.c.id)).scalar_subquery()
    return func.array(ordered, type_=ARRAY(Uuid()))


def seen_link(field: str) -> Any:
    """As `seen_links`, of a field that names one need."""

    def narrowed(caller: Caller, columns: Any, _when: When) -> ColumnElement[Any] | None:
        linked, seen = _seen(caller)
        if seen is None:
            return None
        there = exists().where(linked.c.id == columns[field], seen)
        return case((there, columns[field]), else_=null())

    return narrowed


def seen_parts(caller: Caller, columns: Any, when: When) -> ColumnElement[Any] | None:
    """The needs that one was split into, of those the caller may know of."""
    part = when.table(NeedRow).alias("seen_part")
    seen = needs_seen(caller, part.c)
    return None if seen is None else parts_of(part, columns, seen)


def is_part_of(part: Any, id: Any) -> ColumnElement[bool]:
    """That a need is a part which another one lives on in: its split was not undone since."""
    back = func.coalesce(part.c.merged_into_id == id, literal(False))
    return and_(part.c.split_from_id == id, ~back)


def parts_of(part: Any, columns: Any, *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    """The ids of the needs that one was split into."""
    found = select(part.c.id).where(is_part_of(part, columns.id), *conditions)
    return func.array(found.order_by(part.c.id).scalar_subquery(), type_=ARRAY(Uuid()))


def about_seen(caller: Caller, columns: Any) -> Condition:
    """That a thing (column need_ids) names no need, or one that the caller may know of."""
    linked, seen = _seen(caller)
    if seen is None or caller.bound_to is None:
        return None
    named = exists().where(linked.c.id == any_(columns.need_ids), seen)
    return or_(func.cardinality(columns.need_ids) == 0, named)


def its_need_seen(caller: Caller, columns: Any) -> Condition:
    """That the one need which a thing is about (column need_id) may be known of."""
    linked, seen = _seen(caller)
    if seen is None or caller.bound_to is None:
        return None
    return exists().where(linked.c.id == columns.need_id, seen)


def lives_itself(columns: Any, when: When) -> ColumnElement[bool]:
    """That a need does not live on in another one, or in parts, which have its sources."""
    part = when.table(NeedRow).alias("living_part")
    return and_(columns.merged_into_id.is_(None), ~exists().where(is_part_of(part, columns.id)))


def both(*conditions: Condition) -> Condition:
    """All that is said; None where nothing is."""
    said = [one for one in conditions if one is not None]
    return and_(*said) if said else None
