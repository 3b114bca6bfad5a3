"""Questions about charters."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from services.councils.contract.charter import Charter, CharterDraft
from services.councils.council.queries import below_council_seen
from services.councils.tables.charter import CharterRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import true_of
from services.kit.paging import same


def _next_day(columns: Any, when: When) -> Any:
    """The first day of the council's next charter that had begun by then."""
    later = when.table(CharterRow).alias("next_charter")
    follows = later.c.council_id == columns.council_id, later.c.valid_from > columns.valid_from
    begun = later.c.valid_from <= when.day, later.c.withdrawn_reason.is_(None)
    return select(func.min(later.c.valid_from)).where(*follows, *begun).scalar_subquery()


def _in_force(columns: Any, when: When) -> ColumnElement[bool]:
    last = columns.valid_from <= when.day, _next_day(columns, when).is_(None)
    return and_(*last, columns.withdrawn_reason.is_(None))


def _derived(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    return (
        _in_force(columns, when).label("in_force"),
        _next_day(columns, when).label("valid_to"),
    )


CHARTERS = Collection(
    row=CharterRow,
    draft=CharterDraft,
    answer=Charter,
    path="/charters",
    filters={
        "council_id": same("council_id", Reference),
        "decision_id": same("decision_id", Reference),
        "in_force": true_of(_in_force),
    },
    sorts=("-valid_from", "created_at", "updated_at"),
    search=("purpose", "tasks", "equality_aims"),
    derive=_derived,
    parent=("/councils", "council_id"),
    visible=below_council_seen,
    on=lambda columns, _: columns.valid_from,
)
