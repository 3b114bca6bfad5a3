"""What is remembered about directions, their answers, and escalations."""

from sqlalchemy import Index, UniqueConstraint

from services.councils.contract.direction import (
    DirectionAnswerDraft,
    DirectionAnswerState,
    DirectionDraft,
    DirectionPlace,
)
from services.councils.contract.escalation import EscalationDraft, EscalationState
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs, search_indexes


class DirectionRow(CouncilsRow, DirectionPlace, DirectionDraft, table=True):
    """Directions. The needs of their priorities also stand in a column, to be found by."""

    __tablename__ = "direction"
    __table_args__ = (
        belongs("direction", "council_id", "council"),
        belongs("direction", "decision_id", "decision"),
        Index("ix_direction_council_id", "council_id"),
        Index("ix_direction_decision_id", "decision_id"),
        Index("ix_direction_year", "year"),
        Index("ix_direction_answer_by", "answer_by", "id"),
        Index("ix_direction_council_ids", "council_ids", postgresql_using="gin"),
        Index("ix_direction_need_ids", "need_ids", postgresql_using="gin"),
        *search_indexes("direction", "title", "text"),
    )


class DirectionAnswerRow(CouncilsRow, DirectionAnswerState, DirectionAnswerDraft, table=True):
    """What councils answered; each answers a direction once."""

    __tablename__ = "direction_answer"
    __table_args__ = (
        belongs("direction_answer", "direction_id", "direction"),
        belongs("direction_answer", "council_id", "council"),
        UniqueConstraint("direction_id", "council_id", name="uq_direction_answer_council_id"),
        Index("ix_direction_answer_council_id", "council_id"),
        Index("ix_direction_answer_answered_on", "answered_on", "id"),
    )


class EscalationRow(CouncilsRow, EscalationState, EscalationDraft, table=True):
    """What councils lifted, with the answer."""

    __tablename__ = "escalation"
    __table_args__ = (
        belongs("escalation", "council_id", "council"),
        belongs("escalation", "to_council_id", "council"),
        belongs("escalation", "decision_id", "decision"),
        belongs("escalation", "direction_id", "direction"),
        Index("ix_escalation_council_id", "council_id"),
        Index("ix_escalation_to_council_id", "to_council_id"),
        Index("ix_escalation_decision_id", "decision_id"),
        Index("ix_escalation_direction_id", "direction_id"),
        Index("ix_escalation_answer_by", "answer_by", "id"),
        Index("ix_escalation_need_ids", "need_ids", postgresql_using="gin"),
        *search_indexes("escalation", "title", "text", "answer_text"),
    )
