"""What is remembered about events.

Who signs up, asks and votes is in no ledger: it is forgotten when the event has been over for a
while (docs/decisions/0033).
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text

from services.councils.contract.event import EventDraft, EventSessionDraft, EventState
from services.councils.contract.event_feedback import EventFeedbackDraft
from services.councils.contract.event_question import EventQuestionFacts
from services.councils.contract.event_sign_up import EventSignUpFacts
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs, newest_index, search_indexes, sort_index

UNLOGGED: dict[str, Any] = {"info": {"unlogged": True}}


class EventRow(CouncilsRow, EventState, EventDraft, table=True):
    """Conferences."""

    __tablename__ = "event"
    __table_args__ = (
        belongs("event", "council_id", "council"),
        belongs("event", "project_id", "project"),
        UniqueConstraint("address", name="uq_event_address"),
        Index("ix_event_council_id", "council_id"),
        Index("ix_event_project_id", "project_id"),
        Index("ix_event_starts_at", "starts_at", "id"),
        sort_index("event", "title"),
        newest_index("event"),
        *search_indexes("event", "title", "about"),
    )


class EventSessionRow(CouncilsRow, EventSessionDraft, table=True):
    """Parts of programmes."""

    __tablename__ = "event_session"
    __table_args__ = (
        belongs("event_session", "event_id", "event"),
        Index("ix_event_session_event_id", "event_id"),
        Index("ix_event_session_speaker_post_ids", "speaker_post_ids", postgresql_using="gin"),
    )


class EventSignUpRow(CouncilsRow, EventSignUpFacts, table=True):
    """Who comes. One person signs up once with an address, until they have cancelled."""

    __tablename__ = "event_sign_up"
    __table_args__ = (
        belongs("event_sign_up", "event_id", "event"),
        UniqueConstraint("event_id", "number", name="uq_event_sign_up_number"),
        Index("uq_event_sign_up_link_hash", "link_hash", unique=True),
        Index(
            "uq_event_sign_up_email", "event_id", text("lower(email)"), text("lower(name)"),
            unique=True, postgresql_where=text("state <> 'cancelled'"),
        ),
        UNLOGGED,
    )  # fmt: skip

    # Null where the house's own staff signed somebody up.
    link_hash: bytes | None = None


class EventQuestionRow(CouncilsRow, EventQuestionFacts, table=True):
    """Questions from the floor."""

    __tablename__ = "event_question"
    __table_args__ = (
        belongs("event_question", "event_session_id", "event_session"),
        UniqueConstraint("event_session_id", "number", name="uq_event_question_number"),
        Index("ix_event_question_shown", "event_session_id", "state", "votes"),
        UNLOGGED,
    )


class EventVoteRow(CouncilsRow, table=True):
    """Votes for questions, one of each browser."""

    __tablename__ = "event_vote"
    __table_args__ = (
        belongs("event_vote", "event_question_id", "event_question"),
        UniqueConstraint("event_question_id", "browser", name="uq_event_vote_browser"),
        Index("ix_event_vote_browser", "browser"),
        UNLOGGED,
    )

    event_question_id: UUID
    browser: bytes


class EventFeedbackRow(CouncilsRow, EventFeedbackDraft, table=True):
    """What was thought of events."""

    __tablename__ = "event_feedback"
    __table_args__ = (
        belongs("event_feedback", "event_id", "event"),
        UniqueConstraint("event_id", "browser", name="uq_event_feedback_browser"),
        UNLOGGED,
    )

    event_id: UUID
    browser: bytes
