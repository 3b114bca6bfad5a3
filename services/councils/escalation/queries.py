"""Questions about escalations."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from services.councils.contract.direction import ReplyState
from services.councils.contract.escalation import (
    Escalation,
    EscalationDraft,
    EscalationKind,
    EscalationReply,
)
from services.councils.direction.waiting import name_of, on_a_side, reply_state, still_there
from services.councils.membership import in_own_council
from services.councils.need.links import about_need, about_seen, both, seen_links
from services.councils.tables.council import CouncilRow
from services.councils.tables.direction import EscalationRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import same_since, told_since
from services.kit.identity import Caller
from services.kit.paging import Filter, same, since, until


def _state(columns: Any, when: When) -> ColumnElement[str]:
    """An answer counts from its day; nobody waits where one of the two is closed."""
    council = when.table(CouncilRow).alias("a_side")
    sides = council.c.id.in_([columns.council_id, columns.to_council_id])
    gone = select(council.c.id).where(sides, ~still_there(council.c, when))
    answered = func.coalesce(columns.answered_on <= when.day, False)
    waits = and_(~answered, ~gone.correlate(columns.id.table).exists())
    return reply_state(columns, when, waits=waits, answered=answered)


def _derived(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    with_it = "answer", "answer_text", "decision_id", "direction_id"
    nothing = literal([], JSONB)
    answered = told_since(columns, when, "answered_on", *with_it, earlier_answers=nothing)
    names = (
        name_of(columns.council_id, when).label("council_name"),
        name_of(columns.to_council_id, when).label("to_council_name"),
    )
    return (_state(columns, when).label("state"), *names, *answered)


def escalations_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Members see what their councils lifted and got; a key what is about needs that it sees."""
    lifted = in_own_council(caller, columns.council_id)
    got = in_own_council(caller, columns.to_council_id)
    either = None if lifted is None or got is None else or_(lifted, got)
    return both(either, about_seen(caller, columns))


ESCALATIONS = Collection(
    row=EscalationRow,
    draft=EscalationDraft,
    answer=Escalation,
    path="/escalations",
    filters={
        "council_id": same("council_id", Reference),
        "to_council_id": same("to_council_id", Reference),
        "post_id": on_a_side(lambda c: (c.council_id, c.to_council_id)),
        "kind": same("kind", EscalationKind),
        "need_id": about_need(),
        "state": Filter(
            ReplyState, lambda c, values, when: _state(c, when).in_(values), dated=True
        ),
        "answer": same_since("answered_on", "answer", EscalationReply),
        "decision_id": same_since("answered_on", "decision_id", Reference),
        "direction_id": same_since("answered_on", "direction_id", Reference),
        "answer_from": since("answer_by"),
        "answer_until": until("answer_by"),
    },
    sorts=("answer_by", "title", "raised_on", "created_at", "updated_at"),
    search=("title", "text", "answer_text"),
    derive=_derived,
    parent=("/councils", "council_id"),
    visible=escalations_seen,
    narrowed={"need_ids": seen_links},
    on=lambda columns, _: columns.raised_on,
)
