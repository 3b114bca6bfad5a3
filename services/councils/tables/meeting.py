"""What is remembered about meetings, their agendas, decisions and action items."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from services.councils.contract.decision import ActionItemDraft, DecisionDraft
from services.councils.contract.decision_review import DecisionReviewDraft
from services.councils.contract.meeting import (
    AgendaItemDraft,
    AgendaItemState,
    AttendanceDraft,
    AttendanceState,
    MeetingDraft,
    MeetingState,
)
from services.councils.contract.meeting_series import MeetingSeriesFacts
from services.councils.contract.session_plan import SessionPlanDraft
from services.councils.contract.standing_item import StandingItemDraft
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs, newest_index, search_indexes, sort_index, valid_column


class MeetingSeriesRow(CouncilsRow, MeetingSeriesFacts, table=True):
    """Series of meetings."""

    __tablename__ = "meeting_series"
    __table_args__ = (
        belongs("meeting_series", "council_id", "council"),
        Index("ix_meeting_series_council_id", "council_id"),
        sort_index("meeting_series", "title"),
        *search_indexes("meeting_series", "title"),
    )


class MeetingRow(CouncilsRow, MeetingState, MeetingDraft, table=True):
    """Meetings."""

    __tablename__ = "meeting"
    __table_args__ = (
        belongs("meeting", "council_id", "council"),
        belongs("meeting", "series_id", "meeting_series"),
        Index("ix_meeting_series_id", "series_id", "starts_at"),
        Index("ix_meeting_council_id", "council_id", "starts_at"),
        Index("ix_meeting_starts_at", "starts_at"),
        *search_indexes("meeting", "title", "place"),
    )


class StandingItemRow(CouncilsRow, StandingItemDraft, table=True):
    """What stands on every agenda of a council."""

    __tablename__ = "standing_item"
    __table_args__ = (
        valid_column(),
        belongs("standing_item", "council_id", "council"),
        Index("ix_standing_item_council_id", "council_id"),
        sort_index("standing_item", "title"),
        *search_indexes("standing_item", "title"),
    )


class AgendaItemRow(CouncilsRow, AgendaItemState, AgendaItemDraft, table=True):
    """Points on agendas, with their minutes."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        belongs("agenda_item", "meeting_id", "meeting"),
        belongs("agenda_item", "standing_item_id", "standing_item"),
        Index("ix_agenda_item_meeting_id", "meeting_id", "position"),
        Index("ix_agenda_item_standing_item_id", "standing_item_id"),
        Index("ix_agenda_item_need_ids", "need_ids", postgresql_using="gin"),
        # Of the typing, not of the meeting: the history of a point tells nothing of it.
        {"info": {"secret": ("minutes_writer", "minutes_turn", "minutes_version")}},
    )

    minutes_writer: str | None = None
    minutes_turn: int = 0
    minutes_version: int = 0


class SessionPlanRow(CouncilsRow, SessionPlanDraft, table=True):
    """How meetings are led; a meeting has one plan."""

    __tablename__ = "session_plan"
    __table_args__ = (
        belongs("session_plan", "meeting_id", "meeting"),
        UniqueConstraint("meeting_id", name="uq_session_plan_meeting_id"),
        Index("ix_session_plan_facilitator_post_id", "facilitator_post_id"),
        Index("ix_session_plan_method_ids", "method_ids", postgresql_using="gin"),
        newest_index("session_plan"),
        *search_indexes("session_plan", "aim", "learned"),
    )


class AttendanceRow(CouncilsRow, AttendanceState, AttendanceDraft, table=True):
    """Who was asked to meetings, and who came."""

    __tablename__ = "attendance"
    __table_args__ = (
        belongs("attendance", "meeting_id", "meeting"),
        belongs("attendance", "seat_id", "seat"),
        UniqueConstraint("meeting_id", "seat_id", name="uq_attendance_seat_id"),
        UniqueConstraint("meeting_id", "actor_id", name="uq_attendance_actor_id"),
        CheckConstraint("num_nonnulls(seat_id, actor_id) = 1", name="seat_id"),
        Index("ix_attendance_seat_id", "seat_id"),
        # The name of somebody who may be in no registry: it can be taken away for good.
        {"info": {"secret": ("substitute",)}},
    )


class DecisionRow(CouncilsRow, DecisionDraft, table=True):
    """Decisions; each is superseded once at most."""

    __tablename__ = "decision"
    __table_args__ = (
        belongs("decision", "council_id", "council"),
        belongs("decision", "meeting_id", "meeting"),
        belongs("decision", "agenda_item_id", "agenda_item"),
        belongs("decision", "supersedes_id", "decision"),
        UniqueConstraint("supersedes_id", name="uq_decision_supersedes_id"),
        Index("ix_decision_council_id", "council_id"),
        Index("ix_decision_meeting_id", "meeting_id"),
        Index("ix_decision_agenda_item_id", "agenda_item_id"),
        Index("ix_decision_owner_post_id", "owner_post_id"),
        Index("ix_decision_review_on", "review_on"),
        Index("ix_decision_need_ids", "need_ids", postgresql_using="gin"),
        *search_indexes("decision", "text"),
    )


class DecisionReviewRow(CouncilsRow, DecisionReviewDraft, table=True):
    """What came of decisions, each time that somebody looked."""

    __tablename__ = "decision_review"
    __table_args__ = (
        belongs("decision_review", "decision_id", "decision"),
        UniqueConstraint("decision_id", "reviewed_on", name="uq_decision_review_reviewed_on"),
        Index("ix_decision_review_reviewed_on", "reviewed_on", "id"),
    )


class ActionItemRow(CouncilsRow, ActionItemDraft, table=True):
    """Things that somebody does."""

    __tablename__ = "action_item"
    __table_args__ = (
        belongs("action_item", "council_id", "council"),
        belongs("action_item", "meeting_id", "meeting"),
        belongs("action_item", "decision_id", "decision"),
        Index("ix_action_item_council_id", "council_id"),
        Index("ix_action_item_meeting_id", "meeting_id"),
        Index("ix_action_item_decision_id", "decision_id"),
        Index("ix_action_item_owner_post_id", "owner_post_id"),
        Index("ix_action_item_due_on", "due_on"),
        *search_indexes("action_item", "text", "outcome"),
    )
