"""What the other services said: the newest shape of each thing, and how far each is followed.

Neither table is logged: both are made of the other services' ledgers, and can be made again.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    LargeBinary,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.analysis.tables.base import METADATA
from services.kit.rows import spelt

PROJECTED = Table(
    "projected",
    METADATA,
    Column("entity", Text, primary_key=True),
    Column("key", Uuid, primary_key=True),
    Column("service", Text, nullable=False),
    Column("data", JSONB, nullable=False),
    Column("label", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("source_seq", BigInteger, nullable=False),
    Column("gone", Boolean, nullable=False),
    Index("ix_projected_key", "key"),
    Index("ix_projected_service", "service"),
    Index(
        "ix_projected_data",
        text("data jsonb_path_ops"),
        postgresql_using="gin",
    ),
    Index("ix_projected_need_ids", text("(data -> 'need_ids')"), postgresql_using="gin"),
    Index("ix_projected_post_id", text("(data ->> 'post_id')")),
    Index("ix_projected_programme_id", text("(data ->> 'programme_id')")),
    Index(
        "ix_projected_merged_into_id",
        text("(data ->> 'merged_into_id')"),
        postgresql_where=text("(data ->> 'merged_into_id') IS NOT NULL"),
    ),
    Index("ix_projected_words", text("to_tsvector('swedish', words)"), postgresql_using="gin"),
    Index("ix_projected_parts", text(f"{spelt('words')} gin_trgm_ops"), postgresql_using="gin"),
    info={"unlogged": True},
)
FEED_CURSOR = Table(
    "feed_cursor",
    METADATA,
    Column("service", Text, primary_key=True),
    Column("feed_id", Uuid),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("pulled_at", DateTime(timezone=True)),
    # Since when it is not the ledger that was followed, and how far that one was.
    Column("diverged_at", DateTime(timezone=True)),
    Column("diverged_seq", BigInteger),
    info={"unlogged": True},
)
