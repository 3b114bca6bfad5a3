"""What is remembered about shortage signals that a council was made for."""

from sqlalchemy import Index, UniqueConstraint

from services.councils.contract.fast_track import SignalFacts
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs


class ShortageSignalRow(CouncilsRow, SignalFacts, table=True):
    """Shortage signals."""

    __tablename__ = "shortage_signal"
    __table_args__ = (
        belongs("shortage_signal", "council_id", "council"),
        belongs("shortage_signal", "need_id", "need"),
        UniqueConstraint("council_id", name="uq_shortage_signal_council_id"),
        Index("ix_shortage_signal_need_id", "need_id"),
    )
