"""What is remembered about how councils find themselves working."""

from sqlalchemy import Index, UniqueConstraint

from services.councils.contract.health_check import HealthCheckDraft
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs


class HealthCheckRow(CouncilsRow, HealthCheckDraft, table=True):
    """Health checks of councils, time after time."""

    __tablename__ = "health_check"
    __table_args__ = (
        belongs("health_check", "council_id", "council"),
        UniqueConstraint("council_id", "reviewed_on", name="uq_health_check_reviewed_on"),
        Index("ix_health_check_reviewed_on", "reviewed_on", "id"),
        Index("ix_health_check_next_review_on", "next_review_on"),
    )
