"""Occupation records: what registers tell of an occupation in words, beside figures."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.analysis.contract.source import AreaLevel, ContentHash
from services.kit.contract import Moment


class RecordKind(StrEnum):
    """What a register tells of: a judgement in words is no figure, and is never counted with."""

    assessment = "assessment"
    education = "education"
    related = "related"
    skill = "skill"
    requirement = "requirement"
    wage = "wage"
    search = "search"


class OccupationRecord(BaseModel):
    """One thing that a register tells of the occupation."""

    occupation_code: str = Field(description="The occupation of SSYK 2012 that was asked for")
    area_code: str | None = Field(description="County 2 digits, nation 00; null: of no place")
    area_name: str | None
    cells: list[str | None] = Field(description="One for each heading; null: unknown, never 0")
    leads_to_code: str | None = Field(description="Another occupation that it names, SSYK 2012")
    leads_to_name: str | None


class OccupationRecords(BaseModel):
    """What one source tells of an occupation, with all that a reader needs to trust it."""

    kind: RecordKind
    headings: list[str] = Field(description="What stands in the cells, in Swedish")
    items: list[OccupationRecord] = Field(description="At most two hundred")
    count: int = Field(description="All that there are")
    area_level: AreaLevel = Field(description="What it is true for; never a finer area")
    first_period: str | None = Field(description="Null: the source does not say when")
    last_period: str | None
    source_id: UUID
    source_key: str
    source_name: str
    publisher: str
    licence: str | None = Field(description="Null: not known")
    note: str | None = Field(description="What a reader of it must know")
    snapshot_id: UUID
    content_hash: ContentHash
    fetched_at: Moment


class OccupationRecordList(BaseModel):
    """What sources tell, one after the other."""

    items: list[OccupationRecords]
    next: None
