"""Differences: what a source says in one snapshot that it did not say in another."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.analysis.contract.source import MethodBreak
from services.kit.contract import Moment


class RowChange(StrEnum):
    """What has become of a row."""

    added = "added"
    gone = "gone"
    changed = "changed"


class ChangedRow(BaseModel):
    """A row that is not as it was; texts as the snapshots have them."""

    change: RowChange
    keys: dict[str, str] = Field(description="What the row is about")
    before: dict[str, str | None] | None = Field(description="Null: it was not there")
    after: dict[str, str | None] | None = Field(description="Null: it is not there")
    by: int | None = Field(description="How much its first number has changed; null: unknown")


class SnapshotDifference(BaseModel):
    """One snapshot beside another of the same source."""

    source_id: UUID
    before_id: UUID
    before_fetched_at: Moment
    after_id: UUID
    after_fetched_at: Moment
    added_count: int
    gone_count: int
    changed_count: int
    same_count: int
    total_column: str | None = Field(description="The column that the totals are of; null: none")
    before_total: int | None = Field(description="Unknown rows left out; null: no whole numbers")
    after_total: int | None
    added_columns: list[str]
    gone_columns: list[str]
    method_breaks: list[MethodBreak] = Field(description="Of the periods that are new in the later")
    items: list[ChangedRow] = Field(description="At most a hundred, the largest changes first")
    withheld: bool = Field(
        description="Rows are not told, for the source's small counts are hidden"
    )
