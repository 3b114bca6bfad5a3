"""Questions about budget lines."""

from typing import Any

from sqlalchemy import ColumnElement

from services.councils.contract.budget_line import BudgetKind, BudgetLine, BudgetLineDraft
from services.councils.initiative.queries import initiative_owner, with_initiative
from services.councils.tables.initiative import BudgetLineRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import given, same


def _variance(columns: Any, _when: When) -> list[ColumnElement[Any]]:
    return [(columns.actual - columns.plan).label("variance")]


BUDGET_LINES = Collection(
    row=BudgetLineRow,
    draft=BudgetLineDraft,
    answer=BudgetLine,
    path="/budget-lines",
    filters={
        "initiative_id": same("initiative_id", Reference),
        "financier_actor_id": same("financier_actor_id", Reference),
        "kind": same("kind", BudgetKind),
        "told": given("actual"),
    },
    sorts=("created_at", "updated_at", "label"),
    derive=_variance,
    visible=with_initiative,
    parent=("/initiatives", "initiative_id"),
    owner=initiative_owner,
)
