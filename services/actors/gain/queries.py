"""Questions about gains."""

from typing import Any

from sqlalchemy import ColumnElement

from services.actors.actor.queries import actor_owner
from services.actors.contract.readiness import Gain, GainDraft, Realised
from services.actors.family import of_actor
from services.actors.tables import GainRow
from services.kit.collection import Collection, When
from services.kit.hindsight import had_come, told_since, true_of
from services.kit.paging import Filter


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """What the actor said of it later, and how it was judged, is not told of a day before."""
    not_yet = Realised.not_yet.value
    return [
        *told_since(columns, when, "confirmed_on", "confirmed_by_post_id"),
        *told_since(columns, when, "judged_on", "evidence", realised=not_yet),
    ]


def _realised(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
    told = {str(column.key): column for column in _derived(columns, when)}
    return told["realised"].in_(values)


def _has_come(day: str) -> Filter:
    keeps = f"true: only where {day} has come; false: only where it has not"
    return true_of(lambda columns, when: had_come(columns[day], when), keeps)


GAINS = Collection(
    row=GainRow,
    draft=GainDraft,
    answer=Gain,
    path="/gains",
    filters={
        "actor_id": of_actor("actor_id"),
        "realised": Filter(Realised, _realised, dated=True),
        "confirmed": _has_come("confirmed_on"),
        "judged": _has_come("judged_on"),
    },
    sorts=("-stated_on", "confirmed_on", "judged_on", "created_at", "updated_at"),
    derive=_derived,
    on=lambda columns, _: columns.stated_on,
    owner=actor_owner,
    parent=("/actors", "actor_id"),
)
