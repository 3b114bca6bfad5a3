"""Questions about readiness."""

from typing import Any

from sqlalchemy import ColumnElement, case, select

from services.actors.actor.queries import actor_owner
from services.actors.contract.readiness import Readiness, ReadinessDraft
from services.actors.family import kin_of, of_actor
from services.actors.preparedness import newest_on, state_on
from services.actors.tables import ReadinessRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.identity import Caller
from services.kit.paging import Filter, same, since, until


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    return [
        case((columns.assessed_on <= when.day, state_on(columns, when))).label("state"),
        kin_of(columns.actor_id, when).label("known_as"),
    ]


def _newest() -> Filter:
    """true: each actor's newest on the day; false: the others."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        found: ColumnElement[bool] = columns.id.in_(select(newest_on(when).c.id))
        return found if values[0] else ~found

    return Filter(bool, clause, dated=True)


def readiness_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """A municipality's key reads assessments of the actors that it manages; others read all."""
    code = caller.bound_to
    return None if code is None else actor_owner(columns) == code


READINESS = Collection(
    row=ReadinessRow,
    draft=ReadinessDraft,
    answer=Readiness,
    path="/readiness",
    filters={
        "actor_id": of_actor("actor_id"),
        "assessed_by_post_id": same("assessed_by_post_id", Reference),
        "newest": _newest(),
        "assessed_from": since("assessed_on"),
        "assessed_until": until("assessed_on"),
    },
    sorts=("-assessed_on", "created_at", "updated_at"),
    derive=_derived,
    on=lambda columns, _: columns.assessed_on,
    visible=readiness_seen,
    owner=actor_owner,
    parent=("/actors", "actor_id"),
)
