"""What is remembered about councils, their phases and the seats in them."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from services.councils.contract.balance import SexReportDraft
from services.councils.contract.council import (
    CouncilFacts,
    CouncilState,
    PhaseChangeDraft,
    SeatDraft,
    SeatState,
)
from services.councils.contract.quality_circle import QualityCircleDraft
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs, search_indexes, sort_index, valid_column


class CouncilRow(CouncilsRow, CouncilState, CouncilFacts, table=True):
    """Councils; their phase is in phase_change."""

    __tablename__ = "council"
    __table_args__ = (
        belongs("council", "predecessor_id", "council"),
        belongs("council", "parent_id", "council"),
        Index("ix_council_kind", "kind"),
        Index("ix_council_industry", "industry"),
        Index("ix_council_ends_on", "ends_on"),
        Index("ix_council_predecessor_id", "predecessor_id"),
        Index("ix_council_parent_id", "parent_id"),
        Index("ix_council_process_leader_post_id", "process_leader_post_id"),
        Index("ix_council_leader_actor_ids", "leader_actor_ids", postgresql_using="gin"),
        sort_index("council", "name"),
        *search_indexes("council", "name", "purpose", "industry"),
    )


class PhaseChangeRow(CouncilsRow, PhaseChangeDraft, table=True):
    """The days on which councils entered their phases."""

    __tablename__ = "phase_change"
    __table_args__ = (
        belongs("phase_change", "council_id", "council"),
        UniqueConstraint("council_id", "number", name="uq_phase_change_number"),
    )


class SeatRow(CouncilsRow, SeatState, SeatDraft, table=True):
    """Seats; a closing keeps the end it took from each, so that it can be undone."""

    __tablename__ = "seat"
    __table_args__ = (
        valid_column(),
        belongs("seat", "council_id", "council"),
        ExcludeConstraint(
            ("council_id", "="),
            ("actor_id", "="),
            (text("coalesce(post_id, '00000000-0000-0000-0000-000000000000'::uuid)"), "="),
            ("valid", "&&"),
            name="ex_seat_valid_from",
            using="gist",
        ),
        Index("ix_seat_actor_id", "actor_id"),
        Index("ix_seat_post_id", "post_id"),
    )

    ended_before_closing: date | None = None


class QualityCircleRow(CouncilsRow, QualityCircleDraft, table=True):
    """How councils judge their own work, time after time."""

    __tablename__ = "quality_circle"
    __table_args__ = (
        belongs("quality_circle", "council_id", "council"),
        UniqueConstraint("council_id", "judged_on", name="uq_quality_circle_judged_on"),
        Index("ix_quality_circle_judged_on", "judged_on", "id"),
    )


class SexReportRow(CouncilsRow, SexReportDraft, table=True):
    """What councils say themselves of how many women and men sit in them."""

    __tablename__ = "sex_report"
    __table_args__ = (
        belongs("sex_report", "council_id", "council"),
        Index("ix_sex_report_council_id", "council_id", "reported_on"),
    )
