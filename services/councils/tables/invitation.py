"""What is remembered about invitations: letters, and the links by which they are answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Index, UniqueConstraint
from sqlmodel import Field

from services.councils.contract.invitation import InvitationFacts
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs

UNLOGGED: dict[str, Any] = {"info": {"unlogged": True}}


class InvitationRow(CouncilsRow, InvitationFacts, table=True):
    """Letters: one to a person about one state of a meeting, however often it is asked for."""

    __tablename__ = "invitation"
    __table_args__ = (
        belongs("invitation", "meeting_id", "meeting"),
        belongs("invitation", "seat_id", "seat"),
        UniqueConstraint(
            "meeting_id", "seat_id", "person_id", "sequence", name="uq_invitation_sequence"
        ),
        Index("ix_invitation_seat_id", "seat_id"),
        Index("ix_invitation_person_id", "person_id"),
        Index("ix_invitation_state", "state", "next_try_at"),
    )

    # What it tells of the meeting, in short: another where time or place are.
    told: str
    # Whoever sends it has until then; afterwards nobody knows whether it went.
    claimed_until: datetime | None = Field(None, sa_type=DateTime(timezone=True))  # type: ignore[call-overload]


class ReplyLinkRow(CouncilsRow, table=True):
    """Links to answer by, a new one in each try of a letter. Only a hash of each is kept."""

    __tablename__ = "reply_link"
    __table_args__ = (
        UniqueConstraint("hash", name="uq_reply_link_hash"),
        belongs("reply_link", "invitation_id", "invitation"),
        Index("ix_reply_link_invitation_id", "invitation_id"),
        UNLOGGED,
    )

    hash: bytes
    invitation_id: UUID
