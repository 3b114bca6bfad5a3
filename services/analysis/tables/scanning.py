"""What is seen outside: signals, trends, and the challenges that they bear on."""

from sqlalchemy import Index

from services.analysis.contract.challenge import ChallengeDraft, ChallengeLinkDraft
from services.analysis.contract.scanning import ScanningEnded, SignalDraft, TrendDraft
from services.analysis.tables.base import AnalysisRow
from services.kit.rows import belongs, no_overlap, search_indexes, sort_index, valid_column


class SignalRow(AnalysisRow, ScanningEnded, SignalDraft, table=True):
    """What was seen outside."""

    __tablename__ = "signal"
    __table_args__ = (
        belongs("signal", "source_id", "source"),
        Index("ix_signal_source_id", "source_id"),
        Index("ix_signal_owner_post_id", "owner_post_id"),
        Index("ix_signal_observed_on", "observed_on", "id"),
        Index("ix_signal_expires_on", "expires_on", "id"),
        sort_index("signal", "title"),
        *search_indexes("signal", "title", "meaning", "source"),
    )


class TrendRow(AnalysisRow, ScanningEnded, TrendDraft, table=True):
    """Which way things go."""

    __tablename__ = "trend"
    __table_args__ = (
        Index("ix_trend_signal_ids", "signal_ids", postgresql_using="gin"),
        Index("ix_trend_owner_post_id", "owner_post_id"),
        Index("ix_trend_noted_on", "noted_on", "id"),
        Index("ix_trend_expires_on", "expires_on", "id"),
        sort_index("trend", "title"),
        *search_indexes("trend", "title", "description"),
    )


class ChallengeRow(AnalysisRow, ChallengeDraft, table=True):
    """What competence supply has to meet."""

    __tablename__ = "challenge"
    __table_args__ = (
        Index("ix_challenge_owner_post_id", "owner_post_id"),
        sort_index("challenge", "title"),
        *search_indexes("challenge", "title", "description"),
    )


class ChallengeLinkRow(AnalysisRow, ChallengeLinkDraft, table=True):
    """What bears on challenges, and when."""

    __tablename__ = "challenge_link"
    __table_args__ = (
        valid_column(),
        belongs("challenge_link", "challenge_id", "challenge"),
        belongs("challenge_link", "signal_id", "signal"),
        belongs("challenge_link", "trend_id", "trend"),
        Index("ix_challenge_link_signal_id", "signal_id"),
        Index("ix_challenge_link_trend_id", "trend_id"),
        # A null is no key: of a link to a signal only the first binds, of one to a trend the other.
        no_overlap("challenge_link", "challenge_id", "signal_id", blame="signal_id"),
        no_overlap("challenge_link", "challenge_id", "trend_id", blame="trend_id"),
    )
