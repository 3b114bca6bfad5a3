"""What the gateway remembers: users, their sessions and links, wrong guesses, the house's facts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Index, UniqueConstraint, Uuid
from sqlmodel import Field

from gateway.drafts import AccountDraft, HouseDraft
from services.kit.rows import Row, belongs, new_metadata, sort_index

METADATA = new_metadata()
UNLOGGED: dict[str, Any] = {"info": {"unlogged": True}}


class GatewayRow(Row):
    """The gateway's own tables."""

    metadata = METADATA


class AccountRow(GatewayRow, AccountDraft, table=True):
    """Users. The password's hash never reaches the ledger."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("email", name="uq_account_email"),
        Index("ix_account_person_id", "person_id"),
        sort_index("account", "name"),
        {"info": {"secret": ("password_hash",)}},
    )

    password_hash: str | None = None
    closed: bool = False


class HouseRow(GatewayRow, HouseDraft, table=True):
    """The association's facts: one row."""

    __tablename__ = "house"


class SessionRow(GatewayRow, table=True):
    """Who is signed in. Of the session's id only a hash is kept."""

    __tablename__ = "session"
    __table_args__ = (
        UniqueConstraint("hash", name="uq_session_hash"),
        belongs("session", "account_id", "account"),
        Index("ix_session_account_id", "account_id"),
        Index("ix_session_seen_at", "seen_at"),
        UNLOGGED,
    )

    hash: bytes
    account_id: UUID
    seen_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]
    post_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid()))  # type: ignore[call-overload]


class LinkRow(GatewayRow, table=True):
    """A link that lets a user choose a password, once and for a day."""

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("hash", name="uq_link_hash"),
        belongs("link", "account_id", "account"),
        Index("ix_link_account_id", "account_id"),
        UNLOGGED,
    )

    hash: bytes
    account_id: UUID
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]


class AttemptRow(GatewayRow, table=True):
    """How often something has been tried within a window of time."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("hash", name="uq_attempt_hash"), UNLOGGED)

    hash: bytes
    tries: int
    ends_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]
