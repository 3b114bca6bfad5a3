"""Questions about how municipalities stand to mandates."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, Subquery, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.mandate import Endorsement, EndorsementDraft, EndorsementState
from services.actors.states import known_states
from services.actors.tables import EndorsementRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.contract import MunicipalityCode, Reference
from services.kit.http import Work
from services.kit.paging import Filter, same
from services.kit.store import Record


def _earlier(columns: Any, when: When) -> Subquery:
    """The states before the stored one, without those that were put right later."""
    known = known_states(columns, when, "endorsement", "on")
    lasted = func.coalesce(known.c.following, columns.state) != known.c.state
    stood = func.coalesce(known.c.until, columns.on) > known.c.on
    found = select(known.c.state, known.c.on, known.c.after)
    found = found.where(known.c.on < columns.on, lasted, stood)
    return found.correlate(columns.id.table).subquery("earlier")


def _came_on(columns: Any, when: When) -> ColumnElement[Any]:
    """The first day that anything is known of."""
    steps = _earlier(columns, when)
    first = select(func.min(steps.c.on)).correlate(columns.id.table)
    return func.least(columns.on, first.scalar_subquery())


def _then(columns: Any, when: When) -> dict[str, ColumnElement[Any]]:
    """What stood on the day, where the stored state came later; null where nothing did."""
    steps = _earlier(columns, when)
    newest = select(steps.c.after).where(steps.c.on <= when.day).order_by(steps.c.on.desc())
    was = newest.limit(1).correlate(columns.id.table).scalar_subquery()
    told = {name: was[name].astext for name in ("state", "reply", "on")}
    return told | {"on": cast(told["on"], Date)}


def state_then(columns: Any, when: When) -> ColumnElement[Any]:
    """How far it had come on the day; null where nothing was known by then."""
    then = _then(columns, when)["state"]
    return case((columns.on > when.day, then), else_=columns.state)


def endorsed_on(columns: Any, when: When) -> ColumnElement[bool]:
    """Whether the municipality had endorsed the mandate on the day."""
    return state_then(columns, when) == EndorsementState.endorsed


def _on_the_day(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """The state on the day and those before it; as stored where it came to none by then."""
    then, steps = _then(columns, when), _earlier(columns, when)
    before = (columns.on > when.day) & then["state"].is_not(None)
    told = {name: case((before, was), else_=columns[name]) for name, was in then.items()}
    one = func.jsonb_build_object("state", steps.c.state, "on", steps.c.on)
    found = select(func.jsonb_agg(aggregate_order_by(one, steps.c.on.desc())))
    found = found.where(steps.c.on <= when.day).correlate(columns.id.table)
    all_by_then = func.coalesce(found.scalar_subquery(), func.jsonb_build_array())
    # Where the stored one came later the newest of them is the state on the day itself.
    earlier = case((before, all_by_then.op("-")(literal(0, Integer))), else_=all_by_then)
    return [
        *(column.label(name) for name, column in told.items()),
        cast(earlier, JSONB).label("earlier_states"),
    ]


ENDORSEMENTS = Collection(
    row=EndorsementRow,
    draft=EndorsementDraft,
    answer=Endorsement,
    path="/endorsements",
    filters={
        "mandate_id": same("mandate_id", Reference),
        "municipality_code": same("municipality_code", MunicipalityCode),
        "state": Filter(
            EndorsementState, lambda c, values, when: state_then(c, when).in_(values), dated=True
        ),
    },
    sorts=("municipality_code", "on", "state", "created_at", "updated_at"),
    derive=_on_the_day,
    on=_came_on,
    owner=lambda columns: columns.municipality_code,
    owner_field="municipality_code",
    parent=("/mandates", "mandate_id"),
)


async def newest_on(db: AsyncConnection, mandate_id: UUID, codes: Sequence[str]) -> date:
    """The day of the newest that is known of some municipalities; the first of all for nothing."""
    row = ENDORSEMENTS.table.c
    known = (row.mandate_id == mandate_id, row.municipality_code.in_(codes))
    return await db.scalar(select(func.max(row.on)).where(*known)) or date.min


async def endorsements_by_id(work: Work, ids: Sequence[UUID]) -> list[Record]:
    """Some endorsements as they are answered, in the order of the municipalities."""
    stored = ENDORSEMENTS.table
    columns = ENDORSEMENTS.columns(stored, When(clock.today()), work.caller)
    statement = select(*columns).where(stored.c.id.in_(ids)).order_by(stored.c.municipality_code)
    return [dict(row) for row in (await work.db.execute(statement)).mappings()]
