"""What is remembered about the links by which respondents read their interviews."""

from datetime import datetime

from sqlalchemy import DateTime, Index, UniqueConstraint
from sqlmodel import Field

from services.councils.contract.approval import ApprovalLinkFacts
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs


class ApprovalLinkRow(CouncilsRow, ApprovalLinkFacts, table=True):
    """Links to interviews. Only a hash of each is kept, and it stays out of the ledger."""

    __tablename__ = "approval_link"
    __table_args__ = (
        belongs("approval_link", "interview_id", "interview"),
        UniqueConstraint("hash", name="uq_approval_link_hash"),
        Index("ix_approval_link_interview_id", "interview_id"),
        Index("ix_approval_link_person_id", "person_id"),
        Index("ix_approval_link_state", "state", "next_try_at"),
        {"info": {"secret": ("hash",)}},
    )

    # None until its letter is sent.
    hash: bytes | None = None
    # Whoever sends it has until then; afterwards nobody knows whether it went.
    claimed_until: datetime | None = Field(None, sa_type=DateTime(timezone=True))  # type: ignore[call-overload]
