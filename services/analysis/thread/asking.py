"""Asking: of which needs threads, breaks and verdicts are asked for."""

from uuid import UUID

from pydantic import Field

from services.analysis.thread.queries import Wanted
from services.kit.asking import Asking
from services.kit.contract import MunicipalityCode


class NeedsAsking(Asking):
    """Of which needs something is asked."""

    need_id: tuple[UUID, ...] = Field(
        (),
        description="Only of this need; repeated: any of them. One that was "
        "merged is found by this alone, with what was its own",
    )
    council_id: tuple[UUID, ...] = Field(
        (), description="Only of needs of this council; repeated: any of them"
    )
    municipality_code: tuple[MunicipalityCode, ...] = Field(
        (), description="Only of needs in this municipality; repeated: any of them"
    )

    def wanted(self, *, watched_only: bool = False) -> Wanted:
        """The needs; perhaps only those whose breaks are watched."""
        return Wanted(self.need_id, self.council_id, self.municipality_code, watched_only)
