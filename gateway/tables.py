"""What the gateway remembers: users, their sessions and links, wrong guesses, the house's facts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Index, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from gateway.drafts import AccountDraft, ClientDraft, HouseDraft
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


class ClientRow(GatewayRow, ClientDraft, table=True):
    """Other systems that call the API."""

    __tablename__ = "client"


class KeyRow(GatewayRow, table=True):
    """What a client signs in with. `part` is the key's open part; the rest is only a hash."""

    __tablename__ = "key"
    __table_args__ = (
        UniqueConstraint("part", name="uq_key_part"),
        belongs("key", "client_id", "client"),
        Index("ix_key_client_id", "client_id"),
        {"info": {"secret": ("hash",)}},
    )

    part: str
    hash: bytes
    client_id: UUID
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]
    revoked_at: datetime | None = Field(None, sa_type=DateTime(timezone=True))  # type: ignore[call-overload]


class KeyUseRow(GatewayRow, table=True):
    """The hour in which a key was last used; apart, so that use does not fill the ledger."""

    __tablename__ = "key_use"
    __table_args__ = (belongs("key_use", "id", "key"), UNLOGGED)

    used_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]


class SavedFilterRow(GatewayRow, table=True):
    """The choices of a list page under a name: a user's own, and nobody's history."""

    __tablename__ = "saved_filter"
    __table_args__ = (
        UniqueConstraint("account_id", "page", "name", name="uq_saved_filter_name"),
        belongs("saved_filter", "account_id", "account"),
        UNLOGGED,
    )

    account_id: UUID
    page: str
    name: str
    query: str


class CalendarAddressRow(GatewayRow, table=True):
    """Secret addresses of users' calendars; a council's meetings, or those of all one leads."""

    __tablename__ = "calendar_address"
    __table_args__ = (
        UniqueConstraint("hash", name="uq_calendar_address_hash"),
        belongs("calendar_address", "account_id", "account"),
        Index("ix_calendar_address_account_id", "account_id", "council_id"),
        UNLOGGED,
    )

    hash: bytes
    account_id: UUID
    council_id: UUID | None = None
    fetched_at: datetime | None = Field(None, sa_type=DateTime(timezone=True))  # type: ignore[call-overload]


class UploadRow(GatewayRow, table=True):
    """A file on its way in: kept until it is imported or forgotten, for its owner alone.

    Personal data may stand in it, so it never reaches the ledger.
    """

    __tablename__ = "upload"
    __table_args__ = (
        Index("ix_upload_owner", "owner"),
        Index("ix_upload_expires_at", "expires_at"),
        UNLOGGED,
    )

    owner: str
    noun: str
    file_name: str
    content: bytes
    state: str
    choices: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # type: ignore[call-overload]
    progress: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # type: ignore[call-overload]
    result: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # type: ignore[call-overload]
    seen_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]
