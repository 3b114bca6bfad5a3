"""What is remembered about selections and what was said in them."""

from sqlalchemy import Index

from services.councils.contract.selection import SelectionDraft, SelectionState, SwotEntryDraft
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs, newest_index, search_indexes


class SelectionRow(CouncilsRow, SelectionState, SelectionDraft, table=True):
    """Choices among industries."""

    __tablename__ = "selection"
    __table_args__ = (
        belongs("selection", "council_id", "council"),
        belongs("selection", "decision_id", "decision"),
        Index("ix_selection_council_id", "council_id"),
        Index("ix_selection_decision_id", "decision_id"),
        newest_index("selection"),
        *search_indexes("selection", "title", "question", "decision_text"),
    )


class SwotEntryRow(CouncilsRow, SwotEntryDraft, table=True):
    """What groups of participants said of candidates."""

    __tablename__ = "swot_entry"
    __table_args__ = (
        belongs("swot_entry", "selection_id", "selection"),
        belongs("swot_entry", "same_as_id", "swot_entry"),
        Index("ix_swot_entry_selection_id", "selection_id"),
        Index("ix_swot_entry_same_as_id", "same_as_id"),
        newest_index("swot_entry"),
    )
