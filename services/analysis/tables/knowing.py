"""What the service was given to know: sources and their snapshots, indicators, and codes."""

from uuid import UUID

from sqlalchemy import Index, UniqueConstraint

from services.analysis.contract.classification import CodeDraft, CorrespondenceDraft
from services.analysis.contract.forecast import ForecastDraft
from services.analysis.contract.indicator import IndicatorDraft
from services.analysis.contract.source import SnapshotDraft, SourceDraft, SourceState
from services.analysis.tables.base import AnalysisRow
from services.kit.rows import belongs, search_indexes, sort_index


class SourceRow(AnalysisRow, SourceState, SourceDraft, table=True):
    """Outside registers, and which snapshot is what each says now."""

    __tablename__ = "source"
    __table_args__ = (
        UniqueConstraint("key", name="uq_source_key"),
        belongs("source", "successor_id", "source"),
        Index("ix_source_successor_id", "successor_id"),
        sort_index("source", "name"),
        *search_indexes("source", "name", "publisher"),
    )

    latest_snapshot_id: UUID | None = None


class SnapshotRow(AnalysisRow, SnapshotDraft, table=True):
    """What sources said; the file of each is named by its hash."""

    __tablename__ = "snapshot"
    __table_args__ = (
        belongs("snapshot", "source_id", "source"),
        UniqueConstraint("source_id", "content_hash", name="uq_snapshot_content_hash"),
        Index("ix_snapshot_content_hash", "content_hash"),
    )

    previous_id: UUID | None = None


class IndicatorRow(AnalysisRow, IndicatorDraft, table=True):
    """What is measured, and where in a source's snapshots it stands."""

    __tablename__ = "indicator"
    __table_args__ = (
        belongs("indicator", "source_id", "source"),
        UniqueConstraint("key", name="uq_indicator_key"),
        Index("ix_indicator_source_id", "source_id"),
        sort_index("indicator", "name"),
    )


class CodeRow(AnalysisRow, CodeDraft, table=True):
    """The codes of all classifications."""

    __tablename__ = "code"
    __table_args__ = (
        UniqueConstraint("system", "code", name="uq_code_code"),
        Index("ix_code_parent_code", "parent_code"),
        sort_index("code", "name"),
        *search_indexes("code", "name", "code"),
    )


class CorrespondenceRow(AnalysisRow, CorrespondenceDraft, table=True):
    """How codes of one classification stand to those of another."""

    __tablename__ = "correspondence"
    __table_args__ = (
        UniqueConstraint(
            "from_system", "from_code", "to_system", "to_code", name="uq_correspondence_to_code"
        ),
        Index("ix_correspondence_to_code", "to_system", "to_code"),
    )


class ForecastRow(AnalysisRow, ForecastDraft, table=True):
    """What was expected, as it was said; once of the same figures by the same method."""

    __tablename__ = "forecast"
    __table_args__ = (
        belongs("forecast", "snapshot_id", "snapshot"),
        UniqueConstraint(
            "indicator_key",
            "area_code",
            "occupation_code",
            "content_hash",
            "method_version",
            name="uq_forecast_occupation_code",
        ),
        Index("ix_forecast_snapshot_id", "snapshot_id"),
    )
