"""What is remembered about what councils are to do."""

from sqlalchemy import Index, text

from services.councils.contract.charter import CharterDraft, CharterHistory
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs, search_indexes


class CharterRow(CouncilsRow, CharterHistory, CharterDraft, table=True):
    """Charters of councils, one version after another."""

    __tablename__ = "charter"
    __table_args__ = (
        belongs("charter", "council_id", "council"),
        belongs("charter", "decision_id", "decision"),
        Index(
            "uq_charter_valid_from",
            "council_id",
            "valid_from",
            unique=True,
            postgresql_where=text("withdrawn_reason IS NULL"),
        ),
        Index("ix_charter_council_id", "council_id"),
        Index("ix_charter_valid_from", "valid_from", "id"),
        Index("ix_charter_decision_id", "decision_id"),
        *search_indexes("charter", "purpose", "tasks", "equality_aims"),
    )
