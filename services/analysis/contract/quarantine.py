"""Quarantine: codes that figures and records cannot be joined by, and why."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.analysis.contract.classification import CodeSystem


class QuarantineReason(StrEnum):
    """Why a code is joined with nothing."""

    missing = "missing"
    not_a_code = "not_a_code"
    unknown_code = "unknown_code"
    no_counterpart = "no_counterpart"


class QuarantinedCode(BaseModel):
    """A value of a column that is joined with nothing; its rows are kept and counted in totals."""

    column: str
    system: CodeSystem = Field(description="The classification that it should be of")
    code: str | None = Field(description="As the source has it; null: nothing stands there")
    rows: int
    reason: QuarantineReason


class QuarantinedCodeList(BaseModel):
    """What stands in quarantine of what a source says now."""

    items: list[QuarantinedCode] = Field(description="At most five hundred, most rows first")
    next: None
    snapshot_id: UUID | None
    count: int
    unclassified_systems: list[CodeSystem] = Field(
        description="Classifications that are not imported: of them nobody can tell"
    )
