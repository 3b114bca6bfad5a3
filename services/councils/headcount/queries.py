"""Questions about headcounts."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.headcount import Headcount, HeadcountDraft
from services.councils.initiative.queries import initiative_owner, with_initiative
from services.councils.tables.initiative import HeadcountRow, OutcomeRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import same, since, until
from services.kit.store import table_of


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    outcome = when.table(OutcomeRow)
    by_then = outcome.c.happened_on <= columns.counted_on
    employed = (
        # A sum of nothing known is null: nobody knows, which is not nobody.
        select(func.sum(outcome.c.persons_employed))
        .where(outcome.c.initiative_id == columns.initiative_id, by_then)
        .scalar_subquery()
    )
    before = func.coalesce(columns.completed, columns.filled, columns.seats)
    unexplained = and_(func.coalesce(employed > before, False), columns.explanation.is_(None))
    return [employed.label("employed"), unexplained.label("unexplained")]


HEADCOUNTS = Collection(
    row=HeadcountRow,
    draft=HeadcountDraft,
    answer=Headcount,
    path="/headcounts",
    filters={
        "initiative_id": same("initiative_id", Reference),
        "counted_from": since("counted_on"),
        "counted_to": until("counted_on"),
    },
    sorts=("-counted_on", "created_at", "updated_at"),
    derive=_derived,
    visible=with_initiative,
    parent=("/initiatives", "initiative_id"),
    owner=initiative_owner,
    on=lambda columns, _: columns.counted_on,
)


async def employed_by(db: AsyncConnection, initiative_id: UUID, day: date) -> int | None:
    """How many an initiative's outcomes up to a day say were employed; None: none of them does."""
    outcome = table_of(OutcomeRow)
    its = outcome.c.initiative_id == initiative_id, outcome.c.happened_on <= day
    found: int | None = await db.scalar(select(func.sum(outcome.c.persons_employed)).where(*its))
    return found
