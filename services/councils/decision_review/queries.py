"""Questions about decision reviews."""

from typing import Any

from sqlalchemy import ColumnElement, literal, select

from services.councils.contract.decision_review import DecisionReview, DecisionReviewDraft
from services.councils.decision.queries import decisions_seen
from services.councils.tables.meeting import DecisionReviewRow, DecisionRow
from services.kit.collection import Collection
from services.kit.contract import Reference
from services.kit.identity import Caller
from services.kit.paging import same, since, until
from services.kit.store import table_of


def _with_its_decision(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    decision = table_of(DecisionRow).alias("its_decision")
    narrowed = decisions_seen(caller, decision.c)
    if narrowed is None:
        return None
    return select(literal(1)).where(decision.c.id == columns.decision_id, narrowed).exists()


DECISION_REVIEWS = Collection(
    row=DecisionReviewRow,
    draft=DecisionReviewDraft,
    answer=DecisionReview,
    path="/decision-reviews",
    filters={
        "decision_id": same("decision_id", Reference),
        "reviewed_from": since("reviewed_on"),
        "reviewed_until": until("reviewed_on"),
    },
    sorts=("-reviewed_on", "created_at", "updated_at"),
    parent=("/decisions", "decision_id"),
    visible=_with_its_decision,
    on=lambda columns, _: columns.reviewed_on,
)
