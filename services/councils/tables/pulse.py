"""What is remembered of pulses: rounds, links that wait to be sent, answers until the round closes.

No row here leads from a person to an answer: letters name people and tickets hold answers, and what
binds them, the link's secret, is kept only while nobody has had it (decision 0031).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Index, UniqueConstraint
from sqlmodel import Field

from services.councils.contract.pulse import PulseFacts, PulseLetterFacts
from services.councils.tables.base import CouncilsRow
from services.kit.contract import Reference
from services.kit.rows import belongs

UNLOGGED: dict[str, Any] = {"info": {"unlogged": True}}


class PulseRow(CouncilsRow, PulseFacts, table=True):
    """Rounds, with what may be known of them."""

    __tablename__ = "pulse"
    __table_args__ = (
        belongs("pulse", "council_id", "council"),
        Index("ix_pulse_council_id", "council_id", "asked_on"),
        Index("ix_pulse_asked_on", "asked_on", "id"),
    )


class PulseLetterRow(CouncilsRow, PulseLetterFacts, table=True):
    """Links on their way. `token` is null from the moment that anybody may have it."""

    __tablename__ = "pulse_letter"
    __table_args__ = (
        belongs("pulse_letter", "pulse_id", "pulse"),
        belongs("pulse_letter", "seat_id", "seat"),
        UniqueConstraint("pulse_id", "seat_id", name="uq_pulse_letter_seat_id"),
        Index("ix_pulse_letter_seat_id", "seat_id"),
        Index("ix_pulse_letter_person_id", "person_id"),
        Index("ix_pulse_letter_state", "state", "next_try_at"),
        {"info": {"secret": ("token",)}},
    )

    token: str | None = None
    claimed_until: datetime | None = Field(None, sa_type=DateTime(timezone=True))  # type: ignore[call-overload]


class PulseTicketRow(CouncilsRow, table=True):
    """What links answered, until the round is counted. All of a round are written at once."""

    __tablename__ = "pulse_ticket"
    __table_args__ = (
        UniqueConstraint("hash", name="uq_pulse_ticket_hash"),
        belongs("pulse_ticket", "pulse_id", "pulse"),
        Index("ix_pulse_ticket_pulse_id", "pulse_id"),
        UNLOGGED,
    )

    hash: bytes
    pulse_id: Reference
    relations: int | None = None
    thinking: int | None = None
    acting: int | None = None
    results: int | None = None
    line: str | None = None


class PulseLineRow(CouncilsRow, table=True):
    """Lines of rounds that five or more answered, in the order of their random ids."""

    __tablename__ = "pulse_line"
    __table_args__ = (
        belongs("pulse_line", "pulse_id", "pulse"),
        Index("ix_pulse_line_pulse_id", "pulse_id"),
        UNLOGGED,
    )

    pulse_id: Reference
    text: str
