"""Files that were taken in, and what they made."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Index
from sqlmodel import Field as StoredField

from services.actors.contract.importing import ImportFacts
from services.actors.tables.base import ActorsRow
from services.kit.rows import belongs, newest_index


class ImportRow(ActorsRow, ImportFacts, table=True):
    """Files that were taken in."""

    __tablename__ = "import"
    __table_args__ = (newest_index("import"),)

    row_count: int
    made_count: int
    made_by: str
    undone_at: datetime | None = StoredField(None, sa_type=DateTime(timezone=True))  # type: ignore[call-overload]


class ImportedRow(ActorsRow, table=True):
    """Which things an import made of which row; no fact of its own, so not in the ledger."""

    __tablename__ = "imported"
    __table_args__ = (
        belongs("imported", "import_id", "import"),
        Index("ix_imported_import_id", "import_id"),
        {"info": {"unlogged": True}},
    )

    import_id: UUID
    noun: str
    thing_id: UUID
    row: int
    row_number: int | None = None
