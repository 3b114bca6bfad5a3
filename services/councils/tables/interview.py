"""What is remembered about interviews; what was said never leaves its own table."""

from sqlalchemy import Index, UniqueConstraint

from services.councils.contract.interview import (
    AnswerDraft,
    AnswerState,
    DialogueMapDraft,
    InterviewDraft,
    InterviewState,
    MapState,
)
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs


class DialogueMapRow(CouncilsRow, MapState, DialogueMapDraft, table=True):
    """Sets of questions."""

    __tablename__ = "dialogue_map"
    __table_args__ = (UniqueConstraint("name", "edition", name="uq_dialogue_map_edition"),)


class InterviewRow(CouncilsRow, InterviewState, InterviewDraft, table=True):
    """Talks with companies."""

    __tablename__ = "interview"
    __table_args__ = (
        belongs("interview", "dialogue_map_id", "dialogue_map"),
        belongs("interview", "council_id", "council"),
        Index("ix_interview_dialogue_map_id", "dialogue_map_id"),
        Index("ix_interview_actor_id", "actor_id"),
        Index("ix_interview_council_id", "council_id"),
        Index("ix_interview_status", "status"),
        {"info": {"secret": ("returned_reason", "reopened_reason")}},
    )


class AnswerRow(CouncilsRow, AnswerState, AnswerDraft, table=True):
    """Answers. Their text stays out of the ledger, so that a withdrawn consent is the end of it."""

    __tablename__ = "answer"
    __table_args__ = (
        belongs("answer", "interview_id", "interview"),
        UniqueConstraint("interview_id", "question_key", name="uq_answer_question_key"),
        {
            "info": {
                "secret": ("present", "desired", "gap", "score", "source", "wish", "writer", "turn")
            }
        },
    )

    writer: str | None = None
    turn: int = 0
